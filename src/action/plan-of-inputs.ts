import { existsSync, readdirSync, statSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { isNoFolderOfExports } from '../cli/commands/before-audit.js';
import { planFrom } from '../cli/commands/plan-options.js';
import { type AuditPlan, KeyproofError, type OutputFormat } from '../index.js';
import type { ActionInputs } from './inputs.js';
import type { RunEvent, RunnerEnv } from './run-event.js';

/**
 * Returns the plan for the inputs, as the command line makes it of its options. A pull request gets no report.pdf, which takes
 * longer than the audit, unless `formats` names it.
 * @throws KeyproofError for an invalid input or config.
 */
export function planOfInputs(inputs: ActionInputs, event: RunEvent, env: RunnerEnv): AuditPlan {
  const cwd = workingFolder(inputs, event);
  checkPaths(inputs, { cwd, env });
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

/** @throws KeyproofError if the folder is not there, or nothing is checked out in it. */
function workingFolder({ workingDirectory, paths }: ActionInputs, { workspace }: RunEvent): string {
  const folder = resolve(workspace, workingDirectory);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new KeyproofError(
      `working-directory: ${workingDirectory}: no such folder in the checkout; name one of the repository, and put actions/checkout before this step.`,
    );
  if (readdirSync(folder).length === 0 && !paths.some((path) => isAbsolute(path)))
    throw new KeyproofError(
      `working-directory: ${workingDirectory}: the folder is empty; put actions/checkout before this step.`,
    );
  return folder;
}

/** @throws KeyproofError if one is not there: a shell would have replaced a wildcard, an input is taken as it is. */
function checkPaths({ paths, config }: ActionInputs, { cwd, env }: { cwd: string; env: RunnerEnv }): void {
  if (paths.length === 0 && config === null && isNoFolderOfExports({ cwd, env }))
    throw new KeyproofError(
      `working-directory: ${cwd}: is no folder of exports; name one, or name them in paths.`,
    );
  const missing = paths.find((path) => !existsSync(resolve(cwd, path)));
  if (missing !== undefined)
    throw new KeyproofError(
      `paths: ${missing}: no such file or folder in the checkout; name files and folders, one a line, without quotes and wildcards.`,
    );
}

function isWanted(format: OutputFormat, { formats }: ActionInputs, { pullRequest }: RunEvent): boolean {
  return format !== 'pdf' || formats !== null || pullRequest === null;
}

function stated<K extends string, V>(name: K, value: V | null): { [key in K]?: V } {
  return value === null ? {} : ({ [name]: value } as { [key in K]: V });
}
