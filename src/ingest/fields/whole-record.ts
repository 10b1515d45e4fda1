import type { Instant } from '../../model/index.js';
import { statedInstant } from './instants.js';
import type { Place, Reading } from './record-reader.js';

/**
 * Returns whether a record has everything that its source states of every record: nothing was selected from it (`--query`, jq,
 * Steampipe), so that a member it lacks is a statement if the format's documentation says so.
 * @param always what the source always states; nobody selects all of it by chance
 */
export function isWholeRecord(r: Reading, always: readonly Place[]): boolean {
  return always.every((place) => r.states(place));
}

/** Returns whether a record has a member or cell at all, also one that is null or empty. */
export function hasMember(r: Reading, place: Place): boolean {
  return [place].flat().some((name) => r.value(name) !== undefined);
}

/** Returns a time; `never`, as a statement, if the record has the member and it is null or empty; null if it lacks the member. */
export function dateOrNever(r: Reading, place: Place): Instant | null {
  return r.date(place) ?? (hasMember(r, place) ? statedInstant('never') : null);
}

/**
 * Returns whether a record states that it has no such member: it has the member, null or empty, or nothing was selected from it.
 * A member that cannot be read is none either, and costs its field when it is read. A table has a column for every member that was
 * exported, so that a column it lacks states nothing.
 */
export function statesNone(r: Reading, place: Place, always: readonly Place[]): boolean {
  return !r.states(place) && (hasMember(r, place) || (!isTableRow(r) && isWholeRecord(r, always)));
}

function isTableRow(r: Reading): boolean {
  return /^row \d/.test(r.raw.record);
}
