import { type Contradiction, type Observation, SEVERITIES, type SourceRef } from '../model/index.js';
import { compareText, distinctTexts } from '../text/compare-text.js';
import { compareRecords } from '../text/violation-order.js';
import type { Reading, Readings } from './readings.js';

/** What a policy found on one reading of a dossier. */
export type ReadObservation = { reading: Reading; observation: Observation };

/** What a policy found on each of `Readings.whole`, and on each of `Readings.partial`. */
export type FoundByReading = { whole: readonly ReadObservation[]; partial: readonly ReadObservation[] };

const DISAGREE = ' (records disagree)';

/**
 * Decides what a policy found on a subject whose records contradict each other. What fails by every reading fails. What
 * has the same other outcome by every reading, and without the fields, does not depend on them. Everything else has no
 * evidence: no contradiction lets a policy pass, or makes it not applicable.
 *
 * @param unknown what it found with the fields unknown.
 */
export function settleReadings(
  unknown: Observation,
  { contradictions }: Readings,
  { whole, partial }: FoundByReading,
): Observation {
  const read = [...whole, ...partial];
  const error = [unknown, ...read.map(({ observation }) => observation)].find(
    ({ outcome }) => outcome === 'error',
  );
  if (error) return error;
  if (whole.length > 0 && read.every(({ observation }) => observation.outcome === 'fail'))
    return failing(contradictions, whole);
  if (unknown.outcome === 'no-evidence') return { ...unknown, missing: marked(unknown, contradictions) };
  if (whole.length > 0 && read.every(({ observation }) => observation.outcome === unknown.outcome))
    return unknown;
  return {
    ...unknown,
    outcome: 'no-evidence',
    severity: null,
    violations: [],
    reasons: [],
    missing: deciding(contradictions, unknown, read).map((field) => disagreeing(unknown, field)),
  };
}

/** Returns the mildest of the failures; if they differ, it names the fields and cites every record that was read. */
function failing(contradictions: readonly Contradiction[], whole: readonly ReadObservation[]): Observation {
  const [mildest, ...others] = whole.map(({ observation }) => observation).sort(mildestFirst);
  if (mildest === undefined) throw new Error('A failure by every reading needs a reading.');
  const shown = JSON.stringify(mildest.violations);
  if (others.every(({ violations }) => JSON.stringify(violations) === shown)) return mildest;
  const apart = contradictions.filter(({ joined }) => !joined);
  const sources = apart.flatMap(({ readings }) => readings.map(({ source }) => source));
  return {
    ...mildest,
    violations: mildest.violations.map((one) => ({ ...one, records: united(one.records, sources) })),
    missing: distinctTexts([...mildest.missing, ...apart.map(({ field }) => disagreeing(mildest, field))]),
  };
}

function mildestFirst(a: Observation, b: Observation): number {
  const rank = ({ severity }: Observation) => (severity === null ? -1 : SEVERITIES.indexOf(severity));
  return (
    rank(b) - rank(a) ||
    a.violations.length - b.violations.length ||
    compareText(JSON.stringify(a), JSON.stringify(b))
  );
}

/** Returns the missing paths, those of contradicted fields with the reason. */
function marked(unknown: Observation, contradictions: readonly Contradiction[]): string[] {
  const paths = new Set(contradictions.map(({ field }) => `${unknown.subject.kind}.${field}`));
  return distinctTexts(unknown.missing.map((path) => (paths.has(path) ? `${path}${DISAGREE}` : path)));
}

/** Returns the fields whose reading changes the outcome; all of them if none does so alone. */
function deciding(
  contradictions: readonly Contradiction[],
  unknown: Observation,
  read: readonly ReadObservation[],
): string[] {
  const fields = contradictions.map(({ field }) => field);
  const found = fields.filter((field) => new Set(outcomesBy(field, unknown, read)).size > 1);
  return (found.length > 0 ? found : fields).sort(compareText);
}

/** Returns the outcomes by each reading of a field, as texts, that without any of it among them. */
function outcomesBy(field: string, unknown: Observation, read: readonly ReadObservation[]): string[] {
  const byPlace = new Map<number, string[]>();
  for (const { reading, observation } of read) {
    const place = reading.chosen[field];
    if (place !== undefined) byPlace.set(place, [...(byPlace.get(place) ?? []), observation.outcome]);
  }
  const outcomes = [...byPlace.values()].map((found) => distinctTexts(new Set(found)).join());
  return byPlace.size > 1 ? outcomes : [...outcomes, unknown.outcome];
}

function disagreeing({ subject }: Observation, field: string): string {
  return `${subject.kind}.${field}${DISAGREE}`;
}

function united(records: readonly SourceRef[], further: readonly SourceRef[]): SourceRef[] {
  const known = new Map([...records, ...further].map((one) => [`${one.file}\n${one.record}`, one]));
  return [...known.values()].sort(compareRecords);
}
