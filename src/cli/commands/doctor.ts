import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { nodeVersion } from '../../assets/node-version.js';
import { makeWorkFolder } from '../../assets/work-folder.js';
import {
  compile,
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
import { formatBytes, plural } from '../../text/format.js';
import { columns, json } from '../terminal.js';
import type { Call } from '../world.js';

type Check = { name: string; ok: boolean; detail: string };

const checks: { [name: string]: (env: Call['env']) => Promise<string> } = {
  'Node.js': async () => newEnough(nodeVersion()),
  'evidence store': async () => storeWorks(),
  'rule book': async (env) => {
    const cacheDir = defaultCacheDir(env);
    const policies = await loadPolicies(policyFolders({ policyDirs: [] }), { overrides: {}, cacheDir });
    const compiled = await compilePolicies(policies, { cacheDir });
    const bytes = compiled.reduce((sum, { wasm }) => sum + wasm.length, 0);
    const size = `${plural(policies.policies.length, 'policy', 'policies')}, ${formatBytes(bytes)} of WebAssembly`;
    return [size, ...policies.notes].join('; ');
  },
  'policy toolchain': async () => {
    const modules = { 'probe.rego': 'package probe\n\nworks if input.ok\n' };
    const { wasm } = await compile({ modules, entrypoints: ['probe/works'], cacheDir: false });
    return `compiles a policy to ${formatBytes(wasm.length)} of WebAssembly`;
  },
  frameworks: async () =>
    loadFrameworks(null)
      .frameworks.map(({ id, controls }) => `${id} (${plural(controls.length, 'control')})`)
      .join(', '),
  'compile cache': async (env) => writable(defaultCacheDir(env)),
  'work folder': async () => writable(tmpdir()),
  'browser for the PDF': async (env) => (await findBrowser({ env })).description,
};

/** Creates `keyproof doctor`, which checks whether everything an audit needs works on this machine. */
export function doctorCommand(call: Call): Command {
  return new Command('doctor')
    .description('check that everything an audit needs works on this machine')
    .option('--json', 'print as JSON on stdout')
    .action(async (options: { json?: boolean }) => {
      const results: Check[] = [];
      for (const [name, check] of Object.entries(checks))
        results.push(await perform(name, () => check(call.env)));
      if (options.json) call.out(json({ version: toolVersion(), checks: results }));
      else
        call.say(
          columns(
            results.map(({ name, ok, detail }) => [ok ? 'ok' : 'FAIL', `${name}: ${detail}`]),
            call.terminal.outColumns,
          ),
        );
      call.ends(results.every(({ ok }) => ok) ? EXIT.ok : EXIT.incomplete);
    });
}

async function perform(name: string, check: () => Promise<string>): Promise<Check> {
  try {
    return { name, ok: true, detail: await check() };
  } catch (error) {
    return { name, ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

function newEnough(version: string): string {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return version;
  throw new Error(`${version}; keyproof needs 20.19 or newer`);
}

async function storeWorks(): Promise<string> {
  const dir = await makeWorkFolder('keyproof-doctor-');
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
