import type { CanonicalRecords, RecordKind } from '../../../../model/index.js';
import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { type Parsed, parsed, unparsable } from '../../../fields/parsed.js';
import { quote } from '../../../fields/quote.js';
import { type FieldValue, readField, type ValueOptions } from '../../../fields/read-field.js';
import { type CanonicalField, isRecordKind, RECORD_KINDS } from '../../../fields/record-fields.js';
import { type Reading, reading, valueAt } from '../../../fields/record-reader.js';
import { keepsOrigin, origin } from '../../../fields/stated-by.js';
import { type Constants, constantsByKind } from '../../../fields/stated-in-config.js';
import { remembering } from '../../../fields/value-memo.js';
import { UnreadableError } from '../../../unreadable-error.js';
import {
  type ColumnFinder,
  type ColumnMatch,
  checkMapping,
  columnFinder,
  type FieldColumn,
} from './columns.js';
import { envelopeLists, mappedLists } from './envelope.js';
import { keyedKinds, namesItsKind, recogniseKind, sampleColumns } from './kind.js';
import { type ValueWords, valueWords } from './words.js';

/**
 * keyproof's own form: any canonical record as CSV, JSON, NDJSON or YAML, with a column mapping from keyproof.yaml.
 * docs/formats.md describes it.
 */
export const adapter: Adapter = {
  id: 'canonical',
  title: 'Canonical records (CSV, JSON, NDJSON, YAML)',
  recognisedBy: 'the id of one kind of record and two more of its fields',
  proves: 'what its records state',
  cannot: 'that what a person typed is true, and that there are no records beside them unless that is stated',
  produces: RECORD_KINDS,
  formats: ['csv', 'json', 'ndjson', 'yaml'],
  signature: [],
  recognise(sample) {
    if (keyedKinds(sample).length > 0 || namesItsKind(sample)) return { version: null };
    return recogniseKind(sampleColumns(sample), sample.name, null) ? { version: null } : null;
  },
  open,
};

/** What the reader of one file knows. */
type Known = {
  /** Kind of every record; null if each record or list states it. */
  kind: RecordKind | null;
  /** Whether values are CSV cells. */
  cell: boolean;
  /** Column finder. */
  find: ColumnFinder;
  /** Columns of the rows of a table by kind of record, which are the same in all of them. */
  ofRows: Map<RecordKind, ColumnMatch>;
  /** Readers of the columns of a table. */
  cells: Map<FieldColumn, (text: string) => Parsed<FieldValue | null>>;
  /** What keyproof.yaml states of every record of a kind. */
  constants: (kind: RecordKind) => Constants;
  /** How the dates and numbers of a column are written. */
  options: (column: string | undefined) => ValueOptions;
  /** Words of keyproof.yaml. */
  words: ValueWords;
  /** Columns of no field, seen so far. */
  unknown: Set<string>;
};

/**
 * Opens a file.
 * @throws UnreadableError if the kind is unknown, or keyproof.yaml maps a field or column that does not exist
 */
function open(file: FileSample, context: AdapterContext): AdapterReader {
  const { spec } = context;
  const keyed = spec?.kind ? [] : keyedKinds(file);
  const kind = spec?.kind ?? (keyed.length > 0 ? null : recogniseKind(sampleColumns(file), file.name, spec));
  if (kind === null && keyed.length === 0 && !namesItsKind(file)) throw new UnreadableError(UNKNOWN_KIND);
  if (kind !== null) checkMapping(spec, kind, file.header);
  const ofFile = kind === null ? keyed : [kind];
  const stated = constantsByKind(ofFile.length > 0 ? ofFile : RECORD_KINDS, context);
  const known: Known = {
    kind,
    cell: file.kind === 'csv',
    find: columnFinder(spec),
    ofRows: new Map(),
    cells: new Map(),
    constants: (each) => stated.get(each) ?? {},
    options: columnOptions(context),
    words: valueWords(spec, ofFile),
    unknown: new Set(),
  };
  return {
    items:
      keyed.length > 0
        ? RECORD_KINDS.map((name) => `$.${name}`)
        : ['$', '', ...envelopeLists(file), ...mappedLists(file, spec?.columns ?? {})],
    produces: ofFile,
    mayLack: (columns) => kind !== null && !lacksRequired(kind, columns, file.header ?? [], known),
    convert: (raw) => convert(raw, context, known),
    end() {
      warnUnknown(known.unknown, context);
      return [];
    },
  };
}

