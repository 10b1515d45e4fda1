import { didYouMean, KeyproofError, type SourceSpec } from '../model/index.js';
import type { Adapter, FileSample } from './adapter.js';
import { adapter as canonical } from './adapters/canonical/records/adapter.js';
import { nearestKinds, sampleColumns } from './adapters/canonical/records/kind.js';
import { ADAPTERS } from './adapters/index.js';
import type { Sampled } from './reading/sample.js';
import { asItIs, type SampleView, viewsOf } from './reading/sample-views.js';
import { UnreadableError } from './unreadable-error.js';

/** What recognises a sample. */
export type Claim = {
  /** Adapter. */
  adapter: Adapter;
  /** Version of the format; null if it has none. */
  version: string | null;
};

/** What the beginning of a file shows. */
type Seen = Pick<Sampled, 'sample' | 'dialect'>;

/** The adapter that reads a file, and the view of it that the adapter knows. */
export type Detection = Claim & { view: SampleView };

/**
 * Returns the adapter for a file: the one keyproof.yaml names, the canonical one if it gives a kind, else the one that
 * recognises the sample, as it is or without its shell, else the canonical one if keyproof.yaml maps columns or gives
 * constants. Null if there is none: nothing is guessed.
 * @throws UnreadableError if the adapter asked for does not read this kind of file, or two recognise it
 */
export function detect(sampled: Seen, spec: SourceSpec | null): Detection | null {
  const asked = spec?.as ?? (spec?.kind ? canonical.id : null);
  if (asked !== null) return readAs(asked, sampled);
  const { view, claims } = claimsOn(sampled);
  const [found, other] = claims;
  if (found && other) {
    throw new UnreadableError(
      `it looks like both ${found.adapter.id} and ${other.adapter.id}; state which in keyproof.yaml, under sources, as: ${found.adapter.id}`,
    );
  }
  if (found) return { ...found, view };
  return spec?.columns || spec?.constants ? readAs(canonical.id, sampled) : null;
}

function readAs(id: string, sampled: Seen): Detection {
  const adapter = adapterById(id);
  const views = [...viewsOf(sampled)].filter(
    ({ sample, rows }) =>
      reads(adapter, sample) && (!rows || (isInventory(adapter) && adapter.recognise(sample) !== null)),
  );
  const view = views.find(({ sample }) => adapter.recognise(sample) !== null) ?? views[0];
  if (view === undefined) {
    throw new UnreadableError(
      `keyproof.yaml reads it as ${id}, which is ${adapter.formats.join(', ')}; the file looks like ${sampled.sample.kind}`,
    );
  }
  return { adapter, version: adapter.recognise(view.sample)?.version ?? null, view };
}

function reads(adapter: Adapter, { kind }: FileSample): boolean {
  return adapter.formats.some((format) => format === kind);
}

/**
 * Returns the adapter of an id.
 * @throws KeyproofError naming the nearest if there is none
 */
export function adapterById(id: string): Adapter {
  const adapter = ADAPTERS.find((candidate) => candidate.id === id);
  if (adapter) return adapter;
  const ids = ADAPTERS.map((candidate) => candidate.id);
  throw new KeyproofError(
    `keyproof.yaml: "${id}" is no adapter${didYouMean(id, ids)} Adapters: ${ids.join(', ')}.`,
  );
}

/** Returns up to three sentences about the formats nearest to a file that no adapter recognises, and what it lacks. */
export function nearestGuesses(sample: FileSample): string[] {
  const columns = sampleColumns(sample);
  const noun = sample.kind === 'csv' ? 'columns' : 'members';
  const guesses = [...adapterGuesses(sample, columns, noun), ...kindGuesses(columns, noun)];
  return guesses
    .filter(({ share }) => share >= 0.25)
    .sort((a, b) => b.share - a.share)
    .slice(0, 3)
    .map(({ title, lack }) => `nearest: ${title}${lack}`);
}

