import { KeyproofError, type PackTrend, SEVERITIES } from '../model/index.js';
import { compareText } from '../text/compare-text.js';
import { BYTE_ORDER_MARK, csvLine } from '../text/csv.js';
import { formatCount, formatMoment, joinWords } from '../text/format.js';
import { printable, printableText } from '../text/printable.js';
import { type ComparedPack, comparedPack } from './compared-pack.js';
import { incompleteNote } from './notes.js';
import { packDifferences } from './pack-differences.js';
import { settingsWords } from './words.js';

/**
 * Reads the failures of packs, in the order of their as-of dates.
 *
 * @param dirs absolute folders of at least two packs.
 * @throws KeyproofError if there are fewer, one is no pack, or its core was changed.
 */
export async function packTrend(dirs: readonly string[]): Promise<PackTrend> {
  if (dirs.length < 2) throw new KeyproofError('A trend needs at least two packs; name more.');
  const compared: ComparedPack[] = [];
  for (const dir of dirs) compared.push(withoutLists(await comparedPack(dir)));
  compared.sort(
    ({ facts: a }, { facts: b }) =>
      Date.parse(a.asOf) - Date.parse(b.asOf) || compareText(a.assessmentSha256, b.assessmentSha256),
  );
  const packs = compared.map(({ facts }) => facts);
  const names = new Set(packs.map(({ organisation }) => organisation));
  return {
    schemaVersion: '1.0.0',
    notes: [
      ...(names.size > 1 ? [`The packs name different organisations: ${[...names].join(', ')}.`] : []),
      ...packs.flatMap((pack) => incompleteNote(`The pack as of ${formatMoment(pack.asOf)}`, pack)),
      ...compared.slice(1).flatMap((pack, place) => settingsNote(compared[place] as ComparedPack, pack)),
    ],
    packs,
  };
}

/** Leaves out what grows with the evidence: a trend may be of many packs. */
function withoutLists(pack: ComparedPack): ComparedPack {
  return { ...pack, assessment: { ...pack.assessment, observations: [], actions: [], gaps: [] } };
}

/** Returns the sentence on what two packs that follow each other were asked otherwise: a looser limit is no improvement. */
function settingsNote(old: ComparedPack, now: ComparedPack): string[] {
  const words = settingsWords(packDifferences(old, now));
  if (words.length === 0) return [];
  const [from, to] = [formatMoment(old.facts.asOf), formatMoment(now.facts.asOf)];
  return [
    `From ${from} to ${to} settings differ: ${joinWords(words)}; keyproof diff tells what they alone changed.`,
  ];
}

const HEADER = ['as_of', ...SEVERITIES, 'failed', 'undecided', 'organisation', 'assessment_sha256'];

/** Returns trend.csv: one row for each pack, oldest first (UTF-8 with BOM, CRLF). */
export function trendCsv({ packs }: PackTrend): string {
  const rows = packs.map((pack) => [
    pack.asOf,
    ...SEVERITIES.map((severity) => pack.failed[severity]),
    failedIn(pack),
    pack.undecided,
    printableText(pack.organisation),
    pack.assessmentSha256,
  ]);
  return `${BYTE_ORDER_MARK}${[HEADER, ...rows].map(csvLine).join('')}`;
}

/** Returns a trend as JSON (schema `trend`). */
export function trendJson(trend: PackTrend): string {
  return `${JSON.stringify(trend, null, 2)}\n`;
}

/** Returns a trend as text for a terminal. */
export function trendText(trend: PackTrend): string {
  const { packs, notes } = printable(trend);
  const rows = [
    ['As of', 'Critical', 'High', 'Medium', 'Low', 'Failed', 'Undecided'],
    ...packs.map((pack) => [
      formatMoment(pack.asOf),
      ...SEVERITIES.map((severity) => formatCount(pack.failed[severity])),
      formatCount(failedIn(pack)),
      formatCount(pack.undecided),
    ]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
  return [...notes.map((note) => `! ${note}`), ...lines].join('\n');
}

/** Returns the number of failed checks of a pack. */
export function failedIn({ failed }: PackTrend['packs'][number]): number {
  return SEVERITIES.reduce((sum, severity) => sum + failed[severity], 0);
}
