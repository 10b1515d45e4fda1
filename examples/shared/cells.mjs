import { isoDay, isoSeconds } from './time.mjs';

/** A time as exports write it: `never` where the source says so, empty where it does not say. */
export const time = (ms) =>
  ms === null || ms === undefined ? null : ms === Number.POSITIVE_INFINITY ? 'never' : isoSeconds(ms);

/** A day, likewise. */
export const day = (ms) =>
  ms === null || ms === undefined ? null : ms === Number.POSITIVE_INFINITY ? 'never' : isoDay(ms);

/** A list in one cell; `[]` where it is known to be empty. */
export const list = (items) =>
  items === null || items === undefined ? null : items.length === 0 ? '[]' : items.join('|');

/** A text in one cell; `-` where it is known that there is none. */
export const text = (value) => (value === '' ? '-' : value);
