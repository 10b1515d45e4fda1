import type { Assessment, CorePack, JudgedObservation, PolicyResult, Violation } from '../../model/index.js';
import { BYTE_ORDER_MARK, csvLine } from '../../text/csv.js';
import { dueDayOf } from '../text/due-day.js';
import { limitText } from '../text/limit-text.js';
import { OBSERVATION, type Observed, observedIn } from '../text/observed-failures.js';
import { type SubjectFacts, subjectFacts } from './subject-facts.js';

type Cell = string | number | null;

/** What a row contains about the rule and the subject of its finding. */
type Context = {
  /** By rule id. */
  rules: ReadonlyMap<string, PolicyResult>;
  /** Place in the plan of work by rule id. */
  priorities: ReadonlyMap<string, number>;
  /** As-of date and days of each severity. */
  plan: Assessment['plan'];
  /** Environments and owners of subjects. */
  subjects: SubjectFacts;
  /** Whether a failure is an observation in a control. */
  observed: Observed;
};

/**
 * Columns of findings.csv, with the function that fills each. `elements` are those that failed, `controls` those that the
 * failure counts for: their mapping takes a failed element and the subject is in its scope; `observation` behind the grade says that it is one there,
 * against nothing but keyproof's defaults. `source_*` is the first record relied on, `records`
 * their number. `scope` is what puts the subject in scope: each fact with what states it; `scope_stated_by`
 * is who decided by rules of keyproof.yaml, in scope or out, and why. `priority` is the place of the rule's action in the plan of work, whose ID is `rule_id`.
 */
const COLUMNS: readonly { name: string; value: (finding: JudgedObservation, context: Context) => Cell }[] = [
  { name: 'finding_id', value: ({ id }) => id },
  { name: 'rule_id', value: ({ ruleId }) => ruleId },
  { name: 'title', value: ({ ruleId }, { rules }) => rules.get(ruleId)?.title ?? null },
  {
    name: 'elements',
    value: ({ violations, ruleId }, { rules }) => elementsText(violations, rules.get(ruleId)),
  },
  {
    name: 'limit',
    value: (finding, { rules }) => limitText(finding, rules.get(finding.ruleId)) || 'no limit',
  },
  { name: 'severity', value: ({ severity }) => severity },
  { name: 'subject_kind', value: ({ subject }) => subject.kind },
  { name: 'subject_id', value: ({ subject }) => subject.id },
  {
    name: 'environment',
    value: ({ subject }, { subjects }) => subjects.environmentOf(subject),
  },
  { name: 'owner', value: ({ subject }, { subjects }) => subjects.ownerOf(subject) },
  { name: 'owner_status', value: ({ subject }, { subjects }) => subjects.ownerStatusOf(subject) },
  { name: 'first_seen', value: ({ firstSeen }) => firstSeen?.slice(0, 10) ?? null },
  { name: 'due_suggested', value: (finding, { plan }) => dueDayOf(finding, plan) },
  { name: 'exception', value: ({ waiver }) => waiver ?? null },
  { name: 'priority', value: ({ ruleId }, { priorities }) => priorities.get(ruleId) ?? null },
  { name: 'message', value: ({ violations }) => violations.map(({ message }) => message).join('; ') },
  { name: 'source_file', value: ({ violations }) => firstSource(violations)?.file ?? null },
  { name: 'source_record', value: ({ violations }) => firstSource(violations)?.record ?? null },
  { name: 'source_sha256', value: ({ violations }) => firstSource(violations)?.sha256 ?? null },
  { name: 'records', value: ({ violations }) => countSources(violations) },
  { name: 'controls', value: controlsCell },
  { name: 'scope', value: ({ subject }, { subjects }) => subjects.scopeOf(subject) },
  { name: 'scope_stated_by', value: ({ subject }, { subjects }) => subjects.scopeDecidedOf(subject) },
  { name: 'remediation', value: ({ ruleId }, { rules }) => rules.get(ruleId)?.remediation ?? null },
  { name: 'explain', value: ({ id }) => `keyproof explain ${id}` },
];

/**
 * Generates findings.csv in pieces: a header and one row for each failed observation, worst first, then by rule and
 * subject (UTF-8 with BOM, CRLF). Holds only the environments and owners of the subjects in memory.
 */
export async function* findingsCsv(pack: CorePack): AsyncGenerator<string> {
  yield `${BYTE_ORDER_MARK}${csvLine(COLUMNS.map(({ name }) => name))}`;
  const { actions } = pack.assessment;
  const context = {
    rules: rulesOf(pack.assessment),
    priorities: new Map(actions.map(({ ruleId, priority }) => [ruleId, priority])),
    plan: pack.assessment.plan,
    subjects: await subjectFacts(pack),
    observed: observedIn(pack.assessment),
  };
  for await (const finding of pack.observations({ outcome: 'fail' }, 'worst-first'))
    yield csvLine(COLUMNS.map(({ value }) => value(finding, context)));
}

function rulesOf({ policies }: Assessment): Context['rules'] {
  return new Map(policies.map((policy) => [policy.id, policy]));
}

/** Returns the titles of the elements that failed; empty for a policy that is one element. */
function elementsText(violations: readonly Violation[], policy: PolicyResult | undefined): string {
  if (policy === undefined || policy.elements.length < 2) return '';
  const failed = policy.elements.filter(({ id }) => violations.some(({ element }) => element === id));
  return failed.map(({ title }) => title).join('; ');
}

function controlsCell({ ruleId, violations, controls }: JudgedObservation, { observed }: Context): string {
  const failed = violations.map(({ element }) => element);
  const cells = controls.map((control) => {
    const { framework, control: id, grade } = control;
    return `${framework} ${id} (${[grade, ...(observed(ruleId, control, failed) ? [OBSERVATION] : [])].join(', ')})`;
  });
  return cells.join('; ');
}

function firstSource(violations: readonly Violation[]): Violation['records'][number] | undefined {
  return violations.find(({ records }) => records.length > 0)?.records[0];
}

function countSources(violations: readonly Violation[]): number {
  const sources = violations.flatMap(({ records }) => records);
  return new Set(sources.map(({ file, record, sha256 }) => JSON.stringify([file, record, sha256]))).size;
}
