import { readFileSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { Command, Option } from 'commander';
import {
  baselineText,
  EXIT,
  type ExitCode,
  KeyproofError,
  parseBaseline,
  type RepositoryScan,
  reportText,
  type ScanFinding,
  type ScanOptions,
  scanReport,
  scanRepository,
  scanTime,
  threadsOf,
  withBaseline,
} from '../../index.js';
import { keyStatedIn } from '../../secrets/fingerprint-key.js';
import { plural } from '../../text/format.js';
import { progressOf } from '../progress.js';
import { json } from '../terminal.js';
import type { Call } from '../world.js';

type Options = {
  history: boolean;
  staged?: boolean;
  baseline?: string;
  writeBaseline?: string;
  workers?: string;
  json?: boolean;
  quiet?: boolean;
  progress: boolean;
};

/** Creates `keyproof scan [REPO...]`, which looks for secrets in repositories. */
export function scanCommand(call: Call): Command {
  return new Command('scan')
    .description('look for secrets in the files and the whole history of repositories; never prints a value')
    .argument('[repo...]', 'repositories or folders; the working directory by default')
    .option('--no-history', 'files of now only')
    .option('--staged', 'only what the next commit adds, for a pre-commit hook')
    .option('--baseline <file>', 'suppress the findings that this file accepts')
    .option('--write-baseline <file>', 'write a baseline that accepts every open secret, and end with 0')
    .addOption(new Option('--workers <n>', 'worker threads').env('KEYPROOF_WORKERS'))
    .option('-q, --quiet', 'print errors only; the exit code states whether a secret is open')
    .option('--no-progress', 'no progress')
    .option('--json', 'print the report as JSON on stdout; `keyproof audit` reads it as evidence')
    .action(async (repositories: string[], options: Options) =>
      call.ends(await run(call, repositories, options)),
    );
}

async function run(call: Call, repositories: string[], options: Options): Promise<ExitCode> {
  const asked = scanOptions(call, options);
  const scans = await scanAll(call, repositories, options, asked);
  if (options.writeBaseline !== undefined) return writeBaseline(call, scans, options.writeBaseline);
  const judged =
    options.baseline === undefined ? scans : withBaselineFile(call, scans, options.baseline, asked.nowMs);
  const report = scanReport(judged, { nowMs: asked.nowMs, keyed: asked.key !== null });
  if (options.json) call.out(json(report));
  else if (!options.quiet) call.say(reportText(report));
  return exitCodeOf(judged);
}

async function scanAll(
  call: Call,
  repositories: readonly string[],
  options: Options,
  asked: ScanOptions,
): Promise<RepositoryScan[]> {
  const progress = progressOf(call, {
    ...(options.quiet ? { quiet: true } : {}),
    progress: options.progress && call.terminal.isTTY,
  });
  const watched = progress ? { ...asked, onProgress: progress.onProgress } : asked;
  const scans: RepositoryScan[] = [];
  try {
    for (const folder of repositories.length === 0 ? ['.'] : repositories)
      scans.push(await scanRepository(resolve(call.cwd, folder), watched));
  } finally {
    progress?.end();
  }
  return scans;
}

function scanOptions({ env }: Call, { history, staged, workers }: Options): ScanOptions {
  return {
    scope: staged ? 'staged' : history ? 'history' : 'tree',
    nowMs: scanTime(env),
    key: keyStatedIn(env),
    workers: threadsOf(workers),
  };
}

function writeBaseline({ cwd, err }: Call, scans: readonly RepositoryScan[], file: string): ExitCode {
  const text = baselineText(scans);
  try {
    writeFileSync(resolve(cwd, file), text);
  } catch (cause) {
    throw new KeyproofError(`${file}: cannot be written; check the folder.`, undefined, { cause });
  }
  err(`${file}: accepts every open secret. Give each a reason, and a date until which it holds.`);
  const faults = scans.flatMap(({ findings }) => findings).filter(isFaultOfComment);
  if (faults.length > 0)
    err(
      `${plural(faults.length, 'finding')} about comments that allow findings cannot be accepted: mend the comments.`,
    );
  return isIncomplete(scans) ? EXIT.incomplete : EXIT.ok;
}

/** Returns whether a finding is of no secret, but of a comment that allows some. */
function isFaultOfComment({ state, fingerprint }: ScanFinding): boolean {
  return state === 'open' && fingerprint === '';
}

function withBaselineFile(
  { cwd }: Call,
  scans: readonly RepositoryScan[],
  file: string,
  nowMs: number,
): RepositoryScan[] {
  const baseline = parseBaseline(readBaseline(resolve(cwd, file), file), file);
  const today = new Date(nowMs).toISOString().slice(0, 10);
  return scans.map((scan) => withBaseline(scan, baseline, { name: basename(file), today }));
}

function readBaseline(path: string, shown: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new KeyproofError(`${shown}: no such file; check the path.`, undefined, { cause });
  }
}

function exitCodeOf(scans: readonly RepositoryScan[]): ExitCode {
  if (scans.some(({ findings }) => findings.some(({ state }) => state === 'open'))) return EXIT.findings;
  return isIncomplete(scans) ? EXIT.incomplete : EXIT.ok;
}

/** Returns whether something was not read, or a history that was asked for is not complete. */
function isIncomplete(scans: readonly RepositoryScan[]): boolean {
  return scans.some(
    ({ scope, coverage }) => coverage.unread.length > 0 || (scope === 'history' && !coverage.fullHistory),
  );
}
