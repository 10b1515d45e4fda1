import { coverageLines, type InputFile, limitsOf } from '../../index.js';
import { formatCount, plural } from '../../text/format.js';
import { table } from '../terminal.js';

const SHOWN = 5;

/**
 * Returns what each file is, as a table and, below it, what is to be known about each.
 * @param width columns of the terminal; left out, the table is not broken.
 */
export function filesText(files: readonly InputFile[], width: number | undefined): string {
  const rows = files.map((file) => [
    file.path,
    file.adapter ?? file.state,
    formatCount(file.records),
    producedText(file),
    countText(file.rejected),
    countText(file.unreadableFields),
  ]);
  const head = ['FILE', 'FORMAT', 'RECORDS', 'GIVES', 'REJECTED', 'UNKNOWN'];
  return [table(head, rows, width), ...files.flatMap(notes), ...formatsText(files)].join('\n');
}

/** Returns what each format proves and what it cannot, once, whatever number of files have it. */
function formatsText(files: readonly InputFile[]): string[] {
  const used = files.filter(({ state }) => state === 'used');
  const formats = [...new Set(used.map(({ adapter }) => adapter))];
  return formats.flatMap((adapter) => {
    const limits = limitsOf({ adapter }).map((sentence) => `  ${sentence}`);
    return limits.length === 0 ? [] : [`\nFormat ${adapter}`, ...limits];
  });
}

function producedText(file: InputFile): string {
  const parts = Object.entries(file.produced).filter(([, count]) => count > 0);
  return parts.map(([kind, count]) => recordsText(kind, count)).join(', ') || '-';
}

/** Returns `1 key`, `12 secret findings`, `4 register entries`. */
function recordsText(kind: string, count: number): string {
  const many = kind === 'register' ? 'register entries' : kind.replaceAll('_', ' ');
  return plural(count, many.replace(/ies$/, 'y').replace(/s$/, ''), many);
}

function countText(count: number): string {
  return count === 0 ? '-' : formatCount(count);
}

function moreText(count: number, what: string): string[] {
  return count > 0
    ? [`${formatCount(count)} more ${what}; keyproof inspect --json lists the first 1,000 of each`]
    : [];
}

function notes(file: InputFile): string[] {
  const skipped = Object.entries(file.skipped).map(
    ([reason, count]) => `${formatCount(count)} left out: ${reason}`,
  );
  const rejects = file.rejects
    .slice(0, SHOWN)
    .map(({ record, field, reason }) => `rejected ${record}${field === null ? '' : `, ${field}`}: ${reason}`);
  const unreadable = file.unreadable
    .slice(0, SHOWN)
    .map(({ record, field, reason }) => `unknown ${record}, ${field}: ${reason}`);
  return [
    ...file.warnings,
    ...coverageLines(file),
    ...file.decisions,
    ...skipped,
    ...rejects,
    ...moreText(file.rejected - rejects.length, 'rejected'),
    ...unreadable,
    ...moreText(file.unreadableFields - unreadable.length, 'unknown'),
  ].map((note, index) => (index === 0 ? `\n${file.path}\n  ${note}` : `  ${note}`));
}
