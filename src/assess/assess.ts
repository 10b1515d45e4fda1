import {
  type AbsentInput,
  type Assessment,
  type AuditPlan,
  type Framework,
  type FrameworkResult,
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
import type { CountedControls, Store } from '../store/index.js';
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
import { gapChecklist, type Judged } from './gaps.js';
import { incompleteReasons } from './incomplete.js';
import { inputGaps } from './input-gaps.js';
import { noOutcomes } from './mapping-state.js';
import { type Evidence, gatherEvidence } from './mapping-states.js';
import { missingEvidence } from './missing-evidence.js';
import { notableObservations } from './notable-observations.js';
import { partialInputs } from './partial-inputs.js';
import { noSeverities, policyResults } from './policy-results.js';
import { scopeCounts } from './scope-counts.js';
import { subjectFailures } from './subject-failures.js';
import { readTallies, type Tallies } from './tallies.js';

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

/** What is read from the store once, and what controls are judged by. */
type Read = {
  policies: Policy[];
  tallies: Tallies;
  population: Assessment['population'];
  partialInputs: PartialInput[];
  evidence: Evidence;
};

/** Controls with their results, those that failures count for, and the frameworks as the assessment contains them. */
type Results = { judged: Judged[]; counted: CountedControls[]; frameworks: FrameworkResult[] };

/**
 * Judges every control of every framework on the observations in the store. Uses no clock: the same input gives the
 * same document.
 */
export async function assess(input: AssessInput): Promise<Assessment> {
  const { plan, store } = input;
  const read = await readStore(input);
  const policies = await policyResults(read.policies, plan, read.tallies, store);
  const { judged, counted, frameworks } = await judgeFrameworks(input, read);
  const missing = await missingEvidence(judged, read.evidence, store);
  const { subjects, examples } = read.evidence;
  const lists = {
    actions: await planOfWork({ policies, plan, tallies: read.tallies, judged, counted }, store),
    gaps: gapChecklist(judged, { ...read.evidence, labels: missingLabels({ missingEvidence: missing }) }),
    missingEvidence: missing,
    frameworks,
  };
  return {
    ...headOf(input),
    incomplete: incompleteReasons(input.incomplete, policies, subjects),
    inputs: [...input.files].sort(byText(({ path }) => path)),
    population: read.population,
    partialInputs: read.partialInputs,
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
    frameworks,
    observations: await notableObservations(read.policies, examples, counted, store),
  };
}

function headOf({ plan, frameworks, merged, toolVersion, ...hashes }: AssessInput) {
  const { policyBundleSha256, frameworksSha256 } = hashes;
  return {
    schemaVersion: '1.0.0' as const,
    tool: { name: 'keyproof' as const, version: toolVersion, policyBundleSha256, frameworksSha256 },
    plan: planAsCarriedOut(plan, frameworks),
    ...(merged === undefined ? {} : { merged }),
  };
}

async function readStore(input: AssessInput): Promise<Read> {
  const { plan, store, files, absent = [] } = input;
  const policies = [...input.policies];
  const entity = entityFacts(plan);
  const factSets = await readFactSets(store, entity);
  const tallies = await readTallies(store, factSets);
  const examples = await readFindingExamples(input.frameworks, policies, factSets, store);
  const population = await store.population([...files]);
  const partial = input.partialInputs ?? (await partialInputs(files, absent, store));
  const evidence = gatherEvidence(policies, tallies, {
    subjects: countSubjects(factSets),
    thresholds: plan.thresholds,
    supplied: new Set(population.map((row) => row.kind)),
    inputGaps: await inputGaps(policies, partial, store),
    factSets,
    entity,
    statedBy: statedBy(plan),
    examples,
  });
  return { policies, tallies, population, partialInputs: partial, evidence };
}

async function judgeFrameworks({ frameworks, plan, store }: AssessInput, read: Read): Promise<Results> {
  const judged = frameworks.map((framework) => judgeFramework(framework, read.evidence));
  const counted = countedControls(judged.flat(), read.tallies);
  await store.keepControls(counted);
  const results = [];
  for (const [index, framework] of frameworks.entries()) {
    const controls = judged[index] ?? [];
    results.push(await frameworkResult(framework, controls, read.evidence, plan.organisation));
  }
  return { judged: judged.flat(), counted, frameworks: results };
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
