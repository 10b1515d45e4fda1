import { relative } from 'node:path';
import { Command } from 'commander';
import { type Assessment, type AuditSummary, audit, OUTPUT_FORMATS, renderSummaryText } from '../../index.js';
import { progressLine } from '../progress.js';
import { json, type Terminal } from '../terminal.js';
import { collect, type PlanOptions, planFrom, withConfig } from './plan-options.js';

type Options = PlanOptions & { json?: boolean; quiet?: boolean; progress: boolean };

/** `keyproof audit [PATH...]`: exports in, evidence pack out. */
export function auditCommand(terminal: Terminal): Command {
  return withConfig(new Command('audit'))
    .description('read exports, evaluate the policies, judge the controls, write the evidence pack')
    .argument('[path...]', 'files and folders of exports (default: the folder of the config)')
    .option(
      '--as-of <date>',
      'the date the audit speaks for: 2026-09-30, or a date-time with zone (default: the end of the period, else today)',
    )
    .option('--period <period>', 'audit period: 2026-07-01..2026-09-30 or 2026-Q3')
    .option('--framework <id>', 'frameworks to assess, comma-separated or repeated (default: all)', collect)
    .option('--policy <dir>', 'folders of further policies, comma-separated or repeated', collect)
    .option('--format <name>', `outputs: ${OUTPUT_FORMATS.join(', ')} (default: all)`, collect)
    .option('-o, --output <dir>', 'folder of the evidence pack (default: ./evidence-pack)')
    .option(
      '--fail-on <severity>',
      'lowest severity that gives exit code 1: critical, high, medium, low or none (default: high)',
    )
    .option('--workers <n>', 'worker threads (default: one a core)')
    .option('--json', 'print the summary as JSON on stdout')
    .option('-q, --quiet', 'print nothing but errors')
    .option('--no-progress', 'no progress line')
    .action((paths: string[], options: Options) => run(terminal, paths, options));
}

async function run(terminal: Terminal, paths: string[], options: Options): Promise<void> {
  const plan = planFrom(paths, options);
  const show = terminal.interactive && options.progress && !options.quiet;
  const line = progressLine(
    (text) => void process.stderr.write(text),
    () => performance.now(),
  );
  const { assessment, exitCode, notes } = await audit(plan, show ? line.onProgress : undefined);
  if (show) line.clear();
  if (!options.quiet) for (const note of notes) terminal.err(`keyproof: ${note}`);
  const output = relative(process.cwd(), plan.output) || '.';
  if (!options.quiet)
    terminal.err(renderSummaryText(assessment, { output, color: terminal.color, width: terminal.width }));
  if (options.json) terminal.out(json(summarise(assessment, output, exitCode)));
  process.exitCode = exitCode;
}

function summarise(assessment: Assessment, output: string, exitCode: number): AuditSummary {
  const { incomplete, subjects, outcomes, severities } = assessment;
  const frameworks = assessment.frameworks.map(({ id, verdicts, controls }) => ({
    id,
    verdicts,
    controls: controls.length,
  }));
  return { output, exitCode, incomplete, subjects, outcomes, severities, frameworks };
}
