import { resolve } from 'node:path';
import { Command } from 'commander';
import { type AuditPlan, type ExitCode, mergePacks, OUTPUT_FORMATS, type Pack } from '../../index.js';
import { progressOf } from '../progress.js';
import { runEntry } from '../run-entry.js';
import type { Call } from '../world.js';
import { collect, type PlanOptions, planFrom, withConfig } from './plan-options.js';

import { printSummary } from './print-summary.js';

type Options = PlanOptions & { quiet?: boolean; verbose?: boolean; progress: boolean };

/** Creates `keyproof merge PACK...`, which joins packs of parts into one. */
export function mergeCommand(call: Call): Command {
  return withConfig(new Command('merge'))
    .description('join evidence packs that were judged alike, such as one of each repository, into one')
    .argument('<pack...>', 'folders of the packs, two or more; each is named by its folder')
    .option('--framework <id>', 'frameworks, if the packs were made with this option', collect)
    .option('--policy <dir>', 'folders of further policies, if the packs were made with them', collect)
    .option('--waivers <file>', 'accepted exceptions, if the packs were made with them')
    .option('--format <name>', `outputs: ${OUTPUT_FORMATS.join(', ')} (default: all but pdf-annex)`, collect)
    .option('-o, --output <dir>', 'folder of the merged pack (default: ./evidence-pack)')
    .option('--fail-on <severity>', 'lowest severity that gives exit code 1 (default: high)')
    .option('-q, --quiet', 'print errors only')
    .option('--verbose', 'print every verdict and every reason for incompleteness too')
    .option('--no-progress', 'no progress')
    .action(async (packs: string[], options: Options) => call.ends(await run(call, packs, options)));
}

async function run(call: Call, packs: string[], options: Options): Promise<ExitCode> {
  const startedMs = Date.now();
  const progress = progressOf(call, options);
  const dirs = packs.map((pack) => resolve(call.cwd, pack));
  let plan: AuditPlan | undefined;
  const entry = () => runEntry(call.args, startedMs, plan ?? {});
  const planOf = (opened: readonly Pack[]) => {
    plan = planFrom(call, [], { ...options, ...datesOf(opened) });
    return plan;
  };
  const world = { onProgress: progress?.onProgress, env: call.env, run: entry };
  const result = await mergePacks(dirs, planOf, world).finally(() => progress?.end());
  if (options.quiet || plan === undefined) return result.exitCode;
  for (const note of result.notes) call.err(`keyproof: ${note}`);
  printSummary(call, result, plan, options.verbose === true);
  return result.exitCode;
}

/** Returns the dates and the name that the first pack states, as options: the others must have the same. */
function datesOf([first]: readonly Pack[]): PlanOptions {
  if (first === undefined) return {};
  const { asOf, period, organisation, unnamed } = first.assessment.plan;
  return {
    asOf,
    ...(period === null ? {} : { period: `${dayOf(period.from)}..${dayOf(period.to)}` }),
    ...(unnamed ? {} : { organisation }),
  };
}

function dayOf(instant: string): string {
  return instant.slice(0, 10);
}
