import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { schemaValidator } from '../assets/schemas.js';
import { type HashedFile, KeyproofError, type Manifest, type PackVersion } from '../model/index.js';
import { clip } from '../text/format.js';
import { isObject } from '../text/is-object.js';
import { RUN_RECORD } from '../text/pack-manifest.js';

/** Name of the manifest inside a pack. */
export const MANIFEST = 'manifest.json';

/** Version of the packs that are written. */
export const PACK_VERSION: PackVersion = '3.1.0';

/** Versions that are read: in an older one, what it has no column for is not stated. */
const READ: readonly string[] = ['3.0.0', PACK_VERSION] satisfies PackVersion[];

/** Returns the SHA-256 of a file, read as a stream; lower-case hex. */
export async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Hashes every file of a pack except the manifest and the run record, sorted by path. */
export async function hashOutputs(dir: string): Promise<HashedFile[]> {
  const files = (await readdir(dir)).filter((name) => name !== MANIFEST && name !== RUN_RECORD).sort();
  return Promise.all(
    files.map(async (path) => ({
      path,
      bytes: (await stat(join(dir, path))).size,
      sha256: await sha256OfFile(join(dir, path)),
    })),
  );
}

/**
 * Reads a pack's manifest.
 * @throws KeyproofError if there is none, it is of another version, or it is no manifest.
 */
export function readManifest(dir: string): Manifest {
  const file = join(dir, MANIFEST);
  const value = parse(file);
  const version = versionOf(value);
  if (version !== null && !READ.includes(version))
    throw new KeyproofError(otherVersion(file, version, value));
  if (schemaValidator<Manifest>('manifest')(value)) return value;
  throw new KeyproofError(
    `${file}: is not a keyproof manifest; the pack was changed or written by another tool.`,
  );
}

function versionOf(value: unknown): string | null {
  const version = isObject(value) ? value['schemaVersion'] : null;
  return typeof version === 'string' && /^\d+\.\d+\.\d+$/.test(version) ? version : null;
}

function otherVersion(file: string, version: string, manifest: unknown): string {
  const isNewer = version.localeCompare(PACK_VERSION, 'en', { numeric: true }) > 0;
  const what = `${file}: this is an evidence pack of version ${version}${writtenBy(manifest)}, and this keyproof reads version ${PACK_VERSION}`;
  return isNewer ? `${what}; update keyproof.` : `${what}; audit again, or use the keyproof that wrote it.`;
}

/** Returns which keyproof wrote a pack, which a reader may need to read it. */
function writtenBy(manifest: unknown): string {
  const tool = isObject(manifest) ? manifest['tool'] : null;
  const version = isObject(tool) ? tool['version'] : null;
  return typeof version === 'string' ? `, written by keyproof ${clip(version, 40)}` : '';
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new KeyproofError(`${file}: cannot be read; name the folder of an evidence pack.`, undefined, {
      cause,
    });
  }
}
