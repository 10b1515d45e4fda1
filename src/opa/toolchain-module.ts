import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliDecompress, brotliDecompressSync } from 'node:zlib';
import { assetUrl } from '../assets/locate.js';
import { sha256Hex } from '../text/sha256.js';
import { RegoToolchainError } from './errors.js';
import { TOOLCHAIN } from './toolchain-version.js';

let ready: WebAssembly.Module | undefined;
let loading: Promise<WebAssembly.Module> | undefined;

/**
 * Returns the toolchain module, read, verified, unpacked and compiled once a thread, away from the main thread.
 *
 * @throws RegoToolchainError for a file that is missing or not the one this version was built with.
 */
export async function toolchainModule(): Promise<WebAssembly.Module> {
  if (ready !== undefined) return ready;
  loading ??= load().finally(() => {
    loading = undefined;
  });
  ready = await loading;
  return ready;
}

/** Returns the same at once, for a policy that calls one of OPA's own built-ins in the middle of an evaluation. */
export function toolchainModuleSync(): WebAssembly.Module {
  ready ??= new WebAssembly.Module(brotliDecompressSync(verified(readNow())));
  return ready;
}

async function load(): Promise<WebAssembly.Module> {
  const archive = await readFile(assetUrl('toolchain')).catch(unreadable);
  return WebAssembly.compile(await promisify(brotliDecompress)(verified(archive)));
}

function readNow(): Uint8Array {
  try {
    return readFileSync(assetUrl('toolchain'));
  } catch (error) {
    return unreadable(error);
  }
}

function unreadable(cause: unknown): never {
  throw new RegoToolchainError('toolchain.wasm.br cannot be read: install keyproof again', { cause });
}

function verified(archive: Uint8Array): Uint8Array {
  if (sha256Hex(archive) === TOOLCHAIN.compressedSha256) return archive;
  throw new RegoToolchainError(
    'toolchain.wasm.br is not the file this version was built with: install keyproof again',
  );
}
