import type { Observation, SourceRef } from '../model/index.js';
import type { TracedPolicy } from './decisions.js';
import { groupBy } from './group-by.js';

/** A record of the evidence with what was read from it. */
export type UsedRecord = SourceRef & {
  /** Paths of the dossier and variables of the policy that hold its values, such as `key.status`. */
  values: string[];
};

type Found = { source: SourceRef; name: string };
type Path = readonly (string | number)[];

/** The records that the values of the deciding lines came from, in the order in which these are shown. */
export function usedRecords(trace: TracedPolicy, dossier: unknown, observation: Observation): UsedRecord[] {
  const terms = trace.rules.flatMap(({ lines }) => lines.flatMap(({ values }) => values));
  const unknown = observation.missing.map((path) => (path.split(' ')[0] ?? '').split('.'));
  const found: Found[] = [
    ...unknown.flatMap((path) => read(dossier, path)),
    ...terms.flatMap((term) => readByTerm(dossier, term)),
    ...observation.violations.flatMap(({ records }) => records.map((source) => ({ source, name: '' }))),
  ];
  const byPlace = groupBy(found, ({ source }) => `${source.file}\n${source.record}`);
  return [...byPlace.values()].flatMap((all) => {
    const [first] = all;
    const values = new Set(all.map(({ name }) => name).filter((name) => name !== ''));
    return first === undefined ? [] : [{ ...first.source, values: [...values] }];
  });
}

function readByTerm(
  dossier: unknown,
  term: { text: string; value?: unknown; path?: Path },
): Found[] {
  if (term.path !== undefined) return read(dossier, term.path);
  return recordsIn(term.value).map((source) => ({ source, name: term.text }));
}

/** What a path reads: the record around it, and those it holds. */
function read(dossier: unknown, path: Path): Found[] {
  const name = path.join('.');
  const steps = path.map((_, index) => at(dossier, path.slice(0, index + 1)));
  const around = steps.map(sourceOf).findLast((source) => source !== null) ?? null;
  const merged = mergedFrom(dossier, name, steps.at(-1));
  const within = recordsIn(steps.at(-1));
  return [...(around === null ? [] : [around]), ...merged, ...within].map((source) => ({ source, name }));
}

function at(dossier: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), dossier);
}

/** The last rotation is the later of what inventory and log say: the step of the log that has the same date says it too. */
function mergedFrom(dossier: unknown, name: string, value: unknown): SourceRef[] {
  if (name !== 'key.last_rotated' || !isRecord(value) || typeof value['ms'] !== 'number') return [];
  const steps = at(dossier, ['rotations', 'records']);
  return (Array.isArray(steps) ? steps : [])
    .filter((step) => at(step, ['at', 'ms']) === value['ms'])
    .flatMap((step) => sourceOf(step) ?? []);
}

function recordsIn(value: unknown): SourceRef[] {
  const all = Array.isArray(value) ? value : [value];
  return all.flatMap((one) => sourceOf(one) ?? []);
}

function sourceOf(value: unknown): SourceRef | null {
  const source = isRecord(value) ? value['source'] : undefined;
  if (!isRecord(source)) return null;
  const { file, record, sha256 } = source;
  if (typeof file !== 'string' || typeof record !== 'string') return null;
  return typeof sha256 === 'string' ? { file, record, sha256 } : { file, record };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
