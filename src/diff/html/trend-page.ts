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
type Bar = ReturnType<typeof barOf>;

/** Returns trend.html: drawings of failures and of undecided checks, and the table it is made from. */
export function trendHtml(trend: PackTrend): string {
  const { packs, notes } = printable(trend);
  return renderPage('trend.hbs', {
    organisation: packs.at(-1)?.organisation ?? '',
    headline: headlineOf(packs),
    notes,
    charts: chartsOf(packs),
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

/** Returns two drawings side by side, each on a scale of its own: failed checks by severity, and undecided ones. */
function chartsOf(packs: readonly Pack[]) {
  const most = Math.max(1, ...packs.map(failedIn));
  const mostUndecided = Math.max(1, ...packs.map(({ undecided }) => undecided));
  return [
    {
      ...chartOf('Failed checks by severity', packs, failedIn, (pack, index) => barsOf(pack, index, most)),
      legend: SEVERITIES.map((key) => ({ key, label: key })),
    },
    chartOf('Undecided checks', packs, undecidedIn, (pack, index) => [
      barOf('undecided', undecidedIn(pack), index, { most: mostUndecided, foot: BASE }),
    ]),
  ];
}

function chartOf(
  title: string,
  packs: readonly Pack[],
  checksIn: (pack: Pack) => number,
  bars: (pack: Pack, index: number) => Bar[],
) {
  const most = Math.max(1, ...packs.map(checksIn));
  const width = LEFT * 2 + packs.length * STEP;
  return {
    title,
    width,
    height: HEIGHT,
    left: LEFT,
    right: width - LEFT,
    base: BASE,
    bars: packs.flatMap(bars),
    labels: packs.flatMap((pack, index) => labelsOf(pack, index, { value: checksIn(pack), most })),
  };
}

function undecidedIn({ undecided }: Pack): number {
  return undecided;
}

/** Returns the stacked parts of one bar, the worst severity at the bottom. */
function barsOf(pack: Pack, index: number, most: number): Bar[] {
  let foot = BASE;
  return SEVERITIES.filter((severity) => pack.failed[severity] > 0).map((severity) => {
    const bar = barOf(severity, pack.failed[severity], index, { most, foot });
    foot = bar.y;
    return bar;
  });
}

function barOf(key: string, value: number, index: number, { most, foot }: { most: number; foot: number }) {
  const height = rounded(heightOf(value, most));
  const label = `${key}: ${formatCount(value)}`;
  return { key, x: middleOf(index) - BAR / 2, y: rounded(foot - height), width: BAR, height, label };
}

function labelsOf(pack: Pack, index: number, { value, most }: { value: number; most: number }) {
  return [
    { x: middleOf(index), y: BASE + 18, text: pack.asOf.slice(0, 10) },
    { x: middleOf(index), y: rounded(BASE - heightOf(value, most) - 6), text: formatCount(value) },
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
