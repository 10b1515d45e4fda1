import type { InputFile, Observation, SourceRef, Violation } from '../../model/index.js';
import { printableText } from '../text/printable.js';
import { recordLine } from '../text/record-line.js';
import { type Message, message } from './message.js';

/** A place of SARIF (§3.28): a file or a part of it, with the subject that it is about. */
export type Place = {
  physicalLocation?: {
    artifactLocation: { uri: string; uriBaseId: string; index?: number };
    region?: { startLine: number };
  };
  logicalLocations: { fullyQualifiedName: string; kind: string }[];
  message?: Message;
};

/** Input files by path, each with its index among the artifacts of the run. */
export type Inputs = ReadonlyMap<string, { file: InputFile; index: number }>;

/** Base of the paths of input files: the folder that was audited. */
export const EXPORTS = 'EXPORTS';

/** Returns the base of the paths in a repository. */
export function repositoryBase(repository: string): string {
  return `REPOSITORY ${printableText(repository, 255)}`;
}

/** Returns the place of a record: its file, and its line if that is known. */
export function recordPlace(
  { file, record }: SourceRef,
  subject: Observation['subject'],
  inputs: Inputs,
): Place {
  const input = inputs.get(file);
  const line = recordLine(record, input?.file);
  return {
    physicalLocation: {
      artifactLocation: {
        uri: uriOf(file),
        uriBaseId: EXPORTS,
        ...(input === undefined ? {} : { index: input.index }),
      },
      ...(line === null ? {} : { region: { startLine: line } }),
    },
    logicalLocations: [logical(subject)],
    message: message(`${record} of ${file}`),
  };
}

/** Where in its repository a violation is. */
export type RepositoryPlace = { repository: string; path: string; line: number | null };

/**
 * Returns where in its repository a violation is: a violation on a repository may state it by the facts `path` and `line`. Null
 * if it states none.
 */
export function repositoryPlaceOf(
  { facts }: Violation,
  { kind, id }: Observation['subject'],
): RepositoryPlace | null {
  const { path, line } = facts;
  if (kind !== 'repository' || typeof path !== 'string' || path === '') return null;
  const isLine = typeof line === 'number' && Number.isSafeInteger(line) && line >= 1;
  return { repository: id, path, line: isLine ? line : null };
}

/** Returns the place in a repository, by the path from its root. */
export function placeInRepository({ repository, path, line }: RepositoryPlace): Place {
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(path), uriBaseId: repositoryBase(repository) },
      ...(line === null ? {} : { region: { startLine: line } }),
    },
    logicalLocations: [logical({ kind: 'repository', id: repository })],
  };
}

/** Returns the place of a subject that no record shows. */
export function subjectPlace(subject: Observation['subject']): Place {
  return { logicalLocations: [logical(subject)] };
}

function logical({ kind, id }: Observation['subject']): Place['logicalLocations'][number] {
  return { fullyQualifiedName: printableText(id), kind };
}

/** Returns a path as a relative reference (RFC 3986). */
export function uriOf(path: string): string {
  return printableText(path, 4096).split('/').map(encodeURIComponent).join('/');
}
