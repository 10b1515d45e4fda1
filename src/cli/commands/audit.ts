import { Command } from 'commander';
import {
  type Assessment,
  type AuditSummary,
  audit,
  EXIT,
  type ExitCode,
  endingText,
  OUTPUT_FORMATS,
  stateCounts,
} from '../../index.js';
import { progressOf } from '../progress.js';
import { runEntry } from '../run-entry.js';
import { json } from '../terminal.js';
import type { Call } from '../world.js';
import { entityAdvice, remarksBefore } from './before-audit.js';
import { checklistFrom, collect, type PlanOptions, planFrom, withConfig } from './plan-options.js';
import { printSummary, shownFolder } from './print-summary.js';

type Options = PlanOptions & { json?: boolean; quiet?: boolean; verbose?: boolean; progress: boolean };

/** Creates `keyproof audit [PATH...]`, which reads exports and writes an evidence pack. */
export function auditCommand(call: Call): Command {
  return withConfig(new Command('audit'))
    .description('read exports, evaluate the policies, judge the controls, write the evidence pack')
    .argument('[path...]', 'files and folders of exports (default: the folder of the config)')
    .option(
      '--as-of <date>',
      'the date the audit speaks for: 2026-09-30, or a date-time with zone (default: the end of the period, else today)',
    )
    .option('--period <period>', 'audit period: 2026-07-01..2026-09-30 or 2026-Q3')
    .option(
      '--framework <id>',
      'frameworks to assess: ids, or paths of your own; comma-separated or repeated (default: all)',
      collect,
    )
    .option('--policy <dir>', 'folders of further policies, comma-separated or repeated', collect)
    .option('--previous <pack>', 'evidence pack to compare with: what is new, fixed, persisting and overdue')
    .option(
      '--checklist <file>',
      'gap-checklist.xlsx or .csv of an earlier pack with owner, due date, status and notes filled in: they are carried over',
    )
    .option('--waivers <file>', 'YAML file of accepted exceptions, beside those of keyproof.yaml')
    .option(
      '--format <name>',
      `outputs beside parquet and json, which every pack has: ${OUTPUT_FORMATS.join(', ')} (default: all but pdf-annex)`,
      collect,
    )
    .option('-o, --output <dir>', 'folder of the evidence pack (default: ./evidence-pack)')
    .option(
      '--fail-on <severity>',
      'lowest severity that gives exit code 1: critical, high, medium, low or none (default: high)',
    )
    .option('--organisation <name>', 'name of the audited entity, as the report prints it')
    .option('--workers <n>', 'worker threads (default: one a core)')
    .option(
      '--save-sources <dir>',
      'folder that keeps what is fetched (`github` in keyproof.yaml), to audit the same exports again',
    )
    .option('--json', 'print the summary as JSON on stdout')
    .option(
      '-q, --quiet',
      'print errors only, what of a checklist is not used, an as-of date in the future, and the reason of an exit code other than 0',
    )
    .option(
      '--verbose',
      'print what was taken as given, every verdict and every reason for incompleteness too',
    )
    .option('--no-progress', 'no progress')
    .action(async (paths: string[], options: Options) => call.ends(await run(call, paths, options)));
}

async function run(call: Call, paths: string[], options: Options): Promise<ExitCode> {
  const startedMs = Date.now();
  const plan = planFrom(call, paths, options, await checklistFrom(call, options));
  const { quiet = false } = options;
  for (const remark of remarksBefore(call, paths, plan, quiet)) call.err(`keyproof: ${remark}`);
  const progress = progressOf(call, options);
  const entry = () => runEntry(call.args, startedMs, plan);
  const result = await audit(plan, progress?.onProgress, call.env, entry).finally(() => progress?.end());
  const { assessment, incomplete, exitCode, notes } = result;
  const told = quiet ? (plan.checklist?.notes ?? []) : [...entityAdvice(plan), ...notes];
  for (const note of told) call.err(`keyproof: ${note}`);
  const end = { exitCode, failOn: plan.failOn };
  if (quiet && exitCode !== EXIT.ok) call.err(endingText({ ...assessment, incomplete }, end));
  if (!quiet) printSummary(call, result, plan, options.verbose === true);
  const output = shownFolder(call.cwd, plan.output);
  if (options.json) call.out(json(summarise({ ...assessment, incomplete }, output, exitCode)));
  return exitCode;
}

function summarise(assessment: Assessment, output: string, exitCode: number): AuditSummary {
  const { incomplete, subjects, outcomes, severities, changes } = assessment;
  const frameworks = assessment.frameworks.map((framework) => ({
    id: framework.id,
    verdicts: framework.verdicts,
    states: stateCounts(framework),
    controls: framework.controls.length,
  }));
  const since = changes === undefined ? {} : { changes };
  return { output, exitCode, incomplete, subjects, outcomes, severities, ...since, frameworks };
}
