import { fileURLToPath } from 'node:url';
import { packageRoot } from './package-root.js';

/** What keyproof reads beside its code, from the root of the package; a folder ends with `/`. */
export const ASSETS = {
  manifest: 'package.json',
  policies: 'policies/',
  ruleBook: 'rule-book/',
  frameworks: 'frameworks/',
  templates: 'templates/',
  schemas: 'src/model/schemas/',
  toolchain: 'src/opa/toolchain/toolchain.wasm.br',
} as const;

/** Name of an asset. */
export type Asset = keyof typeof ASSETS;

/** Entry files of worker threads, in dist/. */
export const WORKERS = {
  browser: 'report/pdf/unpack-browser.js',
  evaluate: 'evaluate/worker.js',
  ingest: 'ingest/worker.js',
  scan: 'scan/worker.js',
  toolchain: 'opa/toolchain-worker.js',
} as const;

/**
 * Returns the address of an asset.
 * @param path a file or folder inside it, with forward slashes.
 */
export function assetUrl(asset: Asset, path = ''): URL {
  return new URL(`${ASSETS[asset]}${path}`, packageRoot);
}

/** Returns the path of an asset, as the operating system writes it; a folder without the slash at its end. */
export function assetPath(asset: Asset, path = ''): string {
  return fileURLToPath(assetUrl(asset, path)).replace(/[\\/]$/, '');
}

/** Returns the entry file of a worker thread: threads run compiled code, also if the caller is read from src/. */
export function workerUrl(worker: keyof typeof WORKERS): URL {
  return new URL(`dist/${WORKERS[worker]}`, packageRoot);
}
