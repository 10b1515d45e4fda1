import { type Action, SUBJECT_WORDS } from '../../../model/index.js';
import { formatCount, joinWords, plural } from '../../../text/format.js';
import { groupBy } from '../../../text/group-by.js';
import { shortTitle } from '../../../text/short-title.js';
import { shortName } from '../../text/action-text.js';

/** Returns `13 of 48 keys tested (27 %)`: the failures among the subjects that were tested. */
export function failedText({ failed, tested, kind }: Action): string {
  if (kind === 'organisation') return 'the organisation';
  const share = tested === 0 ? '' : ` (${shareText(failed, tested)})`;
  return `${formatCount(failed)} of ${plural(tested, ...SUBJECT_WORDS[kind])} tested${share}`;
}

/** Returns a share in whole per cent; never 0 % of something, never 100 % of less than all. */
function shareText(part: number, whole: number): string {
  const percent = Math.round((part / whole) * 100);
  if (percent === 0 && part > 0) return '<1\u00a0%';
  return percent === 100 && part < whole ? '>99\u00a0%' : `${percent}\u00a0%`;
}

/** Returns the owners with most failures, `treasury (9), cards (4) and 3 more`, at most `most` by name. */
export function ownersText({ owners }: Action, most: number, longest: number): string {
  if (owners.length === 0) return 'not stated';
  const named = owners
    .slice(0, most)
    .map(
      ({ owner, failed }) =>
        `${owner === null ? 'not stated' : shortName(owner, longest)} (${formatCount(failed)})`,
    );
  return withMore(named, owners.length);
}

/** Returns the environments with failures, worst first: `production (9), staging (2)`; empty if none is stated. */
export function environmentsText({ environments }: Action): string {
  if (environments.every(({ environment }) => environment === null)) return '';
  return environments
    .map(({ environment, failed }) => `${environment ?? 'environment not stated'} (${formatCount(failed)})`)
    .join(', ');
}

/** Returns the controls an action counts for, `PCI DSS 8.6.3, 8.3.2 and 4 more; GDPR 32(1)`, at most `most` of each framework. */
export function controlsText(
  { controls }: Action,
  titles: ReadonlyMap<string, string>,
  most: number,
): string {
  const groups = [...groupBy(controls, ({ framework }) => framework)];
  return groups
    .map(([framework, all]) => {
      const named = all.slice(0, most).map(({ control }) => control);
      return `${shortTitle(titles.get(framework) ?? framework)} ${withMore(named, all.length)}`;
    })
    .join('; ');
}

function withMore(named: readonly string[], total: number): string {
  const left = total - named.length;
  return left > 0 ? `${named.join(', ')} and ${formatCount(left)} more` : joinWords(named);
}
