import { DAY_MS, type Subject } from '../../../model/index.js';
import { formatCount, formatDay, formatDays, plural } from '../../../text/format.js';
import { printableText } from '../../text/printable.js';

/** A secret that a scan found, until its key was replaced or revoked. */
export type Exposure = { id: string; name: string; place: string; from: number; to: number | null };

/** An exposure as printed, with its bar in units of a chart 600 wide. */
export type ExposureRow = {
  name: string;
  href: string;
  place: string;
  from: string;
  to: string;
  days: string;
  x: number;
  width: number;
  open: boolean;
};

/** Exposures as printed, the longest first. */
export type ExposureChart = {
  rows: ExposureRow[];
  /** Which are shown, and the days that the bars span: `The longest 15 of 40, 1 July 2026 to 30 September 2026`. */
  extent: string;
};

const WIDTH = 600;
const MOST = 15;

/** Returns the exposures of a key: each place until the first rotation known since, or until the key was revoked. */
export function exposuresOf({ id, label, life }: Subject): Exposure[] {
  if (life === null) return [];
  return life.exposures.map(({ from, replaced, place }) => {
    const ends = [replaced, life.revoked?.ms ?? null].filter((ms) => ms !== null).filter((ms) => ms >= from);
    return {
      id,
      name: printableText(label ?? id),
      place: printableText(place ?? 'place not stated'),
      from,
      to: ends.length === 0 ? null : Math.min(...ends),
    };
  });
}

/** Returns the longest exposures as printed; one without an end lasts until the as-of date. */
export function exposureChart(all: readonly Exposure[], asOfMs: number): ExposureChart | null {
  if (all.length === 0) return null;
  const length = ({ from, to }: Exposure): number => (to ?? asOfMs) - from;
  const shown = [...all].sort((a, b) => length(b) - length(a)).slice(0, MOST);
  const first = Math.min(...shown.map(({ from }) => from));
  const scale = WIDTH / Math.max(DAY_MS, asOfMs - first);
  return {
    rows: shown.map((one) => ({
      name: one.name,
      href: `#${new URLSearchParams({ key: one.id })}`,
      place: one.place,
      from: formatDay(one.from),
      to: one.to === null ? 'not known to have ended' : formatDay(one.to),
      days: days(length(one)),
      x: rounded((one.from - first) * scale),
      width: rounded(Math.max(2, length(one) * scale)),
      open: one.to === null,
    })),
    extent: `${shownText(shown.length, all.length)}, ${formatDays(first, asOfMs)}`,
  };
}

function shownText(shown: number, total: number): string {
  if (shown < total) return `The longest ${formatCount(shown)} of ${formatCount(total)}`;
  return total === 1 ? 'The only one' : `All ${formatCount(total)}, the longest first`;
}

function days(ms: number): string {
  const whole = Math.floor(ms / DAY_MS);
  return whole === 0 ? 'less than a day' : plural(whole, 'day');
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
