import type { CorePack } from '../../../model/index.js';
import { RESULT_LETTERS } from './key-rows.js';

/** Reads the outcomes of every policy about keys on some keys. @returns the letters of a key's results, by its id. */
export async function keyResults(pack: CorePack, keys: ReadonlySet<string>): Promise<(id: string) => string> {
  const rules = pack.assessment.policies.filter(({ subject }) => subject === 'key').map(({ id }) => id);
  const places = new Map(rules.map((id, place) => [id, place]));
  const letters = new Map<string, string[]>();
  for await (const { ruleId, subjectId, outcome } of pack.outcomes('key')) {
    const place = places.get(ruleId);
    if (place === undefined || !keys.has(subjectId)) continue;
    const own = letters.get(subjectId) ?? rules.map(() => ' ');
    own[place] = RESULT_LETTERS[outcome];
    letters.set(subjectId, own);
  }
  return (id) => letters.get(id)?.join('') ?? '';
}
