import { once } from 'node:events';
import { access, constants, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { defaultCacheDir } from '../../assets/cache-folder.js';
import { workerUrl } from '../../assets/locate.js';
import { removedAtExit } from '../../assets/removed-at-exit.js';
import { makeWorkFolder } from '../../assets/work-folder.js';

/** Name of the program in the folder that it is unpacked to. */
const PROGRAM = 'chromium';

/**
 * Returns the path of the program inside @sparticuz/chromium. The first run unpacks it (200 MB) into the cache of the user, whole or
 * not at all: other processes that print at the same time, and a run that was stopped, leave no half of one. It is never taken
 * from the folder for temporary files, as the package has it, where any user of the machine may have put a program of that name.
 */
export async function bundledProgram(env: NodeJS.ProcessEnv): Promise<string> {
  const folder = join(defaultCacheDir(env), `browser-${await packageVersion()}`);
  if (await isProgram(join(folder, PROGRAM))) return join(folder, PROGRAM);
  const made = await newFolder(dirname(folder));
  if (made === null) return await programOfThisRun(env);
  await unpackTo(made, env);
  await rename(made, folder).catch(() => rm(made, { recursive: true, force: true }));
  return join(folder, PROGRAM);
}

/** Returns whether a file may be started. */
export async function isProgram(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** Returns a new folder beside the one that the browser is to have; null if the cache cannot be written. */
async function newFolder(cache: string): Promise<string | null> {
  try {
    await mkdir(cache, { recursive: true });
    return removedAtExit(await mkdtemp(join(cache, 'browser-')));
  } catch {
    return null;
  }
}

let ofThisRun: Promise<string> | undefined;

/** Without a cache the browser is unpacked once a run, and removed at its end. */
function programOfThisRun(env: NodeJS.ProcessEnv): Promise<string> {
  ofThisRun ??= makeWorkFolder('keyproof-browser-').then(async (folder) => {
    await unpackTo(folder, env);
    return join(folder, PROGRAM);
  });
  return ofThisRun;
}

/** The package unpacks to the folder for temporary files: in a thread that has one of its own. */
async function unpackTo(folder: string, around: NodeJS.ProcessEnv): Promise<void> {
  const env = { ...around, TMPDIR: folder };
  const worker = new Worker(workerUrl('browser'), { env, execArgv: [] });
  await once(worker, 'exit');
}

async function packageVersion(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const manifest = await readFile(new URL('../../package.json', pathToFileURL(entry)), 'utf8');
  return String((JSON.parse(manifest) as { version: unknown }).version);
}
