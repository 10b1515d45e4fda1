import type {
  Action,
  Assessment,
  ControlResult,
  FollowUp,
  FrameworkResult,
  JudgedObservation,
  OutputFormat,
  PoamItem,
  PolicyResult,
  RegisteredWaiver,
} from '../model/index.js';
import { byText, compareText } from '../text/compare-text.js';
import { groupBy } from '../text/group-by.js';
import { redactObservation } from './redact-rows.js';
import { type Redaction, sortedIds } from './redaction.js';

/** Members that hold words of keyproof's own, numbers or hashes. */
const KEPT: ReadonlySet<string> = new Set([
  'kind',
  'kinds',
  'state',
  'adapter',
  'version',
  'sha256',
  'produced',
  'completeBy',
  'basis',
  'assessmentSha256',
]);

/** Members of a rule on scope that are words of a closed set. */
const KEPT_OF_SCOPE: ReadonlySet<string> = new Set(['kind', 'facts']);

/** Returns an assessment with codes instead of people. Texts of rules and frameworks lose e-mail addresses and whole names only. */
export function redactAssessment(
  assessment: Assessment,
  redaction: Redaction,
  formats: readonly OutputFormat[],
): Assessment {
  const { plan, inputs, incomplete, partialInputs, merged, followUps } = assessment;
  const { deep } = redaction;
  const observations = redactObservations(assessment.observations, redaction);
  const order = findingOrder(assessment, observations, redaction);
  return {
    ...assessment,
    redacted: 'people',
    plan: {
      ...plan,
      organisation: plan.unnamed ? redaction.inText(plan.organisation) : plan.organisation,
      classification: redaction.inOwnText(plan.classification),
      formats: [...formats],
      ...(plan.scope === undefined ? {} : { scope: deep(plan.scope, KEPT_OF_SCOPE) }),
    },
    inputs: deep(inputs, KEPT),
    incomplete: deep(incomplete, KEPT),
    ...(partialInputs === undefined ? {} : { partialInputs: deep(partialInputs, KEPT) }),
    ...(merged === undefined ? {} : { merged: deep(merged, KEPT) }),
    ...(followUps === undefined ? {} : { followUps: followUps.map((one) => followUpOf(one, redaction)) }),
    actions: assessment.actions.map((action) => redactAction(action, redaction, order)),
    gaps: assessment.gaps.map((gap) => redactGap(gap, redaction)),
    exceptions: assessment.exceptions.map((one) => redactException(one, redaction)),
    policies: assessment.policies.map((policy) => redactPolicy(policy, redaction)),
    frameworks: assessment.frameworks.map((framework) => redactFramework(framework, redaction, order)),
    missingEvidence: assessment.missingEvidence.map((row) => ({ ...row, how: redaction.inOwnText(row.how) })),
    observations,
  };
}

/** Places of the findings of a rule in a list that tells nothing of names; of rules on other subjects the list as it was. */
type Order = (ids: readonly string[]) => string[];

/** Findings on principals stand in the order of their codes, within a rule, outcome and severity. */
function redactObservations(
  observations: readonly JudgedObservation[],
  redaction: Redaction,
): JudgedObservation[] {
  const rows = observations.map((one) => redactObservation(one, redaction));
  const groups = groupBy(
    rows,
    ({ ruleId, subject, outcome, severity }) => `${ruleId} ${subject.kind} ${outcome} ${severity}`,
  );
  return [...groups.values()].flatMap((group) =>
    group[0]?.subject.kind === 'principal' ? group.sort(byText(({ subject }) => subject.id)) : group,
  );
}

function findingOrder(
  { policies }: Assessment,
  observations: readonly JudgedObservation[],
  { finding }: Redaction,
): Order {
  const onPrincipals = new Set(policies.filter(({ subject }) => subject === 'principal').map(({ id }) => id));
  const places = new Map(
    observations.flatMap(({ id, ruleId }, place) => (onPrincipals.has(ruleId) ? [[id, place] as const] : [])),
  );
  return (ids) => {
    const shown = ids.map(finding);
    return shown.some((id) => places.has(id))
      ? shown.sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0))
      : shown;
  };
}

function followUpOf<T extends FollowUp>(followUp: T, { person, finding }: Redaction): T {
  const { id, owner, status, notes, conclusion } = followUp;
  const texts = { owner: person(owner), status: person(status), notes: person(notes) };
  return {
    ...followUp,
    id: finding(id),
    ...texts,
    ...(conclusion === undefined ? {} : { conclusion: person(conclusion) }),
  };
}

