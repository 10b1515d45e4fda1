import type { CanonicalRecords, RecordKind } from '../../model/index.js';
import type { Adapter, AdapterContext, AdapterReader, Emit, FileSample, RawRecord } from '../adapter.js';
import { unparsable } from '../parsed.js';
import { quote } from '../quote.js';
import { UnreadableError } from '../unreadable-error.js';
import { type ColumnFinder, checkMapping, columnFinder, columnValue } from './canonical-columns.js';
import { envelopeLists, saysNextPage } from './canonical-envelope.js';
import { readField } from './canonical-field-values.js';
import { CANONICAL_FIELDS, type CanonicalField, isRecordKind, RECORD_KINDS } from './canonical-fields.js';
import { keyedKinds, namesItsKind, recogniseKind, sampleColumns } from './canonical-kind.js';
import { type ValueWords, valueWords } from './canonical-words.js';

/**
 * keyproof's own form: any canonical record as CSV, JSON, NDJSON or YAML, with a column mapping from keyproof.yaml.
 * docs/formats.md describes it.
 */
export const canonical: Adapter = {
  id: 'canonical',
  title: 'Canonical records (CSV, JSON, NDJSON, YAML)',
  produces: RECORD_KINDS,
  formats: ['csv', 'json', 'ndjson', 'yaml'],
  signature: [],
  items: ['$', ''],
  recognise(sample) {
    if (keyedKinds(sample).length > 0 || namesItsKind(sample)) return { version: null };
    return recogniseKind(sampleColumns(sample), sample.name, null) ? { version: null } : null;
  },
  convert: () => [],
  create: canonicalReader,
};

/** What the reader of one file knows. */
type Reading = {
  /** Words of keyproof.yaml. */
  words: ValueWords;
  /** Kind of every record; null where each record or list says. */
  kind: RecordKind | null;
  /** Whether values are CSV cells. */
  cell: boolean;
  /** Column finder. */
  find: ColumnFinder;
  /** Columns of no field, seen so far. */
  unknown: Set<string>;
};

/**
 * Reader for one file.
 * @throws UnreadableError where the kind is unknown, or keyproof.yaml maps a field or column that does not exist
 */
function canonicalReader(sample: FileSample, { spec, timezone }: AdapterContext): AdapterReader {
  const keyed = spec?.kind ? [] : keyedKinds(sample);
  const kind =
    spec?.kind ?? (keyed.length > 0 ? null : recogniseKind(sampleColumns(sample), sample.name, spec));
  if (kind === null && keyed.length === 0 && !namesItsKind(sample)) throw new UnreadableError(UNKNOWN_KIND);
  checkMapping(spec, kind, sample.header);
  if (kind !== null) checkConstants(kind, spec?.constants ?? {}, timezone);
  const words = valueWords(spec, kind === null ? keyed : [kind]);
  const cell = sample.kind === 'csv';
  const reading = { kind, words, cell, find: columnFinder(spec), unknown: new Set<string>() };
  return {
    items: keyed.length > 0 ? RECORD_KINDS.map((name) => `$.${name}`) : ['$', '', ...envelopeLists(sample)],
    produces: kind === null ? keyed : [kind],
    envelope: saysNextPage,
    mayLack: (columns) => kind !== null && !lacksRequired(kind, columns, sample.header ?? [], reading),
    convert: (raw, context) => convert(raw, context, reading),
    end: (context) => warnUnknown(reading.unknown, context),
  };
}

/** What a canonical record means where it does not say: a list of principals is a directory unless it denies it. */
const UNSTATED: { readonly [K in RecordKind]?: Partial<CanonicalRecords[K]> } = {
  principals: { directory: true },
};

const UNKNOWN_KIND = `nothing tells which kind of record it holds; state it in keyproof.yaml, under sources, as kind: ${RECORD_KINDS.join(' | ')}`;

