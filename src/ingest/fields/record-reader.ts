import type { CanonicalRecords, Instant, RecordKind } from '../../model/index.js';
import { isObject } from '../../text/is-object.js';
import { escapePointer } from '../../text/json-pointer.js';
import type { AdapterContext, Emit, RawRecord } from '../adapter.js';
import { memberAt } from '../reading/record-lists.js';
import { type InstantOptions, parseInstant } from './instants.js';
import type { DurationUnit } from './numbers.js';
import type { Parsed } from './parsed.js';
import { quote } from './quote.js';
import { requiredFields } from './record-fields.js';
import { remembering } from './value-memo.js';
import { parseBoolean, parseEnum, parseList, parseMember, parseNumber, parseText } from './values.js';

/** A member or column by its name, or by a path through objects (`attributes.exp`). Of several, the first that is stated counts. */
export type Place = string | readonly string[];

/** The value of a field, or a function that reads it. A cell that cannot be read in such a function costs this field only. */
export type Stated<T> = T | null | undefined | (() => T | null | undefined);

/** A canonical record as an adapter states it; `emit` adds its source. */
export type Draft<K extends RecordKind> = {
  [F in keyof Omit<CanonicalRecords[K], 'source'>]?: Stated<CanonicalRecords[K][F]>;
};

/** Fields of a record, or a function that reads several that stand or fall together, such as those that tags state. */
export type Part<K extends RecordKind> = Draft<K> | (() => Draft<K>);

/**
 * The fields of one record. Null means that nothing is stated: no member, null, an empty text. What is stated and cannot be
 * read costs the field if it is read in a function given to `emit`: the field is unknown, whatever the function makes of
 * null (`r.date('rotated') ?? never`), and counted. Read anywhere else, it rejects the record with its place, because
 * nothing tells which fields depend on it, and `emit` then gives no record: the one way in which adapters reject.
 */
export type Reading = {
  /** The record that is read. */
  readonly raw: RawRecord;
  /** Whether something in it was rejected. */
  readonly failed: boolean;
  /** Whatever is stated; undefined if nothing is. */
  value(place: Place): unknown;
  /** Whether anything is stated, also what cannot be read. */
  states(place: Place): boolean;
  /** A text or number as a machine wrote it. */
  text(place: Place): string | null;
  /** A text as people fill in cells: `n/a`, `unknown` and `-` state nothing. */
  cell(place: Place): string | null;
  /** Yes or no, in any form of docs/formats.md. */
  flag(place: Place): boolean | null;
  /** A number; with a unit, a duration in that unit. */
  number(place: Place, unit?: DurationUnit): number | null;
  /** A list of texts. */
  list(place: Place, separators?: readonly string[]): string[] | null;
  /** A time; one that states no zone has the zone of keyproof.yaml. */
  date(place: Place, options?: Omit<InstantOptions, 'timezone'>): Instant | null;
  /** One of several values, or a word known for it. */
  oneOf<T extends string>(place: Place, values: readonly T[]): T | null;
  /** Anything else. */
  read<T>(place: Place, parse: (value: unknown) => Parsed<T | null>): T | null;
  /** An id of this form; rejected if it is missing or has another one. `expected` completes "is not ...". */
  match(place: Place, pattern: RegExp, expected: string): RegExpExecArray | null;
  /** The value, rejected with this sentence if it is null: for what the record is useless without. */
  need<T>(place: Place, value: T | null, sentence: string): T | null;
  /** Rejects the record, at a place or (null) as a whole; in a function given to `emit`, the field. */
  reject(place: Place | null, sentence: string): void;
  /** Adds a gap of a kind of record to the file, as `AdapterContext.lacks`. */
  lacks(kind: RecordKind, clause: string): void;
  /** Readings of the objects in a list or table inside the record, each under its own locator; what is no object is rejected. */
  each(place: string): { name: string; reading: Reading }[];
  /**
   * The record with its source, of one or several parts: of a field that several state, the last counts; one that states
   * nothing hides nothing. None if something was rejected or a field that every record of the kind needs is missing.
   */
  emit<K extends RecordKind>(kind: K, ...parts: Part<K>[]): Emit[];
};

/**
 * Reads the fields of a record.
 * @param advice what to do about a value that cannot be read, the end of its sentence: `export again without --query.`
 */
export function reading(raw: RawRecord, context: AdapterContext, advice = ADVICE): Reading {
  return new RecordReading(raw, context, advice);
}

const ADVICE = 'correct it or export again.';

/** A place that cannot be read. */
type Fault = { place: string; reason: string };

/** A field, or part of a record, that cannot be read. */
type Lost = Fault & { field: string };

type Fields = { [field: string]: unknown };

