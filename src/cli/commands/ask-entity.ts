import { didYouMean, ENTITY_KINDS, JURISDICTIONS, KeyproofError } from '../../index.js';
import type { Call } from '../world.js';

/** Options of a command that writes who is audited into keyproof.yaml. */
export type EntityOptions = { organisation?: string; entity?: string; jurisdictions?: string };

/** Who is audited, as far as a person stated it; null for what nobody stated. */
export type StatedEntity = {
  /** Name. */
  organisation: string | null;
  /** Kind of entity. */
  kind: string | null;
  /** Where it is authorised. */
  jurisdictions: string[] | null;
};

/** What is asked about an entity: the option that answers it, the question, the words that there are, and how they are parted. */
type Asked = { option: string; question: string; known: readonly string[]; between?: RegExp };

const KIND: Asked = { option: '--entity', question: 'What is audited?', known: ENTITY_KINDS };
const PLACES: Asked = {
  option: '--jurisdictions',
  question: 'Where is it authorised?',
  known: JURISDICTIONS,
  between: /[\s,]+/,
};

/**
 * Returns who is audited: from the options, or, on a terminal, from a person who is asked for the rest, again after a wrong answer.
 * @throws KeyproofError for an option with a kind or a jurisdiction that there is not.
 */
export async function askEntity(call: Call, options: EntityOptions): Promise<StatedEntity> {
  const [kindStated, placesStated] = [stated(KIND, options.entity), stated(PLACES, options.jurisdictions)];
  const kind = kindStated ?? (await answer(call, KIND));
  const jurisdictions = placesStated ?? (await answer(call, PLACES));
  return { organisation: options.organisation ?? null, kind: kind?.[0] ?? null, jurisdictions };
}

/** Returns the words of an option; null without it. */
function stated(asked: Asked, option: string | undefined): string[] | null {
  if (option === undefined) return null;
  const words = wordsOf(option, asked);
  const wrong = wrongIn(words, asked);
  if (wrong !== null) throw new KeyproofError(`${asked.option}: ${wrong} Use ${asked.known.join(', ')}.`);
  return words;
}

/** Returns what a person answers; null if nobody can be asked, or the answer is left empty. */
async function answer(call: Call, asked: Asked): Promise<string[] | null> {
  const { question, known } = asked;
  const given = await call.terminal.ask?.(`${question} ${known.join(', ')} (empty: decide later): `);
  const words = wordsOf(given ?? '', asked);
  if (words.length === 0) return null;
  const wrong = wrongIn(words, asked);
  if (wrong === null) return words;
  call.err(wrong);
  return await answer(call, asked);
}

function wordsOf(text: string, { between }: Asked): string[] {
  const words = between === undefined ? [text] : text.split(between);
  return words.map((word) => word.trim().toLowerCase()).filter(Boolean);
}

/** Returns a sentence about the first word that there is not; null if there is none. */
function wrongIn(words: readonly string[], { known }: Asked): string | null {
  const wrong = words.find((word) => !known.includes(word));
  return wrong === undefined ? null : `"${wrong}" is none${didYouMean(wrong, known)}`;
}
