import type { Instant } from '../../model/index.js';
import { isObject } from '../../text/is-object.js';
import type { AdapterContext, RawRecord } from '../adapter.js';
import { type InstantOptions, parseInstant } from '../fields/instants.js';
import { below, valueAt } from '../fields/record-reader.js';

/**
 * Reads the members of a scanner's report without showing what stands in one that cannot be read, because any may hold the
 * secret. Such a member is unknown and counted. Null means that nothing is stated.
 */
export type ReportReader = {
  /** Where this is in the file. */
  readonly record: string;
  /** Whatever stands there: only to be hashed, or compared. */
  value(place: string): unknown;
  /** A text. */
  text(place: string): string | null;
  /**
   * A line or column, counted from 1; a smaller number says that the scanner knows none.
   * @param first number of the first one, if the scanner counts from 0
   */
  line(place: string, first?: 0 | 1): number | null;
  /** Yes or no. */
  flag(place: string): boolean | null;
  /** A date and time; what stands for no date, such as `0001-01-01`, states none. */
  date(place: string, options?: Pick<InstantOptions, 'order'>): Instant | null;
  /** The object under a name. */
  inside(place: string): ReportReader;
  /** The objects in a list. */
  each(place: string): ReportReader[];
};

/** Returns a reader of one record, or of one object inside it. */
export function readReport(
  { record, value }: Pick<RawRecord, 'record' | 'value'>,
  context: AdapterContext,
): ReportReader {
  return new MemberReader(record, value, context);
}

/** A class, because objects with functions of their own for every record cost a quarter of the time of reading. */
class MemberReader implements ReportReader {
  constructor(
    readonly record: string,
    private readonly members: Record<string, unknown>,
    private readonly context: AdapterContext,
  ) {}

  value(place: string): unknown {
    return valueAt(this.members, place);
  }

  text(place: string): string | null {
    const found = this.value(place);
    if (isNothing(found)) return null;
    if (typeof found === 'number') return String(found);
    return typeof found === 'string' ? found.trim() : this.unreadable(place, 'a text');
  }

  line(place: string, first: 0 | 1 = 1): number | null {
    const found = this.value(place);
    if (isNothing(found)) return null;
    const number = typeof found === 'string' && /^\d{1,9}$/.test(found.trim()) ? Number(found) : found;
    if (typeof number !== 'number' || !Number.isSafeInteger(number)) {
      return this.unreadable(place, 'a line or column');
    }
    return number >= first ? number - first + 1 : null;
  }

  flag(place: string): boolean | null {
    const found = this.value(place);
    if (isNothing(found)) return null;
    return typeof found === 'boolean' ? found : this.unreadable(place, 'true or false');
  }

  date(place: string, options?: Pick<InstantOptions, 'order'>): Instant | null {
    const found = parseInstant(this.value(place), { ...this.context.datesOf(place), ...options });
    if (!found.ok) return this.unreadable(place, 'a date');
    return found.value?.state === 'known' ? found.value : null;
  }

  inside(place: string): ReportReader {
    const found = this.value(place);
    return new MemberReader(this.record, isObject(found) ? found : {}, this.context);
  }

  each(place: string): ReportReader[] {
    const found = this.value(place);
    if (!isNothing(found) && !Array.isArray(found)) this.lost(place);
    return (Array.isArray(found) ? found : []).flatMap((item, index) => {
      const where = below(this.record, [...place.split('.'), String(index)]);
      if (isObject(item)) return [new MemberReader(where, item, this.context)];
      this.context.reject(where, null, `not an object (${NOT_SHOWN}); export it again`);
      return [];
    });
  }

  /** Counts what stands where a list should, and what was in it, as one record. */
  private lost(place: string): void {
    const where = below(this.record, place.split('.'));
    this.context.reject(where, null, `not a list (${NOT_SHOWN}); export it again`);
  }

  private unreadable(place: string, expected: string): null {
    const reason = `not ${expected} (${NOT_SHOWN}); export it again`;
    this.context.unreadable(this.record, 'secret_findings', place, reason);
    return null;
  }
}

const NOT_SHOWN = 'not shown, it may hold the secret';

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}