/**
 * Returns the adapters whose format a file that none recognises most likely has: half of its names or more, and three at
 * least, so that a file of something else with a name and a date is taken for no export.
 */
export function likelyAdapters(sample: FileSample): Adapter[] {
  const likely = signatureFits(sample, sampleColumns(sample)).filter(
    ({ found, share }) => found >= 3 && share >= 0.5,
  );
  const best = Math.max(...likely.map(({ share }) => share));
  return likely.filter(({ share }) => share === best).map(({ adapter }) => adapter);
}

type Guess = { title: string; share: number; lack: string };

function adapterGuesses(sample: FileSample, columns: readonly string[], noun: string): Guess[] {
  return signatureFits(sample, columns).map(({ adapter: { title }, share, missing }) => ({
    title,
    share,
    lack: lacks(noun, missing),
  }));
}

/** How much of the signature of an adapter a file has. */
type SignatureFit = { adapter: Adapter; found: number; share: number; missing: string[] };

function signatureFits(sample: FileSample, columns: readonly string[]): SignatureFit[] {
  return ADAPTERS.filter((adapter) => reads(adapter, sample)).map((adapter) => {
    const missing = adapter.signature.filter((name) => !columns.includes(name));
    const found = adapter.signature.length - missing.length;
    return { adapter, found, share: found / Math.max(1, adapter.signature.length), missing };
  });
}

function kindGuesses(columns: readonly string[], noun: string): Guess[] {
  return nearestKinds(columns).map(({ kind, fields, missing }) => ({
    title: `canonical ${kind}`,
    share: (fields.length / Math.max(1, columns.length)) * (missing.length > 0 ? 0.5 : 0.9),
    lack:
      lacks(noun, missing) ||
      `; ${fields.length} of its ${columns.length} ${noun} are fields of it (${fields.join(', ')})`,
  }));
}

function lacks(noun: string, missing: readonly string[]): string {
  return missing.length === 0 ? '' : `; it lacks the ${noun} ${missing.slice(0, 5).join(', ')}`;
}

/**
 * Returns the first view of a file that anything recognises, and what does: adapters of systems, or the canonical form if
 * there is none of these. No claims and the file as it is if nothing does.
 */
export function claimsOn(sampled: Seen): { view: SampleView; claims: Claim[] } {
  return (
    firstClaims(viewsOf(sampled), SYSTEMS) ??
    firstClaims(plainViews(sampled), [canonical]) ?? { view: asItIs(sampled), claims: [] }
  );
}

const SYSTEMS = ADAPTERS.filter((adapter) => adapter !== canonical);

/** The canonical form names the members that may hold its records, and its fields in all spellings; it knows tables itself. */
function plainViews(sampled: Seen): SampleView[] {
  return [...viewsOf(sampled)].filter(({ item, names, rows }) => item === null && names === null && !rows);
}

function firstClaims(
  views: Iterable<SampleView>,
  adapters: readonly Adapter[],
): { view: SampleView; claims: Claim[] } | null {
  for (const view of views) {
    const asked = adapters.filter((adapter) => mayShow(view, adapter));
    const claims = asked.flatMap((adapter) => claim(adapter, view.sample));
    if (claims.length > 0) return { view, claims };
  }
  return null;
}

function mayShow({ names, rows }: SampleView, adapter: Adapter): boolean {
  return rows ? isInventory(adapter) : names === null || isOfApi(adapter);
}

/** Returns whether an export lists what there is: a table of what happened has an adapter that knows its columns, or none. */
function isInventory({ produces }: Adapter): boolean {
  return produces.includes('keys') && !produces.includes('events') && !produces.includes('secret_findings');
}

/** Returns whether clients of an API write such an export: a scanner writes its report itself, in names of its own. */
function isOfApi({ produces }: Adapter): boolean {
  return !produces.includes('secret_findings');
}

function claim(adapter: Adapter, sample: FileSample): Claim[] {
  const found = reads(adapter, sample) ? adapter.recognise(sample) : null;
  return found ? [{ adapter, version: found.version }] : [];
}
