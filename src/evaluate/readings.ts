import type { Contradiction, SubjectKind } from '../model/index.js';

/** A dossier with one reading of the fields on which records of its subject contradict each other. */
export type Reading = {
  /** The dossier, as JSON in UTF-8. */
  dossier: Uint8Array;
  /** Which reading of each field it has; a field that is not there is still unknown. */
  chosen: { readonly [field: string]: number };
};

/** The fields of a subject that are unknown because its records contradict each other, and what they could be. */
export type Readings = {
  contradictions: readonly Contradiction[];
  /** Every combination of readings of the fields that no other member of the dossier depends on. */
  whole: readonly Reading[];
  /** The same with each reading of each other field: what was joined by that field is still unknown there. */
  partial: readonly Reading[];
};

/** Most combinations that are tried. */
const MOST_COMBINATIONS = 32;

const MARK = Buffer.from('"contradictions":[{');

/**
 * Returns the readings of a dossier; null if no records contradict each other. If there are more combinations than are
 * tried, there are none.
 */
export function readingsOf(kind: SubjectKind, dossier: Uint8Array): Readings | null {
  if (!Buffer.from(dossier.buffer, dossier.byteOffset, dossier.byteLength).includes(MARK)) return null;
  const value = JSON.parse(new TextDecoder().decode(dossier)) as Record<string, unknown>;
  const contradictions = (value['contradictions'] ?? []) as Contradiction[];
  if (contradictions.length === 0) return null;
  const apart = contradictions.filter(({ joined }) => !joined);
  const among = contradictions.filter(({ joined }) => joined);
  const read = (chosen: Reading['chosen']) => ({
    dossier: withValues(kind, value, contradictions, chosen),
    chosen,
  });
  const whole = combinations(apart);
  const partial = among.flatMap(({ field, readings }) =>
    readings.flatMap((_, place) => whole.map((chosen) => ({ ...chosen, [field]: place }))),
  );
  if (whole.length + partial.length > MOST_COMBINATIONS) return { contradictions, whole: [], partial: [] };
  return { contradictions, whole: whole.map(read), partial: partial.map(read) };
}

function combinations(contradictions: readonly Contradiction[]): Reading['chosen'][] {
  const count = contradictions.reduce((product, { readings }) => product * readings.length, 1);
  if (count > MOST_COMBINATIONS) return [];
  return contradictions.reduce<Reading['chosen'][]>(
    (found, { field, readings }) =>
      found.flatMap((chosen) => readings.map((_, place) => ({ ...chosen, [field]: place }))),
    [{}],
  );
}

function withValues(
  kind: SubjectKind,
  dossier: Record<string, unknown>,
  contradictions: readonly Contradiction[],
  chosen: Reading['chosen'],
): Uint8Array {
  const values = contradictions.flatMap(({ field, readings }) => {
    const reading = readings[chosen[field] ?? -1];
    return reading ? [[field, reading.value] as const] : [];
  });
  const record = { ...(dossier[kind] as object), ...Object.fromEntries(values) };
  return new TextEncoder().encode(JSON.stringify({ ...dossier, [kind]: record }));
}