/** What a canonical record means if it does not state it: a list of principals is a directory unless it denies it. */
const UNSTATED: { readonly [K in RecordKind]?: Partial<CanonicalRecords[K]> } = {
  principals: { directory: true },
};

const UNKNOWN_KIND = `nothing tells which kind of record it holds; state it in keyproof.yaml, under sources, as kind: ${RECORD_KINDS.join(' | ')}`;

function convert(raw: RawRecord, context: AdapterContext, known: Known): Emit[] {
  const r = reading(raw, context);
  const kind = r.need(
    'kind',
    known.kind ?? kindOfRecord(raw),
    `the record does not say what it is; expected one of ${RECORD_KINDS.join(', ')}`,
  );
  if (kind === null) return [];
  const { read, unknown } = columnsOf(kind, raw, known);
  for (const name of unknown) if (!(name === 'kind' && raw.value[name] === kind)) known.unknown.add(name);
  const record: { [field: string]: unknown } = { ...UNSTATED[kind] };
  const faults: Fault[] = [];
  const origins: string[] = [];
  const inRecord = { raw, kind, known, context };
  for (const one of read) {
    const { field, others } = one;
    const several = others.length === 0 ? null : agreed(one, inRecord);
    const { column } = several ?? one;
    const value = several?.value ?? cellValue(one, inRecord);
    if (!value.ok) faults.push({ field, reason: withColumn(value.reason, field.name, column) });
    else if (value.value !== null) {
      record[field.name] = value.value;
      if (column !== undefined && keepsOrigin(kind, field.name) && isFilled(valueAt(raw.value, column)))
        origins.push(origin(field.name, `${known.cell ? 'column' : 'member'} ${column}`));
    }
  }
  if (origins.length > 0) record['stated_by'] = origins;
  report(faults, inRecord, r);
  return r.emit(kind, record);
}

