import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runProgram } from './measure.mjs';

/** Version of the `opa` binary on the PATH, or null where there is none. */
export function opaVersion() {
  try {
    return execFileSync('opa', ['version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
      .split('\n')[0]
      .replace('Version: ', '');
  } catch {
    return null;
  }
}

/** Writes modules and data for `opa eval`; gives a function that evaluates dossiers with it and tells the outcomes and the times. */
export function prepareOpaEval(folder, modules, data) {
  for (const [path, source] of Object.entries(modules)) {
    const file = join(folder, 'modules', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, source);
  }
  writeFileSync(join(folder, 'data.json'), JSON.stringify(data));
  return (dossiers) => opaEval(folder, dossiers);
}

const QUERY = `[result.outcome |
  some dossier in input
  evaluation := data.keyproof.subject.key.evaluation with input as dossier
  some result in evaluation.results
]`;

function opaEval(folder, dossiers) {
  const input = join(folder, 'input.json');
  writeFileSync(input, `[${dossiers.join(',')}]`);
  const files = ['-d', join(folder, 'modules'), '-d', join(folder, 'data.json'), '-i', input];
  const { stdout, ...times } = runProgram('opa', ['eval', '-f', 'raw', ...files, QUERY]);
  return { ...times, outcomes: tally(JSON.parse(stdout)) };
}

/** How often each outcome occurs, sorted, as text to compare and to print. */
export function tally(outcomes) {
  const counts = {};
  for (const outcome of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return Object.entries(counts)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([outcome, times]) => `${times} ${outcome}`)
    .join(', ');
}
