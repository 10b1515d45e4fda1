import { type PackTrend, SEVERITIES } from '../../model/index.js';
import { formatCount, formatDay, formatMoment, shortHash } from '../../text/format.js';
import { printable } from '../../text/printable.js';
import { failedIn } from '../trend.js';
import { renderPage } from './page.js';

const HEIGHT = 260;
const TOP = 24;
const BASE = 220;
const LEFT = 16;
/** Width of a pack in the drawing, px. */
const STEP = 110;
const BAR = 56;

type Pack = PackTrend['packs'][number];

/** Returns trend.html: a drawing of failures and undecided checks, and the table it is made from. */
export function trendHtml(trend: PackTrend): string {
  const { packs, notes } = printable(trend);
  return renderPage('trend.hbs', {
    organisation: packs.at(-1)?.organisation ?? '',
    headline: headlineOf(packs),
    notes,
    chart: chartOf(packs),
    rows: packs.map((pack) => ({
      when: formatMoment(pack.asOf),
      ...Object.fromEntries(SEVERITIES.map((severity) => [severity, formatCount(pack.failed[severity])])),
      failed: formatCount(failedIn(pack)),
      undecided: formatCount(pack.undecided),
      hash: shortHash(pack.assessmentSha256),
    })),
  });
}

function headlineOf(packs: readonly Pack[]): string {
  const [first, last] = [packs[0], packs.at(-1)];
  if (first === undefined || last === undefined) return '';
  return `Failed checks: ${formatCount(failedIn(first))} on ${formatDay(first.asOf)}, ${formatCount(failedIn(last))} on ${formatDay(last.asOf)}. Undecided: ${formatCount(first.undecided)}, then ${formatCount(last.undecided)}.`;
}

function chartOf(packs: readonly Pack[]) {
  const most = Math.max(1, ...packs.map(failedIn));
  const mostUndecided = Math.max(1, ...packs.map(({ undecided }) => undecided));
  const width = LEFT * 2 + packs.length * STEP;
  const dots = packs.map(({ undecided }, index) => ({
    x: middleOf(index),
    y: rounded(BASE - heightOf(undecided, mostUndecided)),
    label: `Undecided: ${formatCount(undecided)}`,
  }));
  return {
    width,
    height: HEIGHT,
    left: LEFT,
    right: width - LEFT,
    base: BASE,
    most: formatCount(most),
    mostUndecided: formatCount(mostUndecided),
    bars: packs.flatMap((pack, index) => barsOf(pack, index, most)),
    labels: packs.flatMap((pack, index) => labelsOf(pack, index, most)),
    line: dots.map(({ x, y }) => `${x},${y}`).join(' '),
    dots,
  };
}

/** Returns the stacked parts of one bar, the worst severity at the bottom. */
function barsOf(pack: Pack, index: number, most: number) {
  let y = BASE;
  return SEVERITIES.filter((severity) => pack.failed[severity] > 0).map((severity) => {
    const height = rounded(heightOf(pack.failed[severity], most));
    y = rounded(y - height);
    const label = `${severity}: ${formatCount(pack.failed[severity])}`;
    return { severity, x: middleOf(index) - BAR / 2, y, width: BAR, height, label };
  });
}

function labelsOf(pack: Pack, index: number, most: number) {
  const failed = failedIn(pack);
  return [
    { x: middleOf(index), y: BASE + 18, text: pack.asOf.slice(0, 10) },
    { x: middleOf(index), y: rounded(BASE - heightOf(failed, most) - 6), text: formatCount(failed) },
  ];
}

function middleOf(index: number): number {
  return LEFT + index * STEP + STEP / 2;
}

function heightOf(value: number, most: number): number {
  return (value / most) * (BASE - TOP);
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
