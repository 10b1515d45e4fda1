import type { CorePack } from '../model/index.js';
import { compareText } from '../text/compare-text.js';
import { findingIds, type RenamedSubject } from './finding-ids.js';
import { knownPeople } from './known-people.js';
import { type NameFinder, nameFinder } from './name-finder.js';

/** How the texts and ids of one pack are redacted. */
export type Redaction = NameFinder & {
  /** Returns what stands where only a person stands; null stays null. */
  person<T extends string | null>(name: T): T | string;
  /** Returns the id of a finding, which is another if it is about a subject whose id holds a name. */
  finding(id: string): string;
  /** Redacts every text in a value; members whose names are listed stay as they are. */
  deep<T>(value: T, kept?: ReadonlySet<string>): T;
  /** The same for values that are texts of rules and frameworks (`inOwnText`). */
  deepOwn<T>(value: T, kept: ReadonlySet<string>): T;
};

const NOTHING: ReadonlySet<string> = new Set();

/** Returns how a pack is redacted: it reads the subjects and what failed. */
export async function redactionOf(core: CorePack, key: Uint8Array): Promise<Redaction> {
  const people = await knownPeople(core, key);
  const finder = nameFinder(people);
  const rules = core.assessment.policies.map(({ id }) => id);
  const ids = findingIds(rules, await renamedSubjects(core, finder), key);
  const deep = <T>(value: T, kept = NOTHING): T => redactDeep(value, finder.inText, kept) as T;
  return {
    ...finder,
    person: (name) => (name === null ? name : finder.inText(name)),
    finding: (id) => ids.get(id) ?? id,
    deep,
    deepOwn: (value, kept) => redactDeep(value, finder.inOwnText, kept) as typeof value,
  };
}

async function renamedSubjects(core: CorePack, { inText }: NameFinder): Promise<RenamedSubject[]> {
  const renamed: RenamedSubject[] = [];
  for await (const { kind, id } of core.subjects()) if (inText(id) !== id) renamed.push({ kind, id });
  return renamed;
}

function redactDeep(value: unknown, text: (text: string) => string, kept: ReadonlySet<string>): unknown {
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return value.map((item) => redactDeep(item, text, kept));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) =>
    kept.has(name) ? [name, member] : [text(name), redactDeep(member, text, kept)],
  );
  return Object.fromEntries(members);
}

/** Sorts ids as text: the order of names would tell who is who. */
export function sortedIds(ids: readonly string[]): string[] {
  return [...ids].sort(compareText);
}
