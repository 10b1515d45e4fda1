import { resolve } from 'node:path';
import { Command } from 'commander';
import { EXIT, type ExitCode, formatsOf, OUTPUT_FORMATS, renderPack, renderRedacted } from '../../index.js';
import { plural } from '../../text/format.js';
import { progressOf } from '../progress.js';
import { runEntry } from '../run-entry.js';
import type { Call } from '../world.js';
import { collect } from './plan-options.js';
import { shownFolder } from './print-summary.js';

type Options = {
  format?: string[];
  framework?: string[];
  output?: string;
  redactPeople?: boolean;
  quiet?: boolean;
  progress: boolean;
};

/** Creates `keyproof report PACK`, which renders formats of a pack again from its core. */
export function reportCommand(call: Call): Command {
  return new Command('report')
    .description(
      'render formats of an evidence pack again, or for the first time; the exports are not needed',
    )
    .argument('[pack]', 'folder of the pack', 'evidence-pack')
    .option('--format <name>', `formats: ${OUTPUT_FORMATS.join(', ')} (default: all but pdf-annex)`, collect)
    .option(
      '--framework <id>',
      'frameworks of pdf-annex, comma-separated or repeated (default: all of the pack)',
      collect,
    )
    .option('-o, --output <dir>', 'folder of the new pack (default: the pack itself gets them)')
    .option('--redact-people', 'write codes instead of people, without the core, into the folder of --output')
    .option('-q, --quiet', 'print errors only')
    .option('--no-progress', 'no progress')
    .action(async (pack: string, options: Options) => call.ends(await run(call, pack, options)));
}

async function run(call: Call, pack: string, options: Options): Promise<ExitCode> {
  const startedMs = Date.now();
  const { cwd, env } = call;
  const output = resolve(cwd, options.output ?? pack);
  const progress = progressOf(call, options);
  const request = {
    pack: resolve(cwd, pack),
    formats: formatsOf(options.format),
    output,
    ...(options.framework === undefined ? {} : { frameworks: options.framework }),
  };
  const onProgress = progress?.onProgress ?? (() => undefined);
  const entry = () => runEntry(call.args, startedMs);
  const surroundings = { onProgress, env };
  const { outputs, incomplete } = options.redactPeople
    ? await renderRedacted(request, surroundings, entry, env['KEYPROOF_REDACTION_KEY'])
    : await renderPack(request, surroundings, entry);
  progress?.end();
  for (const { message } of incomplete) call.err(`keyproof: ${message}`);
  const where = shownFolder(cwd, output);
  const what = options.redactPeople ? 'Reports without names of people' : 'Evidence pack';
  if (!options.quiet) call.err(`${what}: ${where}, ${plural(outputs.length, 'file')} and manifest.json.`);
  return incomplete.length > 0 ? EXIT.incomplete : EXIT.ok;
}
