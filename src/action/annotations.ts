import type { AnnotationProperties } from '@actions/core';
import { isObject } from '../text/is-object.js';

/** One result with a place in the repository. */
export type Annotation = {
  /** How the runner shows it. */
  level: 'error' | 'warning' | 'notice';
  /** The sentence. */
  message: string;
  /** Title and place. */
  properties: AnnotationProperties;
};

/** A runner shows ten of each level for a step, and drops the rest without a word; one notice is left for the number left out. */
const MOST = { error: 10, warning: 10, notice: 9 } as const;

/** A runner cuts a message after this many characters. */
const MOST_CHARACTERS = 4000;

const LEVELS = [
  ['error', 'error'],
  ['warning', 'warning'],
  ['note', 'notice'],
] as const;

/** The annotations of a step, and the number left out. */
export type ChosenAnnotations = { chosen: Annotation[]; more: number };

/**
 * Chooses which results are annotated: those of results.sarif with a file of the repository and a line, ten of each level, new
 * ones first, then by severity, rule, file and line.
 * @param sarif content of results.sarif.
 * @param placeInRepository returns the path of a file in the repository, with forward slashes; null if it is not in it.
 * @param newIds ids of checks that are new; null if that is not known.
 */
export function chooseAnnotations(
  sarif: unknown,
  placeInRepository: (uri: string) => string | null,
  newIds: ReadonlySet<string> | null,
): ChosenAnnotations {
  const placed = resultsOf(sarif).flatMap((result) => annotationOf(result, placeInRepository, newIds));
  placed.sort((a, b) => compareKeys(a.key, b.key));
  const chosen = LEVELS.flatMap(([, level]) =>
    placed.filter(({ annotation }) => annotation.level === level).slice(0, MOST[level]),
  );
  return { chosen: chosen.map(({ annotation }) => annotation), more: placed.length - chosen.length };
}

type Key = readonly (number | string)[];
type Placed = { annotation: Annotation; key: Key };

function resultsOf(sarif: unknown): unknown[] {
  return items(sarif, 'runs').flatMap((run) => items(run, 'results'));
}

function annotationOf(
  result: unknown,
  placeInRepository: (uri: string) => string | null,
  newIds: ReadonlySet<string> | null,
): Placed[] {
  const level = LEVELS.find(([name]) => name === member(result, 'level'))?.[1];
  const place = items(result, 'locations').flatMap((location) => placeOf(location, placeInRepository))[0];
  if (level === undefined || place === undefined) return [];
  const ruleId = String(member(result, 'ruleId') ?? '');
  const message = String(member(member(result, 'message'), 'text') ?? '').slice(0, MOST_CHARACTERS);
  const isOld = newIds !== null && !fingerprintsOf(result).some((id) => newIds.has(id));
  const properties = { title: ruleId, file: place.file, startLine: place.line };
  const rank = -Number(member(member(result, 'properties'), 'security-severity') ?? 0);
  const key = [isOld ? 1 : 0, rank, ruleId, place.file, place.line, message];
  return [{ annotation: { level, message, properties }, key }];
}

function placeOf(
  location: unknown,
  placeInRepository: (uri: string) => string | null,
): { file: string; line: number }[] {
  const physical = member(location, 'physicalLocation');
  const uri = member(member(physical, 'artifactLocation'), 'uri');
  const line = member(member(physical, 'region'), 'startLine');
  if (typeof uri !== 'string' || typeof line !== 'number') return [];
  const file = placeInRepository(decodeURIComponent(uri));
  return file === null ? [] : [{ file, line }];
}

function fingerprintsOf(result: unknown): string[] {
  const fingerprints = member(result, 'partialFingerprints');
  return isObject(fingerprints) ? Object.values(fingerprints).map(String) : [];
}

function compareKeys(a: Key, b: Key): number {
  for (const [index, value] of a.entries()) {
    const other = b[index] ?? 0;
    if (value !== other) return value < other ? -1 : 1;
  }
  return 0;
}

function member(value: unknown, name: string): unknown {
  return isObject(value) ? value[name] : undefined;
}

function items(value: unknown, name: string): unknown[] {
  const found = member(value, name);
  return Array.isArray(found) ? found : [];
}