function* convert(raw: RawRecord, context: AdapterContext, reading: Reading): Iterable<Emit> {
  const kind = reading.kind ?? kindOfRecord(raw);
  if (kind === null) {
    context.reject(
      raw.record,
      'kind',
      `the record does not say what it is; expected one of ${RECORD_KINDS.join(', ')}`,
    );
    return;
  }
  const { read, unknown } = reading.find(kind, Object.keys(raw.value));
  for (const name of unknown) if (!(name === 'kind' && raw.value[name] === kind)) reading.unknown.add(name);
  const record: Record<string, unknown> = {};
  const faults: { field: CanonicalField; reason: string }[] = [];
  for (const { field, column } of read) {
    const stated = columnValue(raw.value, column);
    const value = fieldValue(
      field,
      reading.words.replace(field.name, stated),
      kind,
      context,
      reading.cell,
      column,
    );
    if (!value.ok) faults.push({ field, reason: withColumn(value.reason, field.name, column) });
    else if (value.value !== null) record[field.name] = value.value;
    if (value.ok) reading.words.note(field, stated, value.value, column, context);
  }
  const rejected = faults.some(({ field }) => field.required);
  for (const { field, reason } of faults) {
    if (rejected) context.reject(raw.record, field.name, reason);
    else context.unreadable(raw.record, kind, field.name, reason);
  }
  if (rejected) return;
  record['source'] = { file: context.file, record: raw.record };
  yield emitted(kind, { ...UNSTATED[kind], ...record });
}

/** Whether a record cannot do without one of the columns. */
function lacksRequired(
  kind: RecordKind,
  columns: readonly string[],
  header: readonly string[],
  { find }: Reading,
): boolean {
  return find(kind, header).read.some(
    ({ field, column }) => field.required && column !== undefined && columns.includes(column),
  );
}

function withColumn(reason: string, field: string, column: string | undefined): string {
  return column === undefined || column === field ? reason : `${reason} (column "${column}")`;
}

/** The value stated, else the constant of keyproof.yaml; a required field must have one. */
function fieldValue(
  field: CanonicalField,
  stated: unknown,
  kind: RecordKind,
  context: AdapterContext,
  cell: boolean,
  column: string | undefined,
): ReturnType<typeof readField> {
  const { spec, timezone } = context;
  const itsKind = field.name === 'kind' && stated === kind;
  const options = {
    ...context.datesOf(column),
    decimals: spec?.decimals ?? null,
    say: sayOf(column, context),
  };
  const value = readField(field, itsKind ? null : stated, cell, options);
  const constant = spec?.constants?.[field.name];
  const filled =
    value.ok && value.value === null && constant !== undefined
      ? readField(field, constant, true, { timezone })
      : value;
  if (!filled.ok || !field.required || (filled.value !== null && filled.value !== '')) return filled;
  return unparsable(`every record of ${kind} needs ${field.name}; it is missing or empty`);
}

function sayOf(column: string | undefined, context: AdapterContext): (sentence: string) => void {
  return (sentence) => context.decide(`column ${quote(column ?? '')}: ${sentence}`);
}

function kindOfRecord({ list, value }: RawRecord): RecordKind | null {
  const name = list.startsWith('$.') ? list.slice(2) : value['kind'];
  return isRecordKind(name) ? name : null;
}

/** Types of the fields hold by the schema that drove their reading. */
function emitted<K extends RecordKind>(kind: K, record: object): Emit {
  return { kind, record: record as CanonicalRecords[K] } as Emit;
}

function checkConstants(kind: RecordKind, constants: Record<string, unknown>, timezone: string | null): void {
  for (const field of CANONICAL_FIELDS[kind]) {
    const value = readField(field, constants[field.name], true, { timezone });
    if (!value.ok)
      throw new UnreadableError(
        `keyproof.yaml gives ${field.name} a constant that is wrong: ${value.reason}`,
      );
  }
}

function warnUnknown(names: Set<string>, context: AdapterContext): void {
  if (names.size === 0) return;
  const list = [...names].sort().map((name) => quote(name));
  const shown = list.slice(0, 20).join(', ') + (list.length > 20 ? ` and ${list.length - 20} more` : '');
  context.warn(
    `not read, because they match no field: ${shown}; map them in keyproof.yaml (columns) where they matter`,
  );
}