/** What could not be read in the function that is being run, if one is; null: nothing. Shared with the readings inside a record. */
type Catching = { running: boolean; faults: Fault[] | null };

const NO_FAULTS: readonly Fault[] = [];
const NONE_LOST: readonly Lost[] = [];

/** A class, because an object with fifteen functions of its own for every record costs a quarter of the time of reading a CSV. */
class RecordReading implements Reading {
  #rejected: Set<string | null> | null = null;

  constructor(
    readonly raw: RawRecord,
    private readonly context: AdapterContext,
    private readonly advice: string,
    private readonly catching: Catching = { running: false, faults: null },
  ) {}

  get failed(): boolean {
    return this.#rejected !== null;
  }

  value(place: Place): unknown {
    return valueAt(this.raw.value, placeName(this.raw.value, place));
  }

  states(place: Place): boolean {
    return isStated(this.value(place));
  }

  text(place: Place): string | null {
    return this.read(place, parseMember);
  }

  cell(place: Place): string | null {
    return this.read(place, parseText) || null;
  }

  flag(place: Place): boolean | null {
    return this.read(place, parseBoolean);
  }

  number(place: Place, unit?: DurationUnit): number | null {
    return this.read(place, (value) => parseNumber(value, unit ?? null));
  }

  list(place: Place, separators?: readonly string[]): string[] | null {
    return this.read(place, (value) => parseList(value, separators));
  }

  date(place: Place, options?: Omit<InstantOptions, 'timezone'>): Instant | null {
    const name = placeName(this.raw.value, place);
    const known = this.context.datesOf(name);
    return this.#parse(name, (value) =>
      parseInstant(value, options === undefined ? known : { ...known, ...options }),
    );
  }

  oneOf<T extends string>(place: Place, values: readonly T[]): T | null {
    return this.read(place, (value) => parseEnum(value, values));
  }

  read<T>(place: Place, parse: (value: unknown) => Parsed<T | null>): T | null {
    return this.#parse(placeName(this.raw.value, place), parse);
  }

  #parse<T>(name: string, parse: (value: unknown) => Parsed<T | null>): T | null {
    const value = valueAt(this.raw.value, name);
    if (!isStated(value) || this.#rejected?.has(name)) return null;
    const result = parse(value);
    if (result.ok) return result.value;
    this.#fault(name, result.reason);
    return null;
  }

  /** Notes a place that cannot be read, once a field, or rejects it if no field is being read. */
  #fault(place: string, reason: string): void {
    if (!this.catching.running) this.reject(place, `${reason}; ${this.advice}`);
    else if (!this.#isFault(place)) this.#note({ place, reason });
  }

  #isFault(place: string): boolean {
    const { running, faults } = this.catching;
    return running && (faults?.some((fault) => fault.place === place) ?? false);
  }

  #note(fault: Fault): void {
    this.catching.faults ??= [];
    this.catching.faults.push(fault);
  }

  match(place: Place, pattern: RegExp, expected: string): RegExpExecArray | null {
    const name = placeName(this.raw.value, place);
    const missing = `There is no ${name}: expected ${expected}; ${this.advice}`;
    const text = this.need(place, this.text(place), missing);
    const found = text === null ? null : pattern.exec(text);
    if (text !== null && !found) this.reject(place, `${quote(text)} is not ${expected}; ${this.advice}`);
    return found;
  }

  need<T>(place: Place, value: T | null, sentence: string): T | null {
    const name = placeName(this.raw.value, place);
    const known = this.#rejected?.has(name) || this.#isFault(name);
    if (value === null && !known) this.reject(place, sentence);
    return value;
  }

  reject(place: Place | null, sentence: string): void {
    const name = place === null ? null : placeName(this.raw.value, place) || null;
    if (this.catching.running) {
      this.#note({ place: name ?? '', reason: sentence.replace(/\.$/, '') });
      return;
    }
    this.#rejected ??= new Set();
    this.#rejected.add(name);
    this.context.reject(this.raw.record, name, sentence);
  }

  lacks(kind: RecordKind, clause: string): void {
    this.context.lacks(kind, clause);
  }

  each(place: string): { name: string; reading: Reading }[] {
    const found = this.value(place);
    if (isStated(found) && typeof found !== 'object') this.#fault(place, `${quote(found)} is not a list`);
    return entriesOf(found).flatMap(([name, value]) => {
      const record = below(this.raw.record, [...place.split('.'), name]);
      if (isObject(value)) {
        const inside = { ...this.raw, record, value };
        return [{ name, reading: new RecordReading(inside, this.context, this.advice, this.catching) }];
      }
      const reason = `${quote(value)} is not an object`;
      if (this.catching.running) this.#note({ place: `${place}.${name}`, reason });
      else this.context.reject(record, null, `${reason}; ${this.advice}`);
      return [];
    });
  }

  emit<K extends RecordKind>(kind: K, ...parts: Part<K>[]): Emit[] {
    const { fields, lost } = this.#gather(parts);
    fields['source'] = { file: this.context.file, record: this.raw.record };
    this.#checkRequired(kind, fields, lost);
    for (const fault of lost) this.#lose(kind, fault);
    return this.failed ? [] : [emitted(kind, fields)];
  }

  /** Returns the fields of all parts, and what of them cannot be read. */
  #gather<K extends RecordKind>(parts: readonly Part<K>[]): { fields: Fields; lost: readonly Lost[] } {
    const fields: Fields = {};
    let lost = NONE_LOST;
    for (const part of parts) {
      const draft: Fields | null = isFunction(part) ? this.#run(part) : part;
      if (isFunction(part))
        lost = joined(
          lost,
          this.#faults().map((fault) => ({ ...fault, field: fault.place })),
        );
      for (const field in draft) {
        const stated: unknown = draft[field];
        const found = isFunction<unknown>(stated) ? this.#run(stated) : stated;
        const [fault] = isFunction<unknown>(stated) ? this.#faults() : NO_FAULTS;
        if (fault) lost = joined(lost, [{ ...fault, field }]);
        if (isStated(found) || fault || !isStated(fields[field])) fields[field] = found;
      }
    }
    return { fields, lost };
  }

  /** Returns what a function returns; null if anything that it reads cannot be read, which is what `#faults` gives then. */
  #run<T>(read: () => T): T | null {
    this.catching.running = true;
    this.catching.faults = null;
    try {
      const value = read();
      return this.catching.faults === null ? value : null;
    } finally {
      this.catching.running = false;
    }
  }

  /** What could not be read in the function that ran last. */
  #faults(): readonly Fault[] {
    return this.catching.faults ?? NO_FAULTS;
  }

  #checkRequired(kind: RecordKind, record: object, lost: readonly Lost[]): void {
    const missing = requiredFields(kind).find((field) => !isStated(Reflect.get(record, field)));
    if (this.failed || missing === undefined) return;
    if (lost.some(({ field }) => field === missing)) this.#rejected = new Set();
    else this.reject(null, `every record of ${kind} needs ${missing}; it is missing or empty`);
  }

  /** Reports a field that cannot be read, or its place if the record is rejected anyway. */
  #lose(kind: RecordKind, { field, place, reason }: Lost): void {
    if (!this.failed) {
      const where = place === field || place === '' ? '' : ` (in ${place})`;
      this.context.unreadable(this.raw.record, kind, field, `${reason}${where}; ${this.advice}`);
    } else if (!this.#rejected?.has(place)) this.reject(place, `${reason}; ${this.advice}`);
  }
}

