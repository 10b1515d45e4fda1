import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Ajv, type ValidateFunction } from 'ajv';
import { packageRoot } from '../assets/package-root.js';
import { type HashedFile, KeyproofError, type Manifest } from '../model/index.js';

/** Name of the manifest inside a pack. */
export const MANIFEST = 'manifest.json';

/** SHA-256 of a file, streamed; lower-case hex. */
export async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Hashes every file of a pack but the manifest, sorted by path. */
export async function hashOutputs(dir: string): Promise<HashedFile[]> {
  const files = (await readdir(dir)).filter((name) => name !== MANIFEST).sort();
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
 * @throws KeyproofError where there is none or it is not one.
 */
export function readManifest(dir: string): Manifest {
  const value = parse(dir);
  if (manifestValidator()(value)) return value;
  throw new KeyproofError(
    `${MANIFEST}: is not a keyproof manifest; the pack was changed or written by another tool.`,
    undefined,
  );
}

let validator: ValidateFunction<Manifest> | undefined;

/** Compiled from the published schema when the first manifest is read: compiling takes longer than reading. */
function manifestValidator(): ValidateFunction<Manifest> {
  const schema = new URL('src/model/schemas/manifest.json', packageRoot);
  validator ??= new Ajv({ strict: false, validateSchema: false }).compile<Manifest>(
    JSON.parse(readFileSync(schema, 'utf8')) as object,
  );
  return validator;
}

function parse(dir: string): unknown {
  try {
    return JSON.parse(readFileSync(join(dir, MANIFEST), 'utf8'));
  } catch (cause) {
    throw new KeyproofError(`${MANIFEST}: cannot be read; name the folder of an evidence pack.`, undefined, {
      cause,
    });
  }
}
