import type { Observation, PolicyTrace, SourceRef, TracedValue } from '../../model/index.js';
import { groupBy } from '../../text/group-by.js';
import { sourceAlong, sourceOf, sourcesIn, valueAt } from './sources.js';

/** A record of the evidence with what was read from it. */
export type UsedRecord = SourceRef & {
  /** Paths of the dossier and variables of the policy that have its values, such as `key.status`. */
  values: string[];
};

type Found = { source: SourceRef; name: string };
type Path = readonly (string | number)[];

/** Returns the records that the values of the deciding lines came from, in the order of these lines. */
export function usedRecords(trace: PolicyTrace, dossier: unknown, observation: Observation): UsedRecord[] {
  const lines = trace.rules.flatMap((rule) => rule.lines);
  const unknown = observation.missing.map((path) => (path.split(' ')[0] ?? '').split('.'));
  const found: Found[] = [
    ...unknown.flatMap((path) => alongPath(dossier, path)),
    ...lines.flatMap(({ values }) => values.flatMap((term) => readBy(term, values, dossier))),
    ...observation.violations.flatMap(({ records }) => records.map((source) => ({ source, name: '' }))),
  ];
  // If a library decided, only its arguments show the records.
  const passedOn = lines.flatMap(({ values }) =>
    values.flatMap((term) => named(sourcesIn(term.value), term.text)),
  );
  const byPlace = groupBy(
    found.length > 0 ? found : passedOn,
    ({ source }) => `${source.file}\n${source.record}`,
  );
  return [...byPlace.values()].flatMap((all) => {
    const [first] = all;
    const values = new Set(all.map(({ name }) => name).filter((name) => name !== ''));
    return first === undefined ? [] : [{ ...first.source, values: [...values] }];
  });
}

/**
 * Returns the records that a term reads. A field belongs to the record around it. A record or a list of records counts
 * as a whole, unless the same line takes one record of the list, as `some x in xs` does.
 */
function readBy(term: TracedValue, line: readonly TracedValue[], dossier: unknown): Found[] {
  const one = sourceOf(term.value);
  const all = one === null ? sourcesIn(term.value) : [one];
  const takesOne = line.some((other) => other !== term && isOneOf(other, all));
  if (one === null && takesOne) return [];
  if (term.path !== undefined) return [...alongPath(dossier, term.path), ...named(all, term.path.join('.'))];
  const [head = '', ...rest] = term.text.split('.');
  const around = line.find(({ text, inner }) => inner === true && text === head);
  const source = around === undefined ? null : sourceAlong(around.value, rest);
  return source === null ? named(term.inner ? [] : all, term.text) : [{ source, name: term.text }];
}

function isOneOf({ value, inner }: TracedValue, all: readonly SourceRef[]): boolean {
  const own = inner ? null : sourceOf(value);
  return own !== null && all.some(({ file, record }) => file === own.file && record === own.record);
}

function named(sources: readonly SourceRef[], name: string): Found[] {
  return sources.map((source) => ({ source, name }));
}

function alongPath(dossier: unknown, path: Path): Found[] {
  const around = sourceAlong(dossier, path);
  const name = path.join('.');
  return named([...(around === null ? [] : [around]), ...mergedFrom(dossier, name)], name);
}

/** Returns the log records with the date of the last rotation, which is the later date of inventory and log. */
function mergedFrom(dossier: unknown, name: string): SourceRef[] {
  const ms = valueAt(dossier, ['key', 'last_rotated', 'ms']);
  const steps = valueAt(dossier, ['rotations', 'records']);
  if (name !== 'key.last_rotated' || typeof ms !== 'number' || !Array.isArray(steps)) return [];
  return steps.filter((step) => valueAt(step, ['at', 'ms']) === ms).flatMap((step) => sourceOf(step) ?? []);
}
