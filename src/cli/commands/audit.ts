import { relative } from 'node:path';
import { Command } from 'commander';
import {
  type Assessment,
  type AuditSummary,
  audit,
  type ExitCode,
  OUTPUT_FORMATS,
  renderSummaryText,
} from '../../index.js';
import { progressLine } from '../progress.js';
import { json, takesColor } from '../terminal.js';
import type { Call } from '../world.js';
import { collect, type PlanOptions, planFrom, withConfig } from './plan-options.js';

type Options = PlanOptions & { json?: boolean; quiet?: boolean; progress: boolean };

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
      'gap-checklist.csv of an earlier pack with owner, due date, status and notes filled in: they are carried over',
    )
    .option('--waivers <file>', 'YAML file of accepted exceptions, beside those of keyproof.yaml')
    .option(
      '--format <name>',
      `outputs beside parquet and json, which every pack has: ${OUTPUT_FORMATS.join(', ')} (default: all)`,
      collect,
    )
    .option('-o, --output <dir>', 'folder of the evidence pack (default: ./evidence-pack)')
    .option(
      '--fail-on <severity>',
      'lowest severity that gives exit code 1: critical, high, medium, low or none (default: high)',
    )
    .option('--workers <n>', 'worker threads (default: one a core)')
    .option('--json', 'print the summary as JSON on stdout')
    .option('-q, --quiet', 'print nothing but errors')
    .option('--no-progress', 'no progress line')
    .action(async (paths: string[], options: Options) => call.ends(await run(call, paths, options)));
}

async function run(call: Call, paths: string[], options: Options): Promise<ExitCode> {
  const plan = planFrom(call, paths, options);
  const { terminal } = call;
  const show = terminal.isTTY && options.progress && !options.quiet;
  const line = progressLine(terminal.stderr, () => performance.now());
  const { assessment, manifest, incomplete, exitCode, notes } = await audit(
    plan,
    show ? line.onProgress : undefined,
    call.env,
  );
  if (show) line.clear();
  if (!options.quiet) for (const note of notes) call.err(`keyproof: ${note}`);
  const output = relative(call.cwd, plan.output) || '.';
  if (!options.quiet)
    call.err(
      renderSummaryText(assessment, {
        output,
        color: takesColor(call),
        width: Math.min(terminal.columns, 120),
        unwritten: manifest.incomplete,
      }),
    );
  if (options.json) call.out(json(summarise({ ...assessment, incomplete }, output, exitCode)));
  return exitCode;
}

function summarise(assessment: Assessment, output: string, exitCode: number): AuditSummary {
  const { incomplete, subjects, outcomes, severities, changes } = assessment;
  const frameworks = assessment.frameworks.map(({ id, verdicts, controls }) => ({
    id,
    verdicts,
    controls: controls.length,
  }));
  const since = changes === undefined ? {} : { changes };
  return { output, exitCode, incomplete, subjects, outcomes, severities, ...since, frameworks };
}