function joined(lost: readonly Lost[], more: readonly Lost[]): readonly Lost[] {
  return more.length === 0 ? lost : [...lost, ...more];
}

function isFunction<T>(stated: T | (() => T)): stated is () => T {
  return typeof stated === 'function';
}

/** Returns the name of the place that is stated, or else of the first. */
function placeName(record: Record<string, unknown>, place: Place): string {
  if (typeof place === 'string') return place;
  for (const candidate of place) if (isStated(valueAt(record, candidate))) return candidate;
  return place[0] ?? '';
}

/** Member names of a path; adapters name few paths, and ask for them in every record. */
const pathOf = remembering((name) => name.split('.'));

/** Returns the cell or member of exactly this name, or at the end of a path through objects (`tags.owner`). */
export function valueAt(record: Record<string, unknown>, name: string): unknown {
  if (Object.hasOwn(record, name)) return record[name];
  return name.includes('.') ? memberAt(record, pathOf(name)) : undefined;
}

function isStated(value: unknown): boolean {
  return value !== undefined && value !== null && !(typeof value === 'string' && value.trim() === '');
}

function entriesOf(value: unknown): [string, unknown][] {
  if (Array.isArray(value)) return value.map((item, index) => [String(index), item]);
  return isObject(value) ? Object.entries(value) : [];
}

/**
 * Returns the locator of a place inside a record: `/value/3` and `keys`, `0` -> `/value/3/keys/0`; `line 7` -> `line 7
 * /keys/0`.
 */
export function below(record: string, path: readonly string[]): string {
  const pointer = path.map((name) => `/${escapePointer(name)}`).join('');
  return record.includes('/') ? `${record}${pointer}` : `${record} ${pointer}`;
}

/** Returns a record of its kind: the kit's readers gave every field its type. */
function emitted<K extends RecordKind>(kind: K, record: object): Emit {
  return { kind, record: record as CanonicalRecords[K] } as Emit;
}
