import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultCacheDir } from '../assets/cache-folder.js';
import { byText } from '../text/compare-text.js';
import { sha256Hex } from '../text/sha256.js';

/**
 * Returns the SHA-256 over values written as JSON with sorted keys: the same content gives the same key on every
 * machine.
 */
export function contentKey(value: unknown): string {
  return sha256Hex(JSON.stringify(sorted(value)) ?? '');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(byText(([name]) => name));
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner)]));
}

/**
 * Returns a result from the cache, or makes it now and keeps it.
 *
 * @param dir folder of the cache; `false` for none; see `defaultCacheDir`.
 * @param content everything the result depends on.
 */
export async function cached<T>(
  dir: string | false | undefined,
  content: unknown,
  make: () => Promise<T>,
): Promise<{ value: T; hit: boolean }> {
  if (dir === false) return { value: await make(), hit: false };
  const folder = dir ?? defaultCacheDir();
  const key = contentKey(content);
  const kept = await readCached(folder, key);
  if (kept !== undefined) return { value: kept as T, hit: true };
  const value = await make();
  await writeCached(folder, key, value);
  return { value, hit: false };
}

/** Reads what is kept under a key; undefined if there is nothing, it cannot be read, or it is damaged. */
async function readCached(dir: string, key: string): Promise<unknown> {
  try {
    const text = await readFile(fileOf(dir, key), 'utf8');
    const end = text.indexOf('\n');
    const body = text.slice(end + 1);
    return sha256Hex(body) === text.slice(0, end) ? (JSON.parse(body) as unknown) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Keeps a value under a key, whole or not at all. A folder that cannot be written to is no error: there is no cache
 * then.
 */
async function writeCached(dir: string, key: string, value: unknown): Promise<void> {
  const body = JSON.stringify(value);
  const temporary = `${fileOf(dir, key)}.${randomBytes(6).toString('hex')}`;
  try {
    await mkdir(join(dir, 'rego'), { recursive: true });
    await writeFile(temporary, `${sha256Hex(body)}\n${body}`);
    await rename(temporary, fileOf(dir, key));
  } catch {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

function fileOf(dir: string, key: string): string {
  return join(dir, 'rego', `${key}.json`);
}
