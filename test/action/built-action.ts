import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { create } from 'tar';

const root = fileURLToPath(new URL('../../', import.meta.url));
const bindings = join(root, 'node_modules/@duckdb');
const platforms = readdirSync(bindings).filter((name) => name.startsWith('node-bindings-'));

/** The Action as built for a test, and the package of DuckDB that it expects. */
export type BuiltAction = {
  /** Folder with action.mjs. */
  dir: string;
  /** Tarball of the native package of this machine, as a registry would serve it. */
  tarball: Buffer;
  /** Path of it in a registry. */
  path: string;
  /** Folder of that package, unpacked. */
  unpacked: string;
  remove(): void;
};

const platform = platforms.find((name) => existsSync(join(bindings, name, 'duckdb.node'))) ?? '';

/** What a host of steps imports: the step, and the audit that it keeps. */
const ENTRIES = ['src/action/run-action.ts', 'src/index.ts'];

let building: Promise<{ tarball: Buffer; files: Map<string, Buffer> }> | undefined;

/**
 * Builds the Action for a registry that serves the native package found in node_modules: npm keeps no tarball of it. It is built
 * once for all tests that run in a process; each has a folder of its own.
 */
export async function buildAction(): Promise<BuiltAction> {
  building ??= build();
  const { tarball, files } = await building;
  const dir = mkdtempSync(join(tmpdir(), 'keyproof-built-action-'));
  for (const [name, bytes] of files) writeFileSync(join(dir, name), bytes);
  const { version } = JSON.parse(readFileSync(join(bindings, platform, 'package.json'), 'utf8')) as {
    version: string;
  };
  return {
    dir,
    tarball,
    path: `/@duckdb/${platform}/-/${platform}-${version}.tgz`,
    unpacked: join(bindings, platform),
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

async function build(): Promise<{ tarball: Buffer; files: Map<string, Buffer> }> {
  const dir = mkdtempSync(join(tmpdir(), 'keyproof-built-action-'));
  try {
    const tarball = await pack(join(bindings, platform));
    const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
    const script = join(root, 'scripts/build-action.mjs');
    const stated = `@duckdb/${platform}=${integrity}`;
    const entries = ENTRIES.flatMap((file) => ['--entry', file]);
    await promisify(execFile)(process.execPath, [script, '--out', dir, '--integrity', stated, ...entries]);
    return { tarball, files: new Map(readdirSync(dir).map((name) => [name, readFileSync(join(dir, name))])) };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

async function pack(folder: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  const options = { cwd: folder, prefix: 'package', portable: true, gzip: { level: 0 } };
  for await (const part of create(options, readdirSync(folder))) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
