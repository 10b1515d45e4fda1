import { type Action, type Assessment, type NamedControl, SUBJECT_WORDS } from '../../model/index.js';
import { formatCount, formatDay, plural, start } from '../../text/format.js';
import { groupBy } from '../../text/group-by.js';
import { fileWith } from './file-with.js';
import { OBSERVATION } from './observed-failures.js';

/** Returns `13 of 48 keys tested`: how many failed of those that passed or failed. There is one organisation. */
export function testedText({ failed, tested, kind }: Action): string {
  if (kind === 'organisation') return 'the organisation itself';
  return `${formatCount(failed)} of ${plural(tested, ...SUBJECT_WORDS[kind])} tested`;
}

/** Returns `4 overdue`: the failures of an action whose suggested date has passed; null if none is, or without a previous pack. */
export function overdueText({ overdue }: Action): string | null {
  return overdue ? `${formatCount(overdue)} overdue` : null;
}

/**
 * Returns `Farid Mansouri; due 15 August 2026, which has passed; open; waits for CHG-20417`: what people wrote about an action
 * in an earlier checklist; empty if nothing.
 * @param asOf date of the audit, ISO.
 */
export function statedText({ followUp }: Action, asOf: string): string {
  if (followUp === undefined) return '';
  const { owner, due, status, notes } = followUp;
  const passed = due !== null && due < asOf.slice(0, 10) ? ', which has passed' : '';
  const day = due === null ? null : `due ${formatDay(due)}${passed}`;
  return [owner, day, status, notes].filter((text) => text !== null).join('; ');
}

/** Returns the title of each rule, by its id: the good case, as an action names what mends the bad one. */
export function ruleTitles(policies: Assessment['policies']): ReadonlyMap<string, string> {
  return new Map(policies.map(({ id, title }) => [id, title]));
}

/** Returns `production (7)`: the worst environment with a failure; empty if none is stated. */
export function worstEnvironment({ environments }: Action): string {
  const [worst] = environments;
  return worst === undefined || worst.environment === null
    ? ''
    : `${worst.environment} (${formatCount(worst.failed)})`;
}

/** Returns `Farid Mansouri (12), not stated (1), and 4 more owners`. */
export function ownersText({ owners }: Action, most: number): string {
  const shown = owners
    .slice(0, most)
    .map(({ owner, failed }) => `${owner ?? 'not stated'} (${formatCount(failed)})`);
  const left = owners.length - shown.length;
  return [...shown, ...(left > 0 ? [`and ${plural(left, 'more owner')}`] : [])].join(', ');
}

/**
 * Returns `Farid Mansouri (5) and 3 others`: who has most of the failures; null if no owner is stated.
 *
 * @param longest most characters of the name; default: all of it.
 */
export function firstOwnerText({ owners }: Action, longest = Number.POSITIVE_INFINITY): string | null {
  const named = owners.flatMap(({ owner, failed }) => (owner === null ? [] : [{ owner, failed }]));
  const [first] = named;
  if (first === undefined) return null;
  const more = named.length === 1 ? '' : ` and ${plural(named.length - 1, 'other')}`;
  return `${shortName(first.owner, longest)} (${formatCount(first.failed)})${more}`;
}

/** Returns the name of an owner; of an address too long for its place what stands before the @. */
export function shortName(owner: string, longest: number): string {
  const name = owner.length > longest ? (owner.split('@')[0] ?? owner) : owner;
  return name.length > longest ? `${start(name, longest)}…` : name;
}

/**
 * Returns `pci-dss-4.0.1 6.2.4, 8.3.2; soc2-2017 CC6.1`, in the order given.
 * @param titles what a reader calls each framework, by id; default: its id.
 */
export function controlsText(
  controls: readonly NamedControl[],
  titles: ReadonlyMap<string, string> = new Map(),
  isObserved: (control: NamedControl) => boolean = () => false,
): string {
  return [...groupBy(controls, ({ framework }) => framework)]
    .map(
      ([framework, own]) =>
        `${titles.get(framework) ?? framework} ${own.map((one) => (isObserved(one) ? `${one.control} (${OBSERVATION})` : one.control)).join(', ')}`,
    )
    .join('; ');
}

/** Returns the ids of the first findings of an action, and how many more there are, with the file that has them. */
export function findingsText({ findings, failed }: Action, most: number, plan: Assessment['plan']): string {
  const shown = findings.slice(0, most);
  const left = failed - shown.length;
  return [
    ...shown,
    ...(left > 0 ? [`and ${formatCount(left)} more, in ${fileWith('failures', plan)}`] : []),
  ].join(', ');
}
