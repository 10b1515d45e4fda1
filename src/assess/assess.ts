import {
  type AbsentInput,
  type Assessment,
  type AuditPlan,
  type Framework,
  type Incomplete,
  type InputFile,
  type MergedPacks,
  OUTCOMES,
  type PartialInput,
  type Policy,
  type PolicyResult,
  type PreviousChanges,
  SEVERITIES,
} from '../model/index.js';
import type { Store } from '../store/index.js';
import { byText } from '../text/compare-text.js';
import { missingLabels } from '../text/missing-label.js';
import { planOfWork } from './actions.js';
import { frameworkResult, judgeFramework } from './assess-framework.js';
import { countedControls } from './counted-controls.js';
import { registerOfExceptions } from './exceptions.js';
import { countSubjects, readFactSets } from './fact-sets.js';
import { entityFacts, statedBy } from './facts.js';
import { readFindingExamples } from './finding-examples.js';
import { withFollowUps } from './follow-ups.js';
import { gapChecklist } from './gaps.js';
import { incompleteReasons } from './incomplete.js';
import { inputGaps } from './input-gaps.js';
import { noOutcomes } from './mapping-state.js';
import { gatherEvidence } from './mapping-states.js';
import { missingEvidence } from './missing-evidence.js';
import { notableObservations } from './notable-observations.js';
import { partialInputs } from './partial-inputs.js';
import { noSeverities, policyResults } from './policy-results.js';
import { scopeCounts } from './scope-counts.js';
import { subjectFailures } from './subject-failures.js';
import { readTallies } from './tallies.js';

/** The input of an assessment. */
export type AssessInput = {
  /** The plan as carried out. */
  plan: AuditPlan;
  /** The store, resolved and with all observations loaded. */
  store: Store;
  /** Policies that were evaluated. */
  policies: readonly Policy[];
  /** SHA-256 over the policy sources. */
  policyBundleSha256: string;
  /** Frameworks to assess, in plan order. */
  frameworks: readonly Framework[];
  /** SHA-256 over the framework files. */
  frameworksSha256: string;
  /** Every input file. */
  files: readonly InputFile[];
  /** Files and sources that are named and were not supplied; none if left out. */
  absent?: readonly AbsentInput[];
  /** Inputs that are not whole, as packs state them; found in files, absent inputs and the store if left out. */
  partialInputs?: PartialInput[];
  /** Reasons for incompleteness that earlier stages gave. */
  incomplete: readonly Incomplete[];
  /** What changed since the previous pack; absent if none was given. */
  changes?: PreviousChanges;
  /** The packs that the observations come from; absent for those of an audit. */
  merged?: MergedPacks;
  /** Version of keyproof. */
  toolVersion: string;
};

/**
 * Judges every control of every framework on the observations in the store. Uses no clock: the same input gives the
 * same document.
 */
export async function assess(input: AssessInput): Promise<Assessment> {
  const { plan, store, frameworks } = input;
  const policyList = [...input.policies];
  const entity = entityFacts(plan);
  const factSets = await readFactSets(store, entity);
  const tallies = await readTallies(store, factSets);
  const examples = await readFindingExamples(frameworks, policyList, factSets, store);
  const population = await store.population([...input.files]);
  const subjects = countSubjects(factSets);
  const supplied = new Set(population.map((row) => row.kind));
  const partial = input.partialInputs ?? (await partialInputs(input.files, input.absent ?? [], store));
  const rest = {
    subjects,
    thresholds: plan.thresholds,
    supplied,
    inputGaps: await inputGaps(policyList, partial, store),
    factSets,
    entity,
    statedBy: statedBy(plan),
    examples,
  };
  const evidence = gatherEvidence(policyList, tallies, rest);
  const policies = await policyResults(policyList, plan, tallies, store);
  const judgedByFramework = frameworks.map((framework) => judgeFramework(framework, evidence));
  const judged = judgedByFramework.flat();
  const counted = countedControls(judged, tallies);
  await store.keepControls(counted);
  const results = [];
  for (const [index, framework] of frameworks.entries()) {
    results.push(
      await frameworkResult(framework, judgedByFramework[index] ?? [], evidence, plan.organisation),
    );
  }
  const actions = await planOfWork({ policies, plan, tallies, judged, counted }, store);
  const missing = await missingEvidence(judged, evidence, store);
  const labels = missingLabels({ missingEvidence: missing });
  const gaps = gapChecklist(judged, { ...evidence, labels });
  const lists = { actions, gaps, missingEvidence: missing, frameworks: results };
  return {
    schemaVersion: '1.0.0',
    tool: {
      name: 'keyproof',
      version: input.toolVersion,
      policyBundleSha256: input.policyBundleSha256,
      frameworksSha256: input.frameworksSha256,
    },
    plan: planAsCarriedOut(plan, frameworks),
    ...(input.merged === undefined ? {} : { merged: input.merged }),
    incomplete: incompleteReasons(input.incomplete, policies, subjects),
    inputs: [...input.files].sort(byText(({ path }) => path)),
    population,
    partialInputs: partial,
    scope: await scopeCounts(store),
    joins: await store.joins(),
    subjects,
    ...sums(policies),
    subjectFailures: await subjectFailures(subjects, store),
    ...withFollowUps(lists, plan.checklist?.followUps),
    ...(input.changes === undefined ? {} : { changes: input.changes }),
    exceptions: await registerOfExceptions(plan, judged, store),
    missingEvidence: missing,
    policies,
    frameworks: results,
    observations: await notableObservations(policyList, examples, counted, store),
  };
}

/** Returns what assessment.json states of a plan. */
export function planAsCarriedOut(plan: AuditPlan, frameworks: readonly Framework[]): Assessment['plan'] {
  return {
    organisation: plan.organisation,
    ...(plan.unnamed ? { unnamed: true } : {}),
    profile: plan.profile,
    jurisdictions: plan.jurisdictions,
    asOf: isoOf(plan.asOfMs),
    period: plan.period && { from: isoOf(plan.period.startMs), to: isoOf(plan.period.endMs) },
    frameworks: frameworks.map((framework) => framework.id),
    formats: plan.formats,
    failOn: plan.failOn,
    classification: plan.classification,
    applicability: plan.applicability,
    ...(plan.scope?.length ? { scope: [...plan.scope] } : {}),
    facts: plan.facts,
    presets: plan.presets,
    due: plan.due,
  };
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}

function sums(policies: readonly PolicyResult[]): Pick<Assessment, 'outcomes' | 'severities'> {
  const outcomes = noOutcomes();
  const severities = noSeverities();
  for (const policy of policies) {
    for (const outcome of OUTCOMES) outcomes[outcome] += policy.outcomes[outcome];
    for (const severity of SEVERITIES) severities[severity] += policy.severities[severity];
  }
  return { outcomes, severities };
}
