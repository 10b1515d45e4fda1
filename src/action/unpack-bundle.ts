import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { access, constants, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { createBrotliDecompress } from 'node:zlib';
import { extract } from 'tar';

/** The archive beside the file that the runner starts. */
export type BundleArchive = {
  /** Path. */
  file: string;
  /** Version of keyproof. */
  version: string;
  /** SHA-256, lower-case hex. */
  sha256: string;
};

/** The variables of a runner that name folders. */
type Folders = { readonly [name: string]: string | undefined };

/**
 * Unpacks the program into the tool cache of the runner, or where it keeps temporary files if there is none; once, since the
 * folder is named after the hash of the archive.
 * @returns the folder, with a slash at its end.
 * @throws Error if the archive is not the one that this version was built with, or no folder can be written.
 */
export async function unpackBundle(archive: BundleArchive, env: Folders): Promise<URL> {
  const inFolder = (root: string) => join(root, 'keyproof', archive.version, archive.sha256.slice(0, 16));
  // An image of a runner may come with it, and its tool cache may be read-only.
  const cached = env['RUNNER_TOOL_CACHE'] ? inFolder(env['RUNNER_TOOL_CACHE']) : null;
  if (cached !== null && existsSync(cached)) return pathToFileURL(`${cached}/`);
  const folder = inFolder(await writableFolder(env));
  if (!existsSync(folder)) await unpackInto(dirname(folder), folder, archive);
  return pathToFileURL(`${folder}/`);
}

async function writableFolder({ RUNNER_TOOL_CACHE, RUNNER_TEMP }: Folders): Promise<string> {
  for (const folder of [RUNNER_TOOL_CACHE, RUNNER_TEMP])
    if (folder && (await isWritable(folder))) return folder;
  return tmpdir();
}

async function isWritable(folder: string): Promise<boolean> {
  return mkdir(folder, { recursive: true })
    .then(() => access(folder, constants.W_OK))
    .then(
      () => true,
      () => false,
    );
}

/** Unpacks beside the folder and renames, so that a step which was stopped leaves nothing half. */
async function unpackInto(parent: string, folder: string, archive: BundleArchive): Promise<void> {
  const bytes = await readFile(archive.file);
  if (createHash('sha256').update(bytes).digest('hex') !== archive.sha256)
    throw new Error('keyproof.tar.br is not the file that this version of the Action was built with.');
  await mkdir(parent, { recursive: true });
  const part = await mkdtemp(join(parent, 'part-'));
  await pipeline(Readable.from([bytes]), createBrotliDecompress(), extract({ cwd: part }));
  await rename(part, folder).catch(async (error: unknown) => {
    await rm(part, { recursive: true, force: true });
    // Another step on the same runner may have been faster.
    if (!existsSync(folder)) throw error;
  });
}
