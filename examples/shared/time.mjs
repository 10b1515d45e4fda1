/** Milliseconds in a minute, an hour and a day. */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The last moment of 2026-09-30, UTC: what `--as-of 2026-09-30` means. */
export const AS_OF = Date.UTC(2026, 9, 1) - 1;

/** The four quarters of rotations begin here. */
export const YEAR_START = Date.UTC(2025, 9, 1);

/** The quarter under audit begins here. */
export const QUARTER_START = Date.UTC(2026, 6, 1);

/** Epoch ms of a date or date-time text, UTC. */
export const at = (text) => Date.parse(text.includes('T') ? text : `${text}T00:00:00Z`);

/** `2026-09-30T08:15:00Z`, with milliseconds only where there are any. */
export const isoSeconds = (ms) => new Date(ms).toISOString().replace('.000Z', 'Z');

/** `2026-09-30T08:15:00.123000+00:00`: how AWS CLI v2 prints a date. */
export const isoMicros = (ms) => `${new Date(ms).toISOString().slice(0, 23)}000+00:00`;

/** `2026-09-30T08:15:00+00:00`: how the IAM credential report prints a date. */
export const isoOffset = (ms) => `${new Date(ms).toISOString().slice(0, 19)}+00:00`;

/** `2026-09-30`. */
export const isoDay = (ms) => new Date(ms).toISOString().slice(0, 10);

/** `30.09.2026 08:15`: how Excel with German settings writes a date. */
export function excelGerman(ms) {
  const [year, month, day] = isoDay(ms).split('-');
  return `${day}.${month}.${year} ${new Date(ms).toISOString().slice(11, 16)}`;
}

/** A time truncated to its day, UTC. */
export const startOfDay = (ms) => Math.floor(ms / DAY) * DAY;
