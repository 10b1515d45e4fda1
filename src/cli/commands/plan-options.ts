import type { Command } from 'commander';
import { type AuditPlan, buildPlan, type Checklist, readChecklist } from '../../index.js';
import type { Call } from '../world.js';

/** Options that a command which reads evidence understands. */
export type PlanOptions = {
  config?: string;
  organisation?: string;
  asOf?: string;
  period?: string;
  framework?: string[];
  policy?: string[];
  waivers?: string;
  previous?: string;
  checklist?: string;
  format?: string[];
  output?: string;
  failOn?: string;
  workers?: string;
  saveSources?: string;
};

/** Collects the values of an option that is comma-separated or repeated. */
export function collect(text: string, earlier: string[] = []): string[] {
  return [
    ...earlier,
    ...text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  ];
}

/** Adds `--config`. */
export function withConfig(command: Command): Command {
  return command.option(
    '-c, --config <file>',
    'config file (default: keyproof.yaml here or in the first PATH)',
  );
}

/** Returns the plan for paths and options. Flags override KEYPROOF_* variables, and these override the file. */
export function planFrom(
  { cwd, env }: Pick<Call, 'cwd' | 'env'>,
  paths: string[],
  options: PlanOptions,
  checklistRead?: Checklist,
): AuditPlan {
  return buildPlan({
    paths,
    config: options.config ?? env['KEYPROOF_CONFIG'],
    organisation: options.organisation ?? env['KEYPROOF_ORGANISATION'],
    asOf: options.asOf ?? env['KEYPROOF_AS_OF'],
    period: options.period ?? env['KEYPROOF_PERIOD'],
    frameworks: options.framework ?? listOf(env['KEYPROOF_FRAMEWORK']),
    policies: options.policy ?? listOf(env['KEYPROOF_POLICY']),
    waivers: options.waivers ?? env['KEYPROOF_WAIVERS'],
    checklist: options.checklist ?? env['KEYPROOF_CHECKLIST'],
    checklistRead,
    previous: options.previous ?? env['KEYPROOF_PREVIOUS'],
    formats: options.format ?? listOf(env['KEYPROOF_FORMAT']),
    output: options.output ?? env['KEYPROOF_OUTPUT'],
    failOn: options.failOn ?? env['KEYPROOF_FAIL_ON'],
    workers: options.workers ?? env['KEYPROOF_WORKERS'],
    memoryMb: env['KEYPROOF_MEMORY_MB'],
    saveSources: options.saveSources ?? env['KEYPROOF_SAVE_SOURCES'],
    cwd,
    nowMs: Date.now(),
  });
}

/** Reads the checklist of the options if it is a workbook. */
export async function checklistFrom(
  { cwd, env }: Pick<Call, 'cwd' | 'env'>,
  options: PlanOptions,
): Promise<Checklist | undefined> {
  const file = options.checklist ?? env['KEYPROOF_CHECKLIST'];
  return file === undefined ? undefined : await readChecklist(cwd, file);
}

function listOf(text: string | undefined): string[] | undefined {
  return text === undefined ? undefined : collect(text);
}
