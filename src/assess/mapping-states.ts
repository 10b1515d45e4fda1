import {
  type Control,
  type ControlMapping,
  elementsOf,
  type Framework,
  failedElements,
  type Limit,
  type Policy,
  SUBJECT_TABLES,
  type SubjectCounts,
  worstSeverity,
} from '../model/index.js';
import { compareText } from '../text/compare-text.js';
import type { FactSets } from './fact-sets.js';
import type { Facts } from './facts.js';
import { exampleKey, type FindingExamples, type Said } from './finding-examples.js';
import type { InputGaps } from './input-gaps.js';
import { limitOf, type Thresholds } from './limits.js';
import { type FieldCount, type MappingState, noOutcomes, total } from './mapping-state.js';
import { type Counted, counted, type MappingUse, takenElements, useOf } from './mapping-use.js';
import { decide } from './predicate.js';
import type { MissingTally, Tallies, Tally } from './tallies.js';

/** What is needed to work out the state of a policy as evidence for a control. */
export type Evidence = {
  /** Policies of this run by id. */
  policies: ReadonlyMap<string, Policy>;
  /** Counts of observations, by policy id. */
  observations: ReadonlyMap<string, readonly Tally[]>;
  /** Counts of missing fields, by policy id. */
  missing: ReadonlyMap<string, readonly MissingTally[]>;
  /** Subjects by kind. */
  subjects: SubjectCounts;
  /** What keyproof.yaml sets of the parameters of policies. */
  thresholds: Thresholds;
  /** Tables for which an export was supplied. */
  supplied: ReadonlySet<string>;
  /** What inputs lack, by policy id. */
  inputGaps: InputGaps;
  /** Known facts of the subjects, by sets of subjects with the same facts. */
  factSets: FactSets;
  /** Known facts of the entity itself. */
  entity: Facts;
  /** What states each fact of the plan, as printed. */
  statedBy: ReadonlyMap<string, string>;
  /** The worst failures by policy and predicate. */
  examples: FindingExamples;
};

/** Indexes the counts by policy, so that each mapping reads only its own. */
export function gatherEvidence(
  policies: readonly Policy[],
  tallies: Tallies,
  rest: Omit<Evidence, 'policies' | 'observations' | 'missing'>,
): Evidence {
  return {
    policies: new Map(policies.map((policy) => [policy.id, policy])),
    observations: groupByRule(tallies.observations),
    missing: groupByRule(tallies.missing),
    ...rest,
  };
}

function groupByRule<T extends { ruleId: string }>(tallies: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const tally of tallies) {
    const group = groups.get(tally.ruleId);
    if (group) group.push(tally);
    else groups.set(tally.ruleId, [tally]);
  }
  return groups;
}

const GRADE_ORDER = ['direct', 'partial', 'supporting'];

/** Returns the state of every mapped policy of a control, direct mappings first, then in the order of the file. */
export function mappingStates(framework: Framework, control: Control, evidence: Evidence): MappingState[] {
  return control.policies
    .map((mapping) => mappingState(framework, control, mapping, evidence))
    .sort((a, b) => GRADE_ORDER.indexOf(a.grade) - GRADE_ORDER.indexOf(b.grade));
}

function mappingState(
  framework: Framework,
  control: Control,
  mapping: ControlMapping,
  evidence: Evidence,
): MappingState {
  const policy = evidence.policies.get(mapping.id);
  const use = useOf(framework, control, mapping, policy);
  const state = emptyState(mapping, use, policy, evidence);
  const undecided = new Map<string, number>();
  const accepted = new Map<string, number>();
  for (const tally of evidence.observations.get(mapping.id) ?? []) {
    const result = counted(use, tally);
    const { scope } = result;
    if (scope.state === 'out') state.outOfScope += tally.count;
    else if (scope.state === 'not-stated') state.notStated += tally.count;
    else if (scope.state === 'undecided') {
      state.undecided += tally.count;
      addAll(undecided, scope.fields, tally.count);
    } else {
      countInScope(state, result, tally, mapping.own_limit);
      if (scope.state === 'in-unknown') addAll(accepted, scope.fields, tally.count);
    }
  }
  state.byDefault = state.outcomes.fail > 0 && state.defaultFailures === state.outcomes.fail;
  if (framework.observation === undefined) state.defaultFailures = 0;
  state.observed = framework.observation !== undefined && state.byDefault;
  state.population = total(state.outcomes);
  const examples = evidence.examples.get(exampleKey(use));
  state.findings = examples?.ids ?? [];
  const worst = decisive(state, framework, mapping.own_limit, examples?.says ?? []);
  state.worst = worst?.message ?? null;
  state.worstElement = worst?.element ?? null;
  state.severityShown = framework.severityLeftToPeople !== true;
  state.undecidedFields = mostFirst(undecided);
  state.acceptedFields = mostFirst(accepted);
  if (accepted.size > 0 && state.grade === 'direct') state.grade = 'partial';
  state.missing = missingInScope(evidence.missing.get(mapping.id) ?? [], use);
  return state;
}

/**
 * Returns whether failures by some elements are against nothing but keyproof's defaults: none of these elements is without a limit of keyproof's,
 * or has one that the control itself gives.
 */