function isFilled(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

/** A record that is read, of a file of which some is known. */
type InRecord = { raw: RawRecord; kind: RecordKind; known: Known; context: AdapterContext };

type Fault = { field: CanonicalField; reason: string };

/** Reports a field that cannot be read: one that no record may lack costs the record; any other is unknown. */
function report(faults: readonly Fault[], { raw, kind, context }: InRecord, r: Reading): void {
  const rejected = faults.some(({ field }) => field.required);
  for (const { field, reason } of faults) {
    if (rejected) r.reject(field.name, reason);
    else context.unreadable(raw.record, kind, field.name, reason);
  }
}

/** Returns whether a record cannot do without one of the columns. */
function lacksRequired(
  kind: RecordKind,
  columns: readonly string[],
  header: readonly string[],
  { find }: Known,
): boolean {
  return find(kind, header).read.some(
    ({ field, column }) => field.required && column !== undefined && columns.includes(column),
  );
}

function withColumn(reason: string, field: string, column: string | undefined): string {
  return column === undefined || column === field ? reason : `${reason} (column "${column}")`;
}

function columnsOf(kind: RecordKind, { value }: RawRecord, { cell, find, ofRows }: Known): ColumnMatch {
  const known = cell ? ofRows.get(kind) : undefined;
  if (known) return known;
  const match = find(kind, Object.keys(value));
  ofRows.set(kind, match);
  return match;
}

/** A column, and what it states. */
type StatedValue = { column: string | undefined; value: Parsed<FieldValue | null> };

function stated(one: FieldColumn, inRecord: InRecord): StatedValue {
  return { column: one.column, value: cellValue(one, inRecord) };
}

/** Returns what several columns state of one field: the first that is filled in, unless another that can be read says otherwise. */
function agreed(one: FieldColumn, inRecord: InRecord): StatedValue {
  const isStated = ({ column }: FieldColumn): boolean =>
    column !== undefined && isFilled(valueAt(inRecord.raw.value, column));
  const all = [one, ...one.others].filter(isStated).map((each) => stated(each, inRecord));
  const first = all.find(({ value }) => !value.ok || value.value !== null) ?? stated(one, inRecord);
  const other = all.find(({ value }) => differ(first.value, value));
  return other === undefined
    ? first
    : { column: one.field.name, value: contradiction([first, other], inRecord) };
}

function differ(one: StatedValue['value'], other: StatedValue['value']): boolean {
  const isRead = one.ok && other.ok && one.value !== null && other.value !== null;
  return isRead && JSON.stringify(one.value) !== JSON.stringify(other.value);
}

function contradiction(both: readonly StatedValue[], { raw, known }: InRecord): StatedValue['value'] {
  const said = both.map(({ column = '' }) => `${quote(column)} states ${quote(valueAt(raw.value, column))}`);
  return unparsable(
    `${known.cell ? 'columns' : 'members'} contradict each other: ${said.join(', ')}; leave one`,
  );
}

/** Returns the value of a field; what the same text of a column was read as is remembered. */
function cellValue(one: FieldColumn, inRecord: InRecord): Parsed<FieldValue | null> {
  const { raw, known } = inRecord;
  const { column } = one;
  const found = column === undefined ? undefined : valueAt(raw.value, column);
  if (!known.cell || typeof found !== 'string') return fieldValue(one, found, inRecord);
  const seen = known.cells.get(one);
  if (seen) return seen(found);
  const read = remembering((text) => fieldValue(one, text, inRecord));
  known.cells.set(one, read);
  return read(found);
}

/** Returns the value stated, else the constant of keyproof.yaml; a required field must have one. */
function fieldValue(
  { field, column }: FieldColumn,
  found: unknown,
  { kind, known, context }: Omit<InRecord, 'raw'>,
): Parsed<FieldValue | null> {
  const stated = field.name === 'kind' && found === kind ? null : found;
  const options = known.options(column);
  const value = readField(field, known.words.replace(field.name, stated), known.cell, options);
  if (value.ok) known.words.note(field, { stated, value: value.value, column }, context);
  const filled = value.ok && value.value === null ? parsed(known.constants(kind)[field.name] ?? null) : value;
  if (!filled.ok || !field.required || (filled.value !== null && filled.value !== '')) return filled;
  return unparsable(`every record of ${kind} needs ${field.name}; it is missing or empty`);
}

/** Returns the options of each column, made once a column, because most cells need none of it. */
function columnOptions(context: AdapterContext): Known['options'] {
  const made = new Map<string | undefined, ValueOptions>();
  return (column) => {
    const known = made.get(column);
    if (known) return known;
    const options = {
      ...context.datesOf(column),
      decimals: context.spec?.decimals ?? null,
      say: (sentence: string) => context.decide(`column ${quote(column ?? '')}: ${sentence}`),
    };
    if (made.size < 1_000) made.set(column, options);
    return options;
  };
}

function kindOfRecord({ list, value }: RawRecord): RecordKind | null {
  const name = list.startsWith('$.') ? list.slice(2) : value['kind'];
  return isRecordKind(name) ? name : null;
}

function warnUnknown(names: Set<string>, context: AdapterContext): void {
  if (names.size === 0) return;
  const list = [...names].sort().map((name) => quote(name));
  const shown = list.slice(0, 20).join(', ') + (list.length > 20 ? ` and ${list.length - 20} more` : '');
  context.warn(
    `not read, because they match no field: ${shown}; map them in keyproof.yaml (columns) if they matter`,
  );
}
