import { isClientSide } from '../secrets/client-side.js';
import { compareText } from '../text/compare-text.js';
import type { Place } from './git/blobs.js';
import type { ScanFinding } from './report.js';
import type { SecretPlace } from './scan-files.js';

/** A secret in one version of a file. */
export type FoundIn = SecretPlace & {
  /** Where and when that version stood. */
  place: Place;
  /** Whether that version is the one of now. */
  isNow: boolean;
};

/** Before every date that is known. */
const UNKNOWN = Number.NEGATIVE_INFINITY;

/** Collects what is found in every version of every file, and tells each secret at a path once. */
export class FindingCollector {
  readonly #first = new Map<string, FoundIn>();
  readonly #now = new Map<string, FoundIn[]>();
  readonly #seen = new Map<string, number>();
  readonly #tellsHashes: boolean;

  /** @param options.tellsHashes whether findings have the SHA-256 of secrets beside their fingerprints */
  constructor({ tellsHashes }: { tellsHashes: boolean }) {
    this.#tellsHashes = tellsHashes;
  }

  /** Adds a secret in one version of a file. */
  add(found: FoundIn): void {
    const key = `${found.rule}\0${found.place.path}\0${found.fingerprint}`;
    const at = found.place.isEdge ? UNKNOWN : found.place.at;
    if (isEarlier(found, this.#first.get(key))) this.#first.set(key, found);
    if (found.isNow) this.#now.set(key, [...(this.#now.get(key) ?? []), found]);
    const seen = this.#seen.get(found.fingerprint);
    if (at !== null && (seen === undefined || at < seen)) this.#seen.set(found.fingerprint, at);
  }

  /** Returns the findings, sorted by path, line and column; a secret that stands twice in a file of now is two. */
  findings(): ScanFinding[] {
    const found = [...this.#first].flatMap(([key, first]) =>
      (this.#now.get(key) ?? [first]).map((shown) => this.#finding(first, shown)),
    );
    return found.sort(byPlace);
  }

  #finding({ place }: FoundIn, shown: FoundIn): ScanFinding {
    const { rule, line, column, shape, fingerprint, sha256, circumstance } = shown;
    const seen = this.#seen.get(fingerprint);
    const first = place.isEdge ? { commit: null, at: null } : place;
    return {
      rule,
      path: place.path,
      line,
      column,
      commit: first.commit,
      authorDate: isoOf(first.at),
      firstSeen: isoOf(seen === UNKNOWN ? null : (seen ?? null)),
      present: shown.isNow,
      clientSide: isClientSide(place.path),
      shape,
      fingerprint,
      secretSha256: this.#tellsHashes ? sha256 : null,
      state: circumstance === null ? 'open' : 'suppressed',
      suppressedBy: circumstance?.kind ?? null,
      reason: circumstance?.reason ?? null,
    };
  }
}

/** The blobs come in the order in which git stores them, so which version is the first is told by its date. */
function isEarlier(found: FoundIn, known: FoundIn | undefined): boolean {
  if (!known) return true;
  const [a, b] = [found.place, known.place];
  if (a.isEdge !== b.isEdge) return a.isEdge === true;
  if (a.commit === null || b.commit === null) return b.commit === null && a.commit !== null;
  const order = (a.at ?? 0) - (b.at ?? 0) || compareText(a.commit, b.commit);
  return order < 0 || (order === 0 && found.line < known.line);
}

function isoOf(seconds: number | null): string | null {
  return seconds === null ? null : new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

/** Compares findings by path, line, column and rule. */
export function byPlace(a: ScanFinding, b: ScanFinding): number {
  return (
    compareText(a.path, b.path) ||
    a.line - b.line ||
    a.column - b.column ||
    compareText(a.rule, b.rule) ||
    compareText(a.fingerprint, b.fingerprint)
  );
}
