import { resolve } from 'node:path';
import { Command } from 'commander';
import {
  type Comparison,
  comparePacks,
  DIFF_FORMATS,
  type DiffFormat,
  diffFormatsOf,
  diffJson,
  diffText,
  EXIT,
  type ExitCode,
  failOnOf,
  KeyproofError,
  newFailures,
  packTrend,
  type Severity,
  trendJson,
  trendText,
  writeDiff,
  writeTrend,
} from '../../index.js';
import { plural } from '../../text/format.js';
import type { Call } from '../world.js';
import { collect } from './plan-options.js';
import { shownFolder } from './print-summary.js';

type Options = {
  trend?: boolean;
  format?: string[];
  output: string;
  failOn?: string;
  json?: boolean;
  quiet?: boolean;
};

/** Creates `keyproof diff OLD NEW`, which compares evidence packs. */
export function diffCommand(call: Call): Command {
  return new Command('diff')
    .description(
      'compare two evidence packs: what is new, fixed, persisting, and what caused it; or the trend of several',
    )
    .argument('<pack...>', 'folders of packs: OLD NEW; with --trend two or more, in any order')
    .option('--trend', 'failures and undecided checks of every pack, by as-of date')
    .option('--format <name>', `files to write beside the text: ${DIFF_FORMATS.join(', ')}`, collect)
    .option('-o, --output <dir>', 'folder of these files', 'evidence-diff')
    .option(
      '--fail-on <severity>',
      'lowest severity of a failure that OLD does not have that gives exit code 1: critical, high, medium, low or none (default: high)',
    )
    .option('--json', 'print as JSON on stdout instead of text (schema diff, or trend)')
    .option('-q, --quiet', 'print errors only')
    .action(async (packs: string[], options: Options) => call.ends(await run(call, packs, options)));
}

async function run(call: Call, packs: string[], options: Options): Promise<ExitCode> {
  const formats = diffFormatsOf(options.format ?? []);
  const dirs = packs.map((pack) => resolve(call.cwd, pack));
  if (options.trend) return trend(call, dirs, formats, options);
  const failOn = failOnOf(options.failOn ?? call.env['KEYPROOF_FAIL_ON'] ?? 'high');
  const [old, now, ...more] = dirs;
  if (old === undefined || now === undefined || more.length > 0)
    throw new KeyproofError('diff compares two packs, OLD and NEW; for more of them use --trend.');
  return comparePacks(old, now, (comparison) => report(call, comparison, { formats, failOn }, options));
}

async function report(
  call: Call,
  comparison: Comparison,
  { formats, failOn }: { formats: readonly DiffFormat[]; failOn: Severity | 'none' },
  options: Options,
): Promise<ExitCode> {
  if (options.json) for await (const piece of diffJson(comparison)) call.terminal.stdout(piece);
  else if (!options.quiet) call.say(await diffText(comparison));
  const folder = resolve(call.cwd, options.output);
  if (formats.length > 0) tellFiles(call, folder, await writeDiff(folder, comparison, formats), options);
  const failures = newFailures(comparison.summary, failOn);
  if (failures === 0) return EXIT.ok;
  if (!options.quiet)
    call.err(`${plural(failures, 'failure')} at or above ${failOn} that the old pack does not have: exit 1.`);
  return EXIT.findings;
}

async function trend(
  call: Call,
  dirs: readonly string[],
  formats: readonly DiffFormat[],
  options: Options,
): Promise<ExitCode> {
  const found = await packTrend(dirs);
  if (options.json) call.terminal.stdout(trendJson(found));
  else if (!options.quiet) call.say(trendText(found));
  const folder = resolve(call.cwd, options.output);
  if (formats.length > 0) tellFiles(call, folder, await writeTrend(folder, found, formats), options);
  return EXIT.ok;
}

function tellFiles(call: Call, folder: string, files: readonly string[], { quiet }: Options): void {
  if (!quiet) call.err(`Written to ${shownFolder(call.cwd, folder)}: ${files.join(', ')}.`);
}
