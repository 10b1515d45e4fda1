import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Parser } from 'tar';
import { parse } from 'yaml';
import { KeyproofError } from '../model/index.js';
import { globMatches } from '../opa/glob-matches.js';
import type { RegoVersion } from '../opa/toolchain.js';
import { byText } from '../text/compare-text.js';
import { type WrittenText, writtenText } from '../text/encoding.js';
import { isObject } from '../text/is-object.js';
import { sha256Hex } from '../text/sha256.js';
import { mergedData } from './merged-data.js';
import { sourceOf } from './module-text.js';

/** A bundle as `opa build` writes it, or as a registry hands it out. */
export type Bundle = {
  /** Rego sources by path inside the bundle. */
  sources: { path: string; source: string; fault?: string; regoVersion?: RegoVersion }[];
  /** What its data files make together. */
  data: Record<string, unknown>;
  /** SHA-256 of the archive. */
  sha256: string;
};

const MAX_BYTES = 64 * 2 ** 20;
const REGO_VERSIONS: readonly RegoVersion[] = ['v0', 'v1', 'v2'];

/**
 * Reads a bundle (https://www.openpolicyagent.org/docs/management-bundles) into memory; nothing is unpacked to disk.
 *
 * @throws KeyproofError for a file that is no bundle, is too large, or whose data or manifest cannot be read.
 */
export async function readBundle(file: string): Promise<Bundle> {
  const archive = await readFile(file).catch(() => {
    throw new KeyproofError(`${file}: cannot be read; check the path.`);
  });
  const entries = await entriesOf(basename(file), archive);
  const versionOf = statedVersions(basename(file), entries.get('.manifest'));
  return {
    sources: [...entries]
      .filter(([path]) => path.endsWith('.rego'))
      .map(([path, text]) => ({ path, ...sourceOf(text), ...versionOf(path) }))
      .sort(byText(({ path }) => path)),
    data: dataOf(basename(file), entries),
    sha256: sha256Hex(archive),
  };
}

/**
 * Returns what the data files of a bundle or a folder make together: that of `a/b/data.json` is `data.a.b`.
 *
 * @param name the bundle or folder, for messages.
 * @param texts texts by path; those that are no data file are passed over.
 * @throws KeyproofError for one that cannot be read.
 */
export function dataOf(name: string, texts: ReadonlyMap<string, WrittenText>): Record<string, unknown> {
  const files = [...texts].filter(([path]) => DATA_FILE.test(path));
  return files.reduce((whole, [path, text]) => placed(whole, path, document(name, path, text)), {});
}

/** Names of the data files that OPA reads. */
const DATA_FILE = /(^|\/)data\.(json|yaml|yml)$/;

function entriesOf(name: string, archive: Buffer): Promise<Map<string, WrittenText>> {
  return new Promise((resolve, reject) => {
    const entries = new Map<string, WrittenText>();
    let total = 0;
    const fail = (reason: string) => reject(new KeyproofError(`${name}: is no policy bundle: ${reason}.`));
    const parser = new Parser({ strict: true });
    parser.on('entry', (entry) => {
      const parts: Buffer[] = [];
      entry.on('data', (part: Buffer) => {
        total += part.length;
        if (total > MAX_BYTES) parser.abort(new Error(`it unpacks to more than ${MAX_BYTES / 2 ** 20} MiB`));
        else parts.push(part);
      });
      entry.on('end', () => {
        const path = entry.path.replace(/^(\.?\/)+/, '');
        if (entry.type === 'File' || entry.type === 'OldFile')
          entries.set(path, writtenText(Buffer.concat(parts)));
      });
    });
    parser.on('error', (error: Error) => fail(error.message));
    parser.on('end', () => (entries.size === 0 ? fail('it holds no file') : resolve(entries)));
    parser.end(archive);
  });
}

function document(name: string, path: string, { text, fault }: WrittenText): unknown {
  if (fault !== null) throw new KeyproofError(`${name}: ${path} cannot be read. ${fault}`);
  try {
    return path.endsWith('.json') ? JSON.parse(text) : parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new KeyproofError(`${name}: ${path} cannot be read: ${reason}`);
  }
}

/** Returns the data with a value placed: the data of `a/b/data.json` is `data.a.b`. */
function placed(whole: Record<string, unknown>, path: string, value: unknown): Record<string, unknown> {
  const names = path.split('/').slice(0, -1);
  const inPlace = names.reduceRight<unknown>((inner, name) => ({ [name]: inner }), value);
  return isObject(inPlace) ? mergedData(whole, inPlace) : whole;
}

/**
 * Returns the version of Rego that a bundle's manifest states for a file: `file_rego_versions` first, by patterns, then
 * `rego_version`.
 */
function statedVersions(
  name: string,
  text: WrittenText = { text: '{}', fault: null },
): (path: string) => { regoVersion?: RegoVersion } {
  const manifest = document(name, '.manifest', text);
  const { rego_version: whole, file_rego_versions: files } = isObject(manifest) ? manifest : {};
  const patterns = isObject(files) ? Object.entries(files).sort(byText(([name]) => name)) : [];
  return (path) => {
    const [, stated = whole] = patterns.find(([pattern]) => globMatches(pattern, `/${path}`)) ?? [];
    return stated === undefined ? {} : { regoVersion: versionOf(name, stated) };
  };
}

function versionOf(name: string, number: unknown): RegoVersion {
  const version = REGO_VERSIONS.find((_, index) => index === number);
  if (version !== undefined) return version;
  throw new KeyproofError(
    `${name}: .manifest states Rego version ${JSON.stringify(number)}; OPA knows 0, 1 and 2.`,
  );
}
