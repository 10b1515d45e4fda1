import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Start of the Action on an empty and on a filled tool cache: npm run build:action && node bench/action-start.mjs [RUNS] [NODE]
// The first download is from the registry that the machine reaches. Seconds by the clock; CPU seconds are user and system.
const [runs = '5', node = process.execPath] = process.argv.slice(2);
const action = fileURLToPath(new URL('../dist-action/action.mjs', import.meta.url));
const exports = fileURLToPath(new URL('../test/cases/findings-win/exports', import.meta.url));
const READY = "DuckDB's library is from";

const rows = [];
for (const name of ['cold', 'warm']) {
  const measured = [];
  let home = newHome();
  if (name === 'warm') await step(home);
  for (let run = 0; run < Number(runs); run++) {
    if (name === 'cold') home = newHome(home);
    measured.push(await step(home));
  }
  rmSync(home, { recursive: true });
  rows.push({ start: name, ...least(measured) });
}
console.table(rows);

function newHome(before) {
  if (before) rmSync(before, { recursive: true });
  const home = mkdtempSync(join(tmpdir(), 'keyproof-start-'));
  for (const folder of ['tools', 'temp', 'bin']) mkdirSync(join(home, folder));
  writeFileSync(join(home, 'bin/npm'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  return home;
}

/** Runs the step on two small files, and measures until DuckDB's library is there, and to the end. */
function step(home) {
  const env = {
    ...process.env,
    PATH: `${join(home, 'bin')}:${process.env.PATH}`,
    RUNNER_TOOL_CACHE: join(home, 'tools'),
    RUNNER_TEMP: join(home, 'temp'),
    GITHUB_WORKSPACE: exports,
    'INPUT_OUTPUT-DIR': join(home, 'pack'),
    INPUT_FORMATS: 'html,findings',
    'INPUT_FAIL-ON': 'none',
    'INPUT_AS-OF': '2026-09-30',
    INPUT_ARTIFACT: 'none',
  };
  const began = performance.now();
  const script = `TIMEFORMAT='cpu %U %S'; time "${node}" "${action}"`;
  return new Promise((resolve) => {
    const child = spawn('bash', ['-c', script], { env, cwd: exports });
    let text = '';
    let ready = null;
    const hear = (part) => {
      text += part;
      if (ready === null && text.includes(READY)) ready = performance.now() - began;
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('close', () => {
      const [, user, system] = /cpu (\S+) (\S+)/.exec(text) ?? [];
      if (ready === null) throw new Error(text);
      resolve({
        ready: ready / 1000,
        whole: (performance.now() - began) / 1000,
        cpu: Number(user) + Number(system),
      });
    });
  });
}

function least(measured) {
  const of = (name) => Math.min(...measured.map((one) => one[name])).toFixed(2);
  return { 's until DuckDB is there': of('ready'), 's in all': of('whole'), 'CPU s in all': of('cpu') };
}
