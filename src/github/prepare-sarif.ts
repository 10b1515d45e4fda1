import { gzipSync } from 'node:zlib';
import { isSameRepository } from './same-repository.js';

/** Where in the repository that is checked the files of a run lie. */
export type SarifPlace = {
  /** The repository, `owner/name`. */
  repository: string;
  /** Folder of the exports, relative to the root of the repository; `''` for the root itself, null if it is not in the repository. */
  exports: string | null;
  /** Category of the analysis: one upload of a commit replaces the one before of the same category. */
  category: string;
};

/** A SARIF file as GitHub takes it in. */
export type PreparedSarif = {
  /** gzip, as base64. */
  sarif: string;
  /** Results in it. */
  results: number;
  /** Results that are not: without a file, or beyond the size that GitHub takes. */
  leftOut: number;
};

/** Base of paths in a scanned repository, before its name. */
const REPOSITORY = 'REPOSITORY ';
/** Largest upload that GitHub takes, bytes of gzip. */
const LARGEST = 10 * 1024 * 1024;

type Location = {
  physicalLocation?: {
    artifactLocation: { uri: string; uriBaseId?: string; index?: number };
    region?: { startLine: number };
  };
};
type Result = { locations?: Location[]; relatedLocations?: Location[] };
type Run = { results: Result[] } & { [name: string]: unknown };
type Log = { runs: [Run] } & { [name: string]: unknown };

/**
 * Returns results.sarif as GitHub code scanning takes it in: paths from the root of the repository, a place for every result, one category, at
 * most 10 MB of gzip. What is about a file as a whole stands at its first line, as GitHub shows it, because it takes no result without
 * a line. A result in another repository stands at the record that reports it. The worst results come first and are kept.
 */
export function prepareSarif(text: string, place: SarifPlace, largest = LARGEST): PreparedSarif {
  const log = JSON.parse(text) as Log;
  const [run] = log.runs;
  const placed = run.results.flatMap((result) => withPlace(result, place));
  const { originalUriBaseIds: _, artifacts: __, ...rest } = run;
  const make = (results: readonly Result[]): Buffer =>
    gzipSync(
      JSON.stringify({
        ...log,
        runs: [{ ...rest, automationDetails: { id: `${place.category}/` }, results }],
      }),
    );
  const { bytes, results } = fitting(placed, make, largest);
  return { sarif: bytes.toString('base64'), results, leftOut: run.results.length - results };
}

/** Returns as many of the first results as fit. */
function fitting(all: readonly Result[], make: (results: readonly Result[]) => Buffer, largest: number) {
  let results = all;
  let bytes = make(results);
  while (bytes.length > largest && results.length > 0) {
    results = results.slice(0, Math.floor(results.length / 2));
    bytes = make(results);
  }
  return { bytes, results: results.length };
}

function withPlace(result: Result, place: SarifPlace): Result[] {
  const { locations = [], relatedLocations = [], ...rest } = result;
  const [first, ...related] = [...locations, ...relatedLocations].flatMap((one) => inRepository(one, place));
  if (first === undefined) return [];
  return [{ ...rest, locations: [first], ...(related.length === 0 ? {} : { relatedLocations: related }) }];
}

/** Returns a place by its path from the root of the repository; none for one in another repository. */
function inRepository(location: Location, place: SarifPlace): Location[] {
  const { physicalLocation } = location;
  if (physicalLocation === undefined) return [];
  const { artifactLocation, region = { startLine: 1 } } = physicalLocation;
  const folder = folderOf(artifactLocation.uriBaseId, place);
  if (folder === null) return [];
  const uri = folder === '' ? artifactLocation.uri : `${folder}/${artifactLocation.uri}`;
  return [{ ...location, physicalLocation: { artifactLocation: { uri }, region } }];
}

function folderOf(base: string | undefined, { repository, exports }: SarifPlace): string | null {
  if (base === undefined) return '';
  if (base.startsWith(REPOSITORY))
    return isSameRepository(base.slice(REPOSITORY.length), repository) ? '' : null;
  if (base !== 'EXPORTS' || exports === null) return null;
  const parts = exports.split('/').filter((part) => part !== '' && part !== '.');
  return parts.map(encodeURIComponent).join('/');
}
