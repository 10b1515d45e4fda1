import type { JudgedObservation, Policy } from '../model/index.js';
import { mergeResults } from './merge-results.js';
import { withPlaces } from './places.js';

/** The observations of one pack, sorted by rule, kind and subject as observations.parquet is. */
export type PackResults = {
  /** Name of the pack. */
  name: string;
  /** Its observations. */
  observations: AsyncIterable<JudgedObservation>;
};

type Head = { name: string; rest: AsyncIterator<JudgedObservation>; value: JudgedObservation };

/**
 * Merges the observations of packs, one of each at a time in memory, in the order of their files.
 * @throws Error if a pack names a rule that is not among the policies.
 */
export async function* mergeStreams(
  packs: readonly PackResults[],
  policies: readonly Policy[],
): AsyncGenerator<JudgedObservation> {
  const byId = new Map(policies.map((policy) => [policy.id, policy]));
  let heads = await opened(packs);
  while (heads.length > 0) {
    const least = heads.reduce((a, b) => (compareHeads(b, a) < 0 ? b : a));
    const same = heads.filter((head) => compareHeads(head, least) === 0);
    const policy = byId.get(least.value.ruleId);
    if (policy === undefined) throw new Error(`no policy is called ${least.value.ruleId}`);
    yield mergeResults(
      same.map(({ name, value }) => withPlaces(value, name)),
      policy,
    );
    const next = await Promise.all(same.map(advanced));
    heads = [...heads.filter((head) => !same.includes(head)), ...next.flat()];
  }
}

async function opened(packs: readonly PackResults[]): Promise<Head[]> {
  const starts = packs.map(({ name, observations }) => headOf(name, observations[Symbol.asyncIterator]()));
  return (await Promise.all(starts)).flat();
}

function advanced({ name, rest }: Head): Promise<Head[]> {
  return headOf(name, rest);
}

async function headOf(name: string, rest: AsyncIterator<JudgedObservation>): Promise<Head[]> {
  const next = await rest.next();
  return next.done ? [] : [{ name, rest, value: next.value }];
}

function compareHeads({ value: a }: Head, { value: b }: Head): number {
  return (
    compareBytes(a.ruleId, b.ruleId) ||
    compareBytes(a.subject.kind, b.subject.kind) ||
    compareBytes(a.subject.id, b.subject.id)
  );
}

/** Compares as the database sorts: by the bytes of UTF-8, which differs from UTF-16 outside the basic plane. */
function compareBytes(a: string, b: string): number {
  return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
}
