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

/**
 * Returns who is audited: from the options, or, on a terminal, from a person who is asked for the rest.
 * @throws KeyproofError for a kind or a jurisdiction that there is not.
 */
export async function askEntity(call: Call, options: EntityOptions): Promise<StatedEntity> {
  const kind = options.entity ?? (await answer(call, `What is audited? ${ENTITY_KINDS.join(', ')}`));
  const places =
    options.jurisdictions ?? (await answer(call, `Where is it authorised? ${JURISDICTIONS.join(', ')}`));
  const jurisdictions = places === null ? null : places.split(/[\s,]+/).filter(Boolean);
  if (kind !== null) require(kind, ENTITY_KINDS, '--entity');
  for (const place of jurisdictions ?? []) require(place, JURISDICTIONS, '--jurisdictions');
  return { organisation: options.organisation ?? null, kind, jurisdictions };
}

/** Returns what a person answers; null if nobody can be asked, or the answer is left empty. */
async function answer({ terminal }: Call, question: string): Promise<string | null> {
  const given = (await terminal.ask?.(`${question} (empty: decide later): `)) ?? '';
  return given.trim() === '' ? null : given.trim();
}

function require(given: string, known: readonly string[], option: string): void {
  if (known.includes(given)) return;
  throw new KeyproofError(
    `${option}: "${given}" is none${didYouMean(given, known)} Use ${known.join(', ')}.`,
  );
}
