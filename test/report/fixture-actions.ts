import type {
  Action,
  Assessment,
  ControlResult,
  FrameworkResult,
  JudgedObservation,
  MissingEvidence,
  NamedControl,
  PolicyResult,
  SubjectFailures,
} from '../../src/model/index.js';
import { DAY_MS, SEVERITIES, SUBJECT_KINDS } from '../../src/model/index.js';

const EFFORTS = { 'rotation-max-age': 'rotation', 'inv-owner-assigned': 'process' } as const;

const effortOf = (ruleId: string): Action['effort'] =>
  Object.entries(EFFORTS).find(([id]) => ruleId.startsWith(id))?.[1] ?? null;

const controlsOf = (
  frameworks: readonly FrameworkResult[],
  concerns: (control: ControlResult) => boolean,
): NamedControl[] =>
  frameworks.flatMap(({ id, controls }) =>
    controls.filter(concerns).map((control) => ({ framework: id, control: control.id })),
  );

const decides =
  (ruleId: string) =>
  ({ mappings }: ControlResult): boolean =>
    mappings.some((mapping) => mapping.ruleId === ruleId && mapping.grade !== 'supporting');

/** Shares a number out: two thirds, the rest, and one without a name. */
const thirds = (total: number): [number, number, number] => {
  const unnamed = total > 2 ? 1 : 0;
  const first = Math.ceil(((total - unnamed) * 2) / 3);
  return [first, total - unnamed - first, unnamed];
};

const isSome = ({ failed }: { failed: number }): boolean => failed > 0;

const actionOf = (
  { id, title, remediation, subject, outcomes, severities }: PolicyResult,
  plan: Assessment['plan'],
  frameworks: readonly FrameworkResult[],
  observations: readonly JudgedObservation[],
): Action => {
  const severity = SEVERITIES.find((one) => severities[one] > 0) ?? 'low';
  const [first, second, third] = thirds(outcomes.fail);
  const { days } = plan.due[severity];
  return {
    ruleId: id,
    priority: 0,
    title,
    remedy: remediation,
    severity,
    effort: effortOf(id),
    kind: subject,
    failed: outcomes.fail,
    tested: outcomes.pass + outcomes.fail,
    undecided: outcomes['no-evidence'],
    notApplicable: outcomes['not-applicable'],
    severities,
    environments:
      subject === 'key'
        ? [
            { environment: 'production', failed: first },
            { environment: 'staging', failed: second },
            { environment: null, failed: third },
          ].filter(isSome)
        : [{ environment: null, failed: outcomes.fail }],
    owners:
      subject === 'key'
        ? [
            { owner: 'Farid Mansouri', failed: first },
            { owner: 'Agnes Tolland', failed: second },
            { owner: null, failed: third },
          ].filter(isSome)
        : [{ owner: null, failed: outcomes.fail }],
    due: { date: new Date(Date.parse(plan.asOf) + days * DAY_MS).toISOString().slice(0, 10), days },
    controls: controlsOf(frameworks, decides(id)),
    closedBy: 'The rotation log shows the new secret deployed and the old version revoked.',
    findings: observations
      .filter(({ ruleId, outcome }) => ruleId === id && outcome === 'fail')
      .map((observation) => observation.id),
  };
};

/** The plan of work of a hand-made assessment. */
export const actionsOf = (
  policies: readonly PolicyResult[],
  plan: Assessment['plan'],
  frameworks: readonly FrameworkResult[],
  observations: readonly JudgedObservation[],
): Action[] =>
  policies
    .filter(({ outcomes }) => outcomes.fail > 0)
    .map((policy) => actionOf(policy, plan, frameworks, observations))
    .sort(
      (a, b) =>
        SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
        b.failed - a.failed ||
        (a.ruleId < b.ruleId ? -1 : 1),
    )
    .map((action, index) => ({ ...action, priority: index + 1 }));

/** Subjects by their failures, of a hand-made assessment. */
export const failuresOf = (
  subjects: Assessment['subjects'],
  observations: readonly JudgedObservation[],
): SubjectFailures[] =>
  SUBJECT_KINDS.filter((kind) => subjects[kind] > 0).map((kind) => {
    const own = observations.filter(({ subject }) => subject.kind === kind);
    const failed = new Map<string, number>();
    for (const { subject, outcome, severity } of own) {
      if (outcome !== 'fail' || severity === null) continue;
      const rank = SEVERITIES.indexOf(severity);
      failed.set(subject.id, Math.min(rank, failed.get(subject.id) ?? rank));
    }
    const lacking = new Set(
      own.filter(({ outcome }) => outcome === 'no-evidence').map(({ subject }) => subject.id),
    );
    const withWorst = (rank: number): number => [...failed.values()].filter((one) => one === rank).length;
    return {
      kind,
      subjects: subjects[kind],
      tested: subjects[kind],
      failed: failed.size,
      worst: { critical: withWorst(0), high: withWorst(1), medium: withWorst(2), low: withWorst(3) },
      undecided: [...lacking].filter((id) => !failed.has(id)).length,
    };
  });

/** What is missing in a hand-made assessment: every check without evidence lacks the same two fields. */
export const missingOf = (
  policies: readonly PolicyResult[],
  frameworks: readonly FrameworkResult[],
): MissingEvidence[] => {
  const lacking = policies.filter(({ outcomes }) => outcomes['no-evidence'] > 0);
  if (lacking.length === 0) return [];
  const together = lacking.reduce((sum, { outcomes }) => sum + outcomes['no-evidence'], 0);
  const rules = lacking.map(({ id }) => id);
  const concerned = controlsOf(frameworks, (control) => rules.some((id) => decides(id)(control)));
  return [
    {
      path: 'rotations',
      label: 'rotation log',
      kind: 'export',
      alone: Math.floor(together / 2),
      together,
      rules,
      controls: concerned,
      how: 'No rotation log was supplied: export the log of the pipeline that rotates.',
    },
    {
      path: 'key.risk_tier',
      label: 'risk tier in the key inventory',
      kind: 'field',
      alone: Math.floor(together / 3),
      together,
      rules,
      controls: concerned,
      how: "State risk_tier in the key inventory (the bank's risk tier for the key), or map its column under sources in keyproof.yaml.",
    },
    {
      path: 'pci_scope',
      label: 'PCI scope',
      kind: 'fact',
      alone: 0,
      together: 0,
      rules: rules.slice(0, 1),
      controls: concerned.slice(0, 3),
      how: 'State pci_scope in the exports of the subjects concerned, or under applicability in keyproof.yaml for all that do not say.',
    },
    {
      path: 'attestations.gov-policy-current',
      label: 'document for "Approved policies cover key management and were approved within the year"',
      kind: 'document',
      alone: 1,
      together: 1,
      rules: ['gov-policy-current'],
      controls: concerned.slice(0, 1),
      how: 'Add a record of kind attestations for gov-policy-current that names the document with its SHA-256, owner, approver and dates.',
    },
  ].sort((a, b) => b.alone - a.alone || b.together - a.together) as MissingEvidence[];
};
