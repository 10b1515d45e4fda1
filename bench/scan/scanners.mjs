import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const GITLEAKS = process.env.GITLEAKS ?? 'gitleaks';
const DETECT_SECRETS = process.env.DETECT_SECRETS ?? 'detect-secrets';
const KEYPROOF = [process.execPath, new URL('../../dist/cli/main.js', import.meta.url).pathname];

/** Scanners of a folder; each returns {path, line, isOpen, isPlaceholder}. */
export const scanners = {
  keyproof(folder) {
    const { repositories } = JSON.parse(run(KEYPROOF, ['scan', '--json', folder], [0, 1, 3]));
    return repositories[0].findings.map(({ path, line, state, suppressedBy, rule }) => ({
      path,
      line,
      rule,
      isOpen: state === 'open',
      isPlaceholder: suppressedBy === 'placeholder',
    }));
  },
  gitleaks(folder, work) {
    const report = join(work, 'gitleaks.json');
    run([GITLEAKS], ['dir', folder, '-r', report, '--no-banner', '--exit-code', '0'], [0]);
    return JSON.parse(readFileSync(report, 'utf8')).map(({ File, StartLine, RuleID }) => ({
      path: File.slice(folder.length + 1),
      line: StartLine,
      rule: RuleID,
      isOpen: true,
    }));
  },
  'detect-secrets'(folder) {
    const { results } = JSON.parse(run([DETECT_SECRETS], ['-C', folder, 'scan', '--all-files'], [0]));
    return Object.entries(results).flatMap(([path, found]) =>
      found.map(({ line_number, type }) => ({ path, line: line_number, rule: type, isOpen: true })),
    );
  },
};

/** Scanners of the whole history of a bare repository. detect-secrets has none. */
export const historyScanners = {
  keyproof: (repository) => run(KEYPROOF, ['scan', '--json', repository], [0, 1, 3]),
  gitleaks: (repository, work) =>
    run(
      [GITLEAKS],
      [
        'git',
        repository,
        '--log-opts=--all',
        '--no-banner',
        '-r',
        join(work, 'history.json'),
        '--exit-code',
        '0',
      ],
      [0],
    ),
};

function run([program, ...first], args, codes) {
  const ran = spawnSync(program, [...first, ...args], { encoding: 'utf8', maxBuffer: 1 << 30 });
  if (ran.error || !codes.includes(ran.status))
    throw new Error(`${program} ended with ${ran.status}: ${ran.error ?? ran.stderr}`);
  return ran.stdout;
}
