import { DAY_MS } from '../model/index.js';

/** What a zone is expected to be, for messages. */
export const ZONE_FORM = 'an offset such as +01:00, or a time zone such as Europe/Berlin';

/** The first and the last moment, epoch ms, that a wall time can be. */
export type Moments = { from: number; until: number };

/** A name of the IANA time zone database. Abbreviations are none: IST is the time of three countries. */
const NAME = /^[A-Za-z_]+(?:\/[A-Za-z0-9_+-]+)+$/;

/** Returns whether a text is an offset or the name of a time zone. */
export function isTimeZone(text: string): boolean {
  return parseOffset(text) !== null || zoneOf(text) !== null;
}

/**
 * Returns what a wall time can be in a zone, an offset or a name such as `Europe/Berlin`. An hour that clocks show twice in autumn is
 * both, and one that they skip in spring is what either offset makes of it. Null if there is no such zone.
 * @param wallMs the wall time as if it were UTC, epoch ms
 */
export function momentsIn(zone: string, wallMs: number): Moments | null {
  const offset = parseOffset(zone) ?? zoneOf(zone)?.steadyOffset(wallMs) ?? null;
  if (offset !== null) return { from: wallMs - offset, until: wallMs - offset };
  const named = zoneOf(zone);
  if (named === null) return null;
  const near = [-DAY_MS, DAY_MS].map((away) => wallMs - named.offsetAt(wallMs + away));
  const shown = near.filter((ms) => ms + named.offsetAt(ms) === wallMs);
  const moments = shown.length > 0 ? shown : near;
  return { from: Math.min(...moments), until: Math.max(...moments) };
}

/** The offsets of a zone from UTC, in ms. */
type Zone = {
  /** The offset at a moment. */
  offsetAt(ms: number): number;
  /** The offset if it does not change on the day of a wall time, the day before or the day after; else null. */
  steadyOffset(wallMs: number): number | null;
};

const zones = new Map<string, Zone | null>();

function zoneOf(name: string): Zone | null {
  const known = zones.get(name);
  if (known !== undefined) return known;
  const zone = NAME.test(name) ? makeZone(name) : null;
  zones.set(name, zone);
  return zone;
}

function makeZone(timeZone: string): Zone | null {
  const format = formatOf(timeZone);
  if (format === null) return null;
  const offsetAt = (ms: number) => offsetIn(format, ms);
  const days = new Map<number, number | null>();
  return {
    offsetAt,
    steadyOffset(wallMs) {
      const day = Math.floor(wallMs / DAY_MS);
      const known = days.get(day);
      if (known !== undefined) return known;
      const [before, after] = [offsetAt((day - 1) * DAY_MS), offsetAt((day + 2) * DAY_MS)];
      const steady = before === after ? before : null;
      days.set(day, steady);
      return steady;
    },
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  } catch {
    return null;
  }
}

/** Returns the offset that Intl writes: `GMT`, `GMT+02:00`, and with seconds before zones had whole minutes. */
function offsetIn(format: Intl.DateTimeFormat, ms: number): number {
  const shown = format.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours = 0, minutes = 0, seconds = 0] =
    /GMT([+-])(\d{2}):(\d{2})(?::(\d{2}))?/.exec(shown) ?? [];
  const size = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  return (sign === '-' ? -size : size) * 1000;
}

/** Returns the offset from UTC in ms of `Z`, `UTC`, `GMT`, `+01:00`, `-0700`, `+02`; null if it is none of these. */
function parseOffset(text: string): number | null {
  if (/^(z|utc|gmt)$/i.test(text)) return 0;
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(text);
  if (!match) return null;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  if (minutes > 14 * 60 || Number(match[3] ?? 0) > 59) return null;
  return (match[1] === '-' ? -minutes : minutes) * 60_000;
}