function byDefaultsOnly(
  { elements, limits }: Pick<MappingState, 'elements' | 'limits'>,
  failed: readonly string[],
  own: ControlMapping['own_limit'],
): boolean {
  const concerned = elements.filter(({ id }) => elements.length === 1 || failed.includes(id));
  return concerned.every(({ id }) => isDefault({ elements, limits }, id, own));
}

/** Returns whether an element has a limit that only keyproof gives, and not the control. */
function isDefault(
  { elements, limits }: Pick<MappingState, 'elements' | 'limits'>,
  element: string | null,
  own: ControlMapping['own_limit'],
): boolean {
  const limit = limits[elements.findIndex(({ id }) => id === element)];
  return limit?.whose === 'keyproof' && !isOwn(own, element);
}

function isOwn(own: ControlMapping['own_limit'], element: string | null): boolean {
  return own === true || (Array.isArray(own) && element !== null && own.includes(element));
}

/** Returns a limit that says so if the control gives the default itself, or a stricter number: what fails it is an exception. */
function besideOwn(limit: Limit, own: boolean): Limit {
  if (!own || limit.whose !== 'keyproof') return limit;
  return { ...limit, text: `${limit.text}, no stricter than the control's own` };
}

/**
 * Returns the failure that a verdict names: the worst one. If the framework calls failures of defaults no exceptions, and this is one, it is the
 * worst that is more than such a failure.
 */
function decisive(
  state: MappingState,
  framework: Framework,
  own: ControlMapping['own_limit'],
  says: readonly Said[],
): Said | undefined {
  const isException = framework.observation !== undefined && !state.observed;
  return (isException ? says.find(({ element }) => !isDefault(state, element, own)) : undefined) ?? says[0];
}

function emptyState(
  mapping: ControlMapping,
  use: MappingUse,
  policy: Policy | undefined,
  evidence: Evidence,
): MappingState {
  const own = policy ? SUBJECT_TABLES[policy.subject] : null;
  const observed = (evidence.observations.get(mapping.id) ?? []).reduce((sum, tally) => sum + tally.count, 0);
  const elements = policy ? takenElements(use, policy) : [];
  return {
    ruleId: mapping.id,
    kind: policy?.subject ?? null,
    use,
    elements,
    limits: policy
      ? elements.map(({ id }) =>
          besideOwn(limitOf(policy, id, evidence.thresholds), isOwn(mapping.own_limit, id)),
        )
      : [],
    byDefault: false,
    defaultFailures: 0,
    severityBeyondDefaults: null,
    failedBeyondDefaults: [],
    observed: false,
    inPart: policy !== undefined && elements.length < elementsOf(policy).length,
    failed: [],
    grade: mapping.grade,
    limitation: mapping.limitation ?? null,
    population: 0,
    outOfScope: 0,
    notStated: 0,
    undecided: 0,
    undecidedFields: [],
    acceptedFields: [],
    outcomes: noOutcomes(),
    waiting: 0,
    severity: null,
    findings: [],
    worst: null,
    worstElement: null,
    severityShown: true,
    missing: [],
    unevaluated: policy ? Math.max(0, evidence.subjects[policy.subject] - observed) : 0,
    supplied: own === null || evidence.supplied.has(own.table),
    inputGaps: [...(evidence.inputGaps.get(mapping.id) ?? [])],
  };
}

function countInScope(
  state: MappingState,
  { outcome, severity, waits }: Counted,
  tally: Tally,
  own: ControlMapping['own_limit'],
): void {
  state.outcomes[outcome] += tally.count;
  if (outcome === 'no-evidence' && waits) state.waiting += tally.count;
  if (outcome !== 'fail') return;
  state.severity = worstSeverity([state.severity, severity]);
  const elements = failedElements(tally.elements);
  if (byDefaultsOnly(state, elements, own)) state.defaultFailures += tally.count;
  else state.severityBeyondDefaults = worstSeverity([state.severityBeyondDefaults, severity]);
  state.failed = inOrder(state, [...state.failed, ...elements]);
  const beyond = elements.filter((id) => !isDefault(state, id, own));
  state.failedBeyondDefaults = inOrder(state, [...state.failedBeyondDefaults, ...beyond]);
}

/** Returns ids of elements once each, in the order of the policy. */
function inOrder({ elements }: MappingState, ids: readonly string[]): string[] {
  return elements.flatMap(({ id }) => (ids.includes(id) ? [id] : []));
}

function addAll(counts: Map<string, number>, fields: readonly string[], number: number): void {
  for (const field of fields) counts.set(field, (counts.get(field) ?? 0) + number);
}

function missingInScope(tallies: readonly MissingTally[], { predicate, taken }: MappingUse): FieldCount[] {
  const counts = new Map<string, number>();
  for (const { field, elements, facts, count } of tallies) {
    const concerns = taken === null || elements.length === 0 || elements.some((id) => taken.includes(id));
    if (concerns && decide(predicate, facts).state.startsWith('in')) addAll(counts, [field], count);
  }
  return mostFirst(counts);
}

/** Returns counts as a list, most subjects first, then by field. */
export function mostFirst(counts: ReadonlyMap<string, number>): FieldCount[] {
  return [...counts]
    .map(([field, subjects]) => ({ field, subjects }))
    .sort((a, b) => b.subjects - a.subjects || compareText(a.field, b.field));
}
