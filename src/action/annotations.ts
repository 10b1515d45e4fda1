import type { AnnotationProperties } from '@actions/core';
import { SEVERITIES, type Severity } from '../index.js';
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
export const MOST_CHARACTERS = 4000;

const LEVELS = [
  ['error', 'error'],
  ['warning', 'warning'],
  ['note', 'notice'],
] as const;

/** The annotations of a step, and the number left out. */
export type ChosenAnnotations = { chosen: Annotation[]; more: number };

/** Finds the path of a file of a result in the repository, with forward slashes; null for one that is not in it. */
export type FindPlace = (uri: string, base: string) => string | null;

/**
 * Chooses which results are annotated: those of results.sarif with a file of the repository and a line, ten of each level, new
 * ones first, then by severity, rule, file and line.
 * @param sarif content of results.sarif.
 * @param isNew tells whether a check is new; null if that is not known.
 * @param warnings number of warnings that the step has printed already.
 */
export function chooseAnnotations(
  sarif: unknown,
  findPlace: FindPlace,
  isNew: ((ruleId: string, subject: string) => boolean) | null,
  warnings = 0,
): ChosenAnnotations {
  const placed = resultsOf(sarif).flatMap((result) => annotationOf(result, findPlace, isNew));
  placed.sort((a, b) => compareKeys(a.key, b.key));
  const room = { ...MOST, warning: MOST.warning - warnings };
  const chosen = LEVELS.flatMap(([, level]) =>
    placed.filter(({ annotation }) => annotation.level === level).slice(0, room[level]),
  );
  return { chosen: chosen.map(({ annotation }) => annotation), more: placed.length - chosen.length };
}

type Key = readonly (number | string)[];
type Placed = { annotation: Annotation; key: Key };

function resultsOf(sarif: unknown): unknown[] {
  const all = items(sarif, 'runs').flatMap((run) => items(run, 'results'));
  return all.filter((result) => items(result, 'suppressions').length === 0);
}

function annotationOf(
  result: unknown,
  findPlace: FindPlace,
  isNew: ((ruleId: string, subject: string) => boolean) | null,
): Placed[] {
  const level = LEVELS.find(([name]) => name === member(result, 'level'))?.[1];
  const place = items(result, 'locations').flatMap((location) => placeOf(location, findPlace))[0];
  if (level === undefined || place === undefined) return [];
  const { ruleId, message, properties } = statedIn(result);
  const isOld = isNew !== null && !isNew(ruleId, String(properties['subject']));
  const rank = SEVERITIES.indexOf(properties['severity'] as Severity);
  const key = [isOld ? 1 : 0, rank, ruleId, place.file, place.line, message];
  return [
    {
      annotation: { level, message, properties: { title: ruleId, file: place.file, startLine: place.line } },
      key,
    },
  ];
}

function statedIn(result: unknown) {
  const properties = member(result, 'properties');
  return {
    ruleId: String(member(result, 'ruleId') ?? ''),
    message: String(member(member(result, 'message'), 'text') ?? '').slice(0, MOST_CHARACTERS),
    properties: isObject(properties) ? properties : {},
  };
}

function placeOf(location: unknown, findPlace: FindPlace): { file: string; line: number }[] {
  const physical = member(location, 'physicalLocation');
  const artifact = member(physical, 'artifactLocation');
  const uri = member(artifact, 'uri');
  const line = member(member(physical, 'region'), 'startLine');
  if (typeof uri !== 'string' || typeof line !== 'number') return [];
  const file = findPlace(decodeURIComponent(uri), String(member(artifact, 'uriBaseId') ?? ''));
  return file === null ? [] : [{ file, line }];
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
