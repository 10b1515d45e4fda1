import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const PACKAGES: { readonly [platform: string]: string } = {
  linux: 'linux',
  darwin: 'darwin',
  win32: 'win32',
};

/** The program itself: the script of the npm package passes arguments through a shell, which takes `;` for itself. */
function program(): string {
  const require = createRequire(import.meta.url);
  const folder = dirname(
    require.resolve(`@microsoft/sarif-multitool-${PACKAGES[process.platform]}/package.json`),
  );
  return join(folder, process.platform === 'win32' ? 'Sarif.Multitool.exe' : 'Sarif.Multitool');
}

/**
 * Validates a SARIF file with @microsoft/sarif-multitool: the schema, the rules of the standard and those of GitHub code scanning.
 * @returns errors and warnings, as `level ruleId: where`.
 */
export function validateSarif(text: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'keyproof-sarif-'));
  try {
    writeFileSync(join(folder, 'results.sarif'), text);
    const output = join(folder, 'validation.sarif');
    const rules = ['--rule-kind', 'Sarif;Ghas', '--level', 'Error;Warning'];
    const options = ['--output', output, '--log', 'ForceOverwrite', '--quiet', ...rules];
    execFileSync(program(), ['validate', join(folder, 'results.sarif'), ...options], { stdio: 'pipe' });
    return problemsOf(readFileSync(output, 'utf8').replace(/^\ufeff/, ''));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Log = {
  runs: { results?: { ruleId: string; level?: string; message: { arguments?: string[] } }[] }[];
};

function problemsOf(text: string): string[] {
  const results = (JSON.parse(text) as Log).runs.flatMap((run) => run.results ?? []);
  return results.map(
    ({ ruleId, level = 'warning', message }) => `${level} ${ruleId}: ${message.arguments?.[0]}`,
  );
}
