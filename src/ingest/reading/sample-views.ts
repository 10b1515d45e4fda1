import { isObject } from '../../text/is-object.js';
import type { AdapterReader, FileKind, FileSample, RawRecord } from '../adapter.js';
import { columnTable } from './column-rows.js';
import type { CsvDialect } from './csv-dialect.js';
import { type MemberNames, withNames } from './member-names.js';
import { rowObject, rowObjectSample } from './row-objects.js';
import type { Sampled } from './sample.js';

/** One way to look at the beginning of a file: what an adapter is shown, and how its records are reached then. */
export type SampleView = {
  /** What adapters are shown. */
  sample: FileSample;
  /** How the file is read. */
  reads: FileKind;
  /** Place of the records as `Adapter.items` names places, where the adapter expects them at the top; null if they are there. */
  item: string | null;
  /** How members are named then, as the API that made them does; null if as the file does. */
  names: MemberNames | null;
  /** Whether the rows of a table are shown as the objects that a program made it of. */
  rows?: boolean;
};

/**
 * Ways to look at a file, the file as it is first. The same export comes in several shells: a command line prints it as YAML,
 * `jq -c` writes it in one line, `jq -s` makes a list of pages, PowerShell puts a list into `{"value": [...], "Count": 2}`, a
 * script into a member of its own, Excel saves a table as .txt; PowerShell, Python and
 * Ansible name the members of an API in their way, and make a table of its list. An
 * adapter knows the records; the shell is taken off here.
 */
export function* viewsOf({ sample, dialect }: Pick<Sampled, 'sample' | 'dialect'>): Iterable<SampleView> {
  const { kind } = sample;
  const plain = { item: null, names: null };
  yield asItIs({ sample });
  if (kind === 'text' && dialect !== null) {
    yield { sample: { ...sample, kind: 'csv', header: dialect.header }, reads: 'csv', ...plain };
  }
  if (dialect !== null) yield* ofRows(sample, dialect);
  if (kind !== 'yaml' && kind !== 'ndjson' && kind !== 'json') return;
  const shown = kind === 'yaml' ? asJson(sample) : { ...sample, kind: 'json' as const };
  if (kind !== 'json') yield { sample: shown, reads: kind, ...plain };
  yield* insideOf(shown, kind);
  yield* renamed(shown, kind);
}

/** Returns the view of a file as it is. */
export function asItIs({ sample }: Pick<Sampled, 'sample'>): SampleView {
  return { sample, reads: sample.kind, item: null, names: null };
}

/** Views of a table as the list of objects that a program made it of. */
function* ofRows(sample: FileSample, dialect: CsvDialect): Iterable<SampleView> {
  const shown = rowObjectSample(sample, dialect);
  if (shown === null) return;
  yield { sample: shown, reads: 'csv', item: null, names: null, rows: true };
  for (const view of renamed(shown, 'csv')) yield { ...view, rows: true };
}

function* renamed(sample: FileSample, reads: FileKind): Iterable<SampleView> {
  for (const names of ['camel', 'pascal'] as const) {
    const inApi = withPartial(sample, withNames(sample.partial, names));
    const views = [{ sample: inApi, reads, item: null }, ...insideOf(inApi, reads)];
    if (inApi.head !== JSON.stringify(sample.partial)) for (const view of views) yield { ...view, names };
  }
}

/** Views of what a list of pages, a list of lists or an object with lists holds: of several (one for each user) none is left out. */
function* insideOf(sample: FileSample, reads: FileKind): Iterable<SampleView> {
  const [page] = Array.isArray(sample.partial) ? sample.partial : [];
  if (isObject(page) || Array.isArray(page)) {
    yield { sample: { ...sample, first: page, partial: page }, reads, item: '$', names: null };
  }
  const table = columnTable(sample.partial);
  if (table !== null) yield insideView(sample, reads, table.item, table.elements);
  const lists = listsIn(sample.partial);
  for (const { name, elements } of lists) {
    yield insideView(sample, reads, lists.length > 1 ? '$.*' : `$.${name}`, elements);
  }
}

function insideView(
  sample: FileSample,
  reads: FileKind,
  item: string,
  elements: Record<string, unknown>[],
): SampleView {
  const keys = Object.keys(elements[0] ?? {});
  return { sample: { ...sample, first: null, partial: elements, keys }, reads, item, names: null };
}

/** Returns a YAML sample as the JSON that says the same, which adapters look at. */
function asJson(sample: FileSample): FileSample {
  return { ...sample, kind: 'json', head: JSON.stringify(sample.partial) ?? '' };
}

/** Returns a sample as if this were its first value. */
function withPartial(sample: FileSample, partial: unknown): FileSample {
  const element = Array.isArray(partial) ? partial[0] : partial;
  const keys = isObject(element) ? Object.keys(element) : [];
  const first = sample.first === null ? null : partial;
  return { ...sample, first, partial, keys, head: JSON.stringify(partial) ?? '' };
}

/** Returns the lists of objects that an object holds, but for that which describes the columns of another. */
function listsIn(value: unknown): { name: string; elements: Record<string, unknown>[] }[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, elements]) =>
    name.toLowerCase() !== 'columns' &&
    Array.isArray(elements) &&
    elements.length > 0 &&
    elements.every(isObject)
      ? [{ name, elements }]
      : [],
  );
}

/** Returns a reader that is given the records of a view as if they stood at the top. */
export function throughView(reader: AdapterReader, view: SampleView | undefined): AdapterReader {
  if (!view) return reader;
  const top = ['$', ''].find((item) => reader.items.includes(item));
  const spelled = (items: readonly string[]) => (view.names === null ? items : items.flatMap(namesOf));
  const shells = spelled(['$', '', ...(view.item === null ? [] : [view.item])]).filter(
    (item) => top !== undefined && !reader.items.includes(item),
  );
  return {
    ...reader,
    ...(view.rows ? { mayLack: () => true } : {}),
    items: [...shells, ...spelled(reader.items)],
    convert: (raw) =>
      reader.convert(shownAs(asObject(raw, view), shells.includes(raw.list) ? top : undefined, view.names)),
    envelope: (value) => reader.envelope?.(renamedMembers(value, view.names)),
  };
}

function asObject(raw: RawRecord, { rows }: SampleView): RawRecord {
  return rows ? { ...raw, value: rowObject(raw.value) } : raw;
}

function shownAs(raw: RawRecord, list: string | undefined, names: MemberNames | null): RawRecord {
  if (list === undefined && names === null) return raw;
  return { ...raw, list: list ?? raw.list, value: renamedMembers(raw.value, names) };
}

function renamedMembers(value: Record<string, unknown>, names: MemberNames | null): Record<string, unknown> {
  const renamed = names === null ? value : withNames(value, names);
  return isObject(renamed) ? renamed : value;
}

/** Returns a place of records in the spelling of an API, and in those of others. */
function namesOf(item: string): string[] {
  const [, start, first = '', rest = ''] = /^(\$\.)(\w)(\w*)$/.exec(item) ?? [];
  if (start === undefined) return [item];
  const snake = (first + rest).replace(/\B[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
  const others = [first.toLowerCase() + rest, first.toUpperCase() + rest, snake].map((name) => start + name);
  return [...new Set([item, ...others])];
}