function redactAction(action: Action, redaction: Redaction, order: Order): Action {
  const { owners, findings, followUp, remedy, closedBy, title } = action;
  const { inOwnText } = redaction;
  return {
    ...action,
    title: inOwnText(title),
    remedy: inOwnText(remedy),
    closedBy: inOwnText(closedBy),
    owners: owners.map(({ owner, failed }) => ({ owner: redaction.person(owner), failed })).sort(byFailures),
    findings: order(findings),
    ...(followUp === undefined ? {} : { followUp: followUpOf(followUp, redaction) }),
  };
}

function byFailures(a: Action['owners'][number], b: Action['owners'][number]): number {
  if (a.owner === null || b.owner === null) return Number(a.owner === null) - Number(b.owner === null);
  return b.failed - a.failed || compareText(a.owner, b.owner);
}

function redactGap(gap: PoamItem, redaction: Redaction): PoamItem {
  const { gap: why, action, missing, followUp } = gap;
  return {
    ...gap,
    gap: redaction.inText(why),
    action: redaction.inOwnText(action),
    missing: missing.map(redaction.inOwnText),
    ...(followUp === undefined ? {} : { followUp: followUpOf(followUp, redaction) }),
  };
}

const KEPT_OF_EXCEPTIONS: ReadonlySet<string> = new Set(['rule', 'granted', 'expires', 'state', 'controls']);

function redactException(exception: RegisteredWaiver, redaction: Redaction): RegisteredWaiver {
  const redacted = redaction.deep(exception, KEPT_OF_EXCEPTIONS);
  return { ...redacted, findings: sortedIds(exception.findings.map(redaction.finding)) };
}

/** Members of a rule that are ids, paths, numbers or words of a closed set. */
const KEPT_OF_RULES: ReadonlySet<string> = new Set([
  'id',
  'reads',
  'requires',
  'params',
  'package',
  'file',
  'subject',
  'domain',
  'severity',
  'evidence',
  'missing',
  'set',
  'criterion',
  'whose',
]);

function redactPolicy(policy: PolicyResult, redaction: Redaction): PolicyResult {
  const { reasons, errors, elements, set } = policy;
  const { deep, deepOwn } = redaction;
  const own = deepOwn(policy, KEPT_OF_RULES);
  const settings = Object.entries(set).map(([name, { from, origin }]) => [
    name,
    { from, origin: deep(origin, KEPT) },
  ]);
  return {
    ...own,
    elements: own.elements.map((element, index) => ({
      ...element,
      limit: deep(elements[index]?.limit ?? element.limit, KEPT_OF_RULES),
    })),
    reasons: deep(reasons),
    errors: deep(errors),
    set: Object.fromEntries(settings),
  };
}

/** Members of a framework that are ids or words of a closed set. */
const KEPT_OF_FRAMEWORKS: ReadonlySet<string> = new Set([
  'id',
  'version',
  'source',
  'reviewed',
  'short_ids',
  'controls',
  'undecided',
]);

function redactFramework(framework: FrameworkResult, redaction: Redaction, order: Order): FrameworkResult {
  return {
    ...redaction.deepOwn(framework, KEPT_OF_FRAMEWORKS),
    undecided: framework.undecided.map(({ examples, ...rest }) => ({
      ...rest,
      examples: sortedIds(examples.map(redaction.inText)),
    })),
    controls: framework.controls.map((control) => redactControl(control, redaction, order)),
  };
}

/** Members of a control that are ids or words of a closed set. */
const KEPT_OF_CONTROLS: ReadonlySet<string> = new Set([
  'id',
  'group',
  'status',
  'verdict',
  'definition',
  'ruleId',
  'grade',
  'whose',
  'findings',
  'mappings',
]);

function redactControl(control: ControlResult, redaction: Redaction, order: Order): ControlResult {
  const { deep, deepOwn } = redaction;
  return {
    ...deepOwn(control, KEPT_OF_CONTROLS),
    because: redaction.inText(control.because),
    mappings: control.mappings.map((mapping) => ({
      ...deepOwn(mapping, KEPT_OF_CONTROLS),
      limits: deep(mapping.limits, KEPT_OF_CONTROLS),
      limitation: redaction.person(mapping.limitation),
      findings: order(mapping.findings),
    })),
  };
}
