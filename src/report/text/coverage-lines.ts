import { type Coverage, EVERY_SYSTEM, type InputFile } from '../../model/index.js';
import { formatCount } from '../../text/format.js';
import { groupBy } from '../../text/group-by.js';
import { recordWords } from '../../text/record-words.js';

/**
 * Returns what a file can speak for and what it cannot, a sentence for kinds of record that share it:
 * `Speaks for audit and access events (12), rotation steps (3) of aws-iam, aws-sm in 111122223333, 2026-07-01 to 2026-07-31. Stated to be complete ...`.
 */
export function coverageLines({ state, coverage }: Pick<InputFile, 'state' | 'coverage'>): string[] {
  if (state === 'not-used') return possibleLines(coverage);
  const shared = groupBy(coverage, (one) => [scopeText(one), proofText(one)].join('. '));
  return [...shared].map(([text, all]) => `Speaks for ${all.map(kindText).join(', ')}${text}.`);
}

function possibleLines(coverage: readonly Coverage[]): string[] {
  const kinds = coverage.map(({ kind }) => recordWords(kind));
  return kinds.length === 0
    ? []
    : [`May hold ${kinds.join(', ')}: that there is no other record is not shown without it.`];
}

function kindText({ kind, records }: Coverage): string {
  return `${recordWords(kind)} (${formatCount(records)})`;
}

function scopeText({ systems, accounts, period }: Coverage): string {
  const systemsText = systems.includes(EVERY_SYSTEM) ? 'every system' : systems.join(', ');
  return [
    systems.length === 0 ? '; system not stated' : ` of ${systemsText}`,
    accounts.length === 0 ? '' : ` in account ${accounts.join(', ')}`,
    period === null
      ? ''
      : `, ${day(period.fromMs)} to ${day(period.toMs)}${period.basis === 'records' ? ' (its first and last record)' : ''}`,
  ].join('');
}

function proofText({ completeBy, gaps }: Coverage): string {
  if (gaps.length > 0) return `Cannot prove that there is no other record: ${gaps.join('; ')}`;
  if (completeBy === null)
    return 'Not stated to be complete: proves what its records state, not that there is no other';
  return `Stated to be complete by ${BY[completeBy]}: what it lacks did not happen or does not exist`;
}

const BY: { readonly [B in NonNullable<Coverage['completeBy']>]: string } = {
  'keyproof.yaml': 'keyproof.yaml',
  extracts: 'the register of extracts',
};

function day(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
