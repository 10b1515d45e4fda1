import type { CanonicalRecords, RecordKind } from '../../../../model/index.js';
import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { unparsable } from '../../../fields/parsed.js';
import { quote } from '../../../fields/quote.js';
import { readField } from '../../../fields/read-field.js';
import {
  CANONICAL_FIELDS,
  type CanonicalField,
  isRecordKind,
  RECORD_KINDS,
} from '../../../fields/record-fields.js';
import { UnreadableError } from '../../../unreadable-error.js';
import { type ColumnFinder, checkMapping, columnFinder, columnValue } from './columns.js';
import { keyedKinds, namesItsKind, recogniseKind, sampleColumns } from './kind.js';

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
  const reading = { kind, cell: sample.kind === 'csv', find: columnFinder(spec), unknown: new Set<string>() };
  return {
    items: keyed.length > 0 ? RECORD_KINDS.map((name) => `$.${name}`) : ['$', ''],
    produces: kind === null ? keyed : [kind],
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
  let whole = true;
  for (const { field, column } of read) {
    const value = fieldValue(field, columnValue(raw.value, column), kind, context, reading.cell);
    whole &&= value.ok;
    if (!value.ok) context.reject(raw.record, field.name, withColumn(value.reason, field.name, column));
    else if (value.value !== null) record[field.name] = value.value;
  }
  record['source'] = { file: context.file, record: raw.record };
  if (whole) yield emitted(kind, { ...UNSTATED[kind], ...record });
}

function withColumn(reason: string, field: string, column: string | undefined): string {
  return column === undefined || column === field ? reason : `${reason} (column "${column}")`;
}

/** The value stated, else the constant of keyproof.yaml; a required field must have one. */
function fieldValue(
  field: CanonicalField,
  stated: unknown,
  kind: RecordKind,
  { spec, timezone }: AdapterContext,
  cell: boolean,
): ReturnType<typeof readField> {
  const itsKind = field.name === 'kind' && stated === kind;
  const value = readField(field, itsKind ? null : stated, cell, { timezone });
  const constant = spec?.constants?.[field.name];
  const filled =
    value.ok && value.value === null && constant !== undefined
      ? readField(field, constant, true, { timezone })
      : value;
  if (!filled.ok || !field.required || (filled.value !== null && filled.value !== '')) return filled;
  return unparsable(`every record of ${kind} needs ${field.name}; it is missing or empty`);
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
