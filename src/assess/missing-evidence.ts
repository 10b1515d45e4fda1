import {
  isEntityFact,
  isScopeFact,
  type MissingEvidence,
  type NamedControl,
  type Policy,
  SUBJECT_TABLES,
  type SubjectKind,
} from '../model/index.js';
import type { Store } from '../store/index.js';
import { compareText, distinctTexts } from '../text/compare-text.js';
import { isNotOver, NOT_OVER } from '../text/not-over.js';
import { inOrder } from './decided-controls.js';
import { entityScope } from './entity-scope.js';
import type { Judged } from './gaps.js';
import type { MappingState } from './mapping-state.js';
import type { Evidence } from './mapping-states.js';
import { type MissingSource, missingSource } from './missing-source.js';
import { missingWords } from './missing-words.js';

/** Checks of one rule that lack the same paths. */
type Lacking = { ruleId: string; kind: SubjectKind; paths: string[]; checks: number };

type Entry = {
  source: MissingSource;
  alone: number;
  together: number;
  fields: Set<string>;
  whole: boolean;
  rules: Set<string>;
  controls: NamedControl[];
};

/**
 * The reason in brackets after a path may differ from subject to subject; without it few different lists remain. What waits for
 * the end of a time allowed cannot be supplied.
 */
const LACKING = `SELECT "ruleId", kind, paths, count(*) AS checks
  FROM (SELECT "ruleId", kind, list_sort(list_distinct([regexp_replace(path, ' \\(.*$', '', 's')
      FOR path IN missing IF NOT ends_with(path, '${NOT_OVER}')])) AS paths
    FROM observations WHERE outcome = 'no-evidence')
  WHERE len(paths) > 0 GROUP BY ALL ORDER BY ALL`;

/**
 * Returns what is missing by what a person would supply, with what it would decide: checks without evidence, and controls that
 * lack a fact or whose subjects are in no export. What decides most checks alone comes first.
 */
export async function missingEvidence(
  judged: readonly Judged[],
  evidence: Evidence,
  store: Store,
): Promise<MissingEvidence[]> {
  const entries = new Map<string, Entry>();
  for (const lacking of await store.query<Lacking>(LACKING)) addChecks(entries, lacking, evidence.supplied);
  for (const one of judged) addControl(entries, one, evidence);
  return [...entries.values()].map((entry) => worded(entry, judged, evidence)).sort(mostFirst);
}

function mostFirst(a: MissingEvidence, b: MissingEvidence): number {
  return (
    b.alone - a.alone ||
    b.together - a.together ||
    b.controls.length - a.controls.length ||
    compareText(a.path, b.path)
  );
}

function addChecks(
  entries: Map<string, Entry>,
  { ruleId, kind, paths, checks }: Lacking,
  supplied: ReadonlySet<string>,
): void {
  const sources = paths.map((path) => missingSource(path, { ruleId, subject: kind, supplied }));
  const touched = new Set(sources.map((source) => entryOf(entries, source, ruleId)));
  for (const entry of touched) {
    entry.together += checks;
    if (touched.size === 1) entry.alone += checks;
  }
}

/** Returns the entry of a source, which is made if it is not there, with the rule that lacks it added. */
function entryOf(entries: Map<string, Entry>, source: MissingSource, ruleId: string | null): Entry {
  const entry = entries.get(source.path) ?? {
    source,
    alone: 0,
    together: 0,
    fields: new Set(),
    whole: false,
    rules: new Set(),
    controls: [],
  };
  entries.set(source.path, entry);
  if (ruleId !== null) entry.rules.add(ruleId);
  if (source.kind === 'export' && source.field !== null) entry.fields.add(source.field);
  else entry.whole = true;
  return entry;
}

/** Adds a control to the entries of what it lacks. */
function addControl(entries: Map<string, Entry>, one: Judged, evidence: Evidence): void {
  const named = { framework: one.framework.id, control: one.control.id };
  for (const { ruleId, source } of lackedBy(one, evidence))
    entryOf(entries, source, ruleId).controls.push(named);
}

type Lacked = { ruleId: string | null; source: MissingSource };

function lackedBy({ framework, control, finding, mappings }: Judged, evidence: Evidence): Lacked[] {
  const { against, unstated } = entityScope(framework, control, evidence.entity);
  if (against.length > 0 || finding.verdict === 'not-applicable') return [];
  const facts = unstated.map((fact) => ({ ruleId: null, source: { kind: 'fact', path: fact } as const }));
  const deciding = mappings.filter(({ grade }) => grade !== 'supporting');
  return [...facts, ...deciding.flatMap((mapping) => lackedByMapping(mapping, evidence))];
}

function lackedByMapping(mapping: MappingState, { supplied }: Evidence): Lacked[] {
  const { ruleId, kind: subject } = mapping;
  if (subject === null) return [];
  const lacking = mapping.missing.filter(({ field }) => !isNotOver(field));
  const sources = [
    ...lacking.map(({ field }) => missingSource(field, { ruleId, subject, supplied })),
    ...mapping.undecidedFields.map(({ field }) => factSource(field, subject)),
    ...inventoryOf(mapping, subject),
  ];
  return sources.map((source) => ({ ruleId, source }));
}

/** Returns where a fact is stated: in keyproof.yaml, or in the record of the subject alone. */
function factSource(fact: string, subject: SubjectKind): MissingSource {
  return isEntityFact(fact) || isScopeFact(fact)
    ? { kind: 'fact', path: fact }
    : { kind: 'field', path: `${subject}.${fact}` };
}

/** Returns the export of the subjects, if there is none and so nothing to examine. */
function inventoryOf(mapping: MappingState, subject: SubjectKind): MissingSource[] {
  const { population, outOfScope, undecided, unevaluated, supplied } = mapping;
  const table = SUBJECT_TABLES[subject];
  if (table === null || supplied || population + outOfScope + undecided + unevaluated > 0) return [];
  return [{ kind: 'export', path: table.table, field: null }];
}

function worded(
  { source, alone, together, fields, whole, rules, controls }: Entry,
  judged: readonly Judged[],
  { policies, supplied }: { policies: ReadonlyMap<string, Policy>; supplied: ReadonlySet<string> },
): MissingEvidence {
  const sorted = distinctTexts(rules);
  const parts = { source, fields: whole ? [] : [...fields], rules: sorted };
  return {
    path: source.path,
    ...missingWords(parts, policies, supplied),
    kind: source.kind,
    alone,
    together,
    rules: sorted,
    controls: inOrder(controls, judged),
  };
}
