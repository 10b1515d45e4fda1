import { didYouMean, KeyproofError, type SourceSpec } from '../model/index.js';
import type { Adapter, FileSample } from './adapter.js';
import { adapter as canonical } from './adapters/canonical/records/adapter.js';
import { nearestKinds, sampleColumns } from './adapters/canonical/records/kind.js';
import { ADAPTERS } from './adapters/index.js';
import { UnreadableError } from './unreadable-error.js';

/** The adapter that reads a file. */
export type Detection = {
  /** Adapter. */
  adapter: Adapter;
  /** Version of the format; null if it has none. */
  version: string | null;
};

/**
 * Returns the adapter for a file: the one keyproof.yaml names, the canonical one if it gives a kind, else the one that
 * recognises the sample, else the canonical one if keyproof.yaml maps columns or gives constants. Null if there is
 * none: nothing is guessed.
 * @throws UnreadableError if the adapter asked for does not read this kind of file, or two recognise it
 */
export function detect(sample: FileSample, spec: SourceSpec | null): Detection | null {
  const asked = spec?.as ?? (spec?.kind ? canonical.id : null);
  if (asked !== null) return readAs(asked, sample);
  const found = recognise(sample);
  return found === null && (spec?.columns || spec?.constants) ? readAs(canonical.id, sample) : found;
}

function readAs(id: string, sample: FileSample): Detection {
  const adapter = adapterById(id);
  if (!adapter.formats.some((format) => format === sample.kind)) {
    throw new UnreadableError(
      `keyproof.yaml reads it as ${id}, which is ${adapter.formats.join(', ')}; the file looks like ${sample.kind}`,
    );
  }
  return { adapter, version: adapter.recognise(sample)?.version ?? null };
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

type Guess = { title: string; share: number; lack: string };

function adapterGuesses(sample: FileSample, columns: readonly string[], noun: string): Guess[] {
  return ADAPTERS.filter(({ formats }) => formats.some((format) => format === sample.kind)).map((adapter) => {
    const missing = adapter.signature.filter((name) => !columns.includes(name));
    const found = adapter.signature.length - missing.length;
    const share = found / Math.max(1, adapter.signature.length);
    return { title: adapter.title, share, lack: lacks(noun, missing) };
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

/** Returns what recognises a sample: the adapters of systems, or the canonical form if there is none of these. */
export function claims(sample: FileSample): Detection[] {
  const systems = ADAPTERS.filter((adapter) => adapter !== canonical).flatMap((adapter) =>
    claim(adapter, sample),
  );
  return systems.length > 0 ? systems : claim(canonical, sample);
}

function claim(adapter: Adapter, sample: FileSample): Detection[] {
  const reads = adapter.formats.some((format) => format === sample.kind);
  const found = reads ? adapter.recognise(sample) : null;
  return found ? [{ adapter, version: found.version }] : [];
}

function recognise(sample: FileSample): Detection | null {
  const [found, other] = claims(sample);
  if (found && other) {
    throw new UnreadableError(
      `it looks like both ${found.adapter.id} and ${other.adapter.id}; state which in keyproof.yaml, under sources, as: ${found.adapter.id}`,
    );
  }
  return found ?? null;
}
