import { formatCount } from '../../text/format.js';

/** One part of a stacked bar, in percent of its width. */
export type Segment = {
  /** Names the part's pattern, icon and colour. */
  key: string;
  /** What the reader calls it. */
  label: string;
  /** Number of cases. */
  count: number;
  /** Left edge, 0 to 100. */
  x: number;
  /** Width, 0 to 100; at least 0.6 if the count is not 0, so that a single case stays visible. */
  width: number;
};

/** A stacked bar with the sentence that a screen reader reads in its place. */
export type Bar = {
  /** Parts that are not empty, left to right. */
  segments: Segment[];
  /** `Failed 3, passed 12; 15 in all`. */
  text: string;
  /** Sum of the parts. */
  total: number;
};

const WIDTH = 100;
const LEAST = 0.6;

/** Lays out a stacked bar; leaves out empty parts. */
export function stackedBar(parts: readonly { key: string; label: string; count: number }[]): Bar {
  const present = parts.filter((part) => part.count > 0);
  const total = present.reduce((sum, part) => sum + part.count, 0);
  const room = WIDTH - present.length * LEAST;
  let x = 0;
  const segments = present.map((part) => {
    const width = LEAST + (part.count / total) * room;
    const segment = { ...part, x: round(x), width: round(width) };
    x += width;
    return segment;
  });
  const text = segments.map(({ label, count }) => `${label} ${formatCount(count)}`).join(', ');
  return { segments, text: `${text}; ${formatCount(total)} in all`, total };
}

const round = (value: number): number => Math.round(value * 1000) / 1000;
