import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import {
  compilePolicies,
  defaultCacheDir,
  EXIT,
  findBrowser,
  loadFrameworks,
  loadPolicies,
  openStore,
  policyFolders,
  toolVersion,
} from '../../index.js';
import { json, type Terminal } from '../terminal.js';

type Check = { name: string; ok: boolean; detail: string };

const checks: { [name: string]: () => Promise<string> } = {
  'Node.js': async () => nodeVersion(),
  'evidence store': async () => storeWorks(),
  'policy toolchain': async () => {
    const policies = await loadPolicies(policyFolders({ policyDirs: [] }), {
      overrides: {},
      fromSources: true,
    });
    const compiled = await compilePolicies(policies);
    const kib = compiled.reduce((sum, { wasm }) => sum + wasm.length, 0) / 1024;
    return `${policies.policies.length} policies compile to ${Math.round(kib)} KiB of WebAssembly`;
  },
  frameworks: async () =>
    loadFrameworks(null)
      .frameworks.map(({ id, controls }) => `${id} (${controls.length} controls)`)
      .join(', '),
  'compile cache': async () => writable(defaultCacheDir()),
  'work folder': async () => writable(tmpdir()),
  'browser for the PDF': async () => (await findBrowser()).description,
};

/** `keyproof doctor`: whether everything an audit needs works here. */
export function doctorCommand(terminal: Terminal): Command {
  return new Command('doctor')
    .description('check that everything an audit needs works on this machine')
    .option('--json', 'print as JSON on stdout')
    .action(async (options: { json?: boolean }) => {
      const results: Check[] = [];
      for (const [name, check] of Object.entries(checks)) results.push(await perform(name, check));
      if (options.json) terminal.out(json({ version: toolVersion(), checks: results }));
      else
        terminal.out(
          results.map(({ name, ok, detail }) => `${ok ? 'ok  ' : 'FAIL'}  ${name}: ${detail}`).join('\n'),
        );
      process.exitCode = results.every(({ ok }) => ok) ? EXIT.ok : EXIT.incomplete;
    });
}

async function perform(name: string, check: () => Promise<string>): Promise<Check> {
  try {
    return { name, ok: true, detail: await check() };
  } catch (error) {
    return { name, ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

function nodeVersion(): string {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return process.versions.node;
  throw new Error(`${process.versions.node}; keyproof needs 20.19 or newer`);
}

async function storeWorks(): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'keyproof-doctor-'));
  const store = await openStore(dir);
  try {
    const [row] = await store.query<{ version: string }>('SELECT version() AS version');
    return `DuckDB ${row?.version ?? 'of unknown version'}`;
  } finally {
    await store.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

function writable(dir: string): string {
  mkdirSync(dir, { recursive: true });
  const probe = mkdtempSync(join(dir, 'probe-'));
  rmSync(probe, { recursive: true });
  return dir;
}
