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
  const at = (place: string): unknown => valueAt(value, place);
  const unreadable = (place: string, expected: string): null => {
    context.unreadable(record, 'secret_findings', place, `not ${expected} (${NOT_SHOWN}); export it again`);
    return null;
  };
  return {
    record,
    value: at,
    text(place) {
      const found = at(place);
      if (isNothing(found)) return null;
      if (typeof found === 'number') return String(found);
      return typeof found === 'string' ? found.trim() : unreadable(place, 'a text');
    },
    line(place, first = 1) {
      const found = at(place);
      if (isNothing(found)) return null;
      const number = typeof found === 'string' && /^\d{1,9}$/.test(found.trim()) ? Number(found) : found;
      if (typeof number !== 'number' || !Number.isSafeInteger(number)) {
        return unreadable(place, 'a line or column');
      }
      return number >= first ? number - first + 1 : null;
    },
    flag(place) {
      const found = at(place);
      if (isNothing(found)) return null;
      return typeof found === 'boolean' ? found : unreadable(place, 'true or false');
    },
    date(place, options) {
      const found = parseInstant(at(place), { ...context.datesOf(place), ...options });
      if (!found.ok) return unreadable(place, 'a date');
      return found.value?.state === 'known' ? found.value : null;
    },
    inside(place) {
      const found = at(place);
      return readReport({ record, value: isObject(found) ? found : {} }, context);
    },
    each(place) {
      const found = at(place);
      return (Array.isArray(found) ? found : []).flatMap((item, index) => {
        const where = below(record, [...place.split('.'), String(index)]);
        if (isObject(item)) return [readReport({ record: where, value: item }, context)];
        context.reject(where, null, `not an object (${NOT_SHOWN}); export it again`);
        return [];
      });
    },
  };
}

const NOT_SHOWN = 'not shown, it may hold the secret';

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}
