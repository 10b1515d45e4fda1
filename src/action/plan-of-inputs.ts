import { resolve } from 'node:path';
import { planFrom } from '../cli/commands/plan-options.js';
import type { AuditPlan, OutputFormat } from '../index.js';
import type { ActionInputs } from './inputs.js';
import type { RunEvent, RunnerEnv } from './run-event.js';

/**
 * Returns the plan for the inputs, as the command line makes it of its options. A pull request gets no report.pdf, which takes
 * longer than the audit, unless `formats` names it.
 * @throws KeyproofError for an invalid input or config.
 */
export function planOfInputs(inputs: ActionInputs, event: RunEvent, env: RunnerEnv): AuditPlan {
  const cwd = resolve(event.workspace, inputs.workingDirectory);
  const plan = planFrom({ cwd, env }, inputs.paths, {
    ...stated('config', inputs.config),
    ...stated('asOf', inputs.asOf),
    ...stated('period', inputs.period),
    ...stated('framework', inputs.frameworks),
    ...stated('policy', inputs.policies),
    ...stated('format', inputs.formats),
    ...stated('output', inputs.outputDir),
    ...stated('failOn', inputs.failOn),
    ...stated('workers', inputs.workers),
  });
  return { ...plan, formats: plan.formats.filter((format) => isWanted(format, inputs, event)) };
}

function isWanted(format: OutputFormat, { formats }: ActionInputs, { pullRequest }: RunEvent): boolean {
  return format !== 'pdf' || formats !== null || pullRequest === null;
}

function stated<K extends string, V>(name: K, value: V | null): { [key in K]?: V } {
  return value === null ? {} : ({ [name]: value } as { [key in K]: V });
}
