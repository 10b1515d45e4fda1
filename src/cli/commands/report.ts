import { relative, resolve } from 'node:path';
import { Command } from 'commander';
import { EXIT, formatsOf, OUTPUT_FORMATS, renderPack } from '../../index.js';
import { progressLine } from '../progress.js';
import type { Terminal } from '../terminal.js';
import { collect } from './plan-options.js';

type Options = { format?: string[]; output?: string; quiet?: boolean; progress: boolean };

/** `keyproof report PACK`: formats of a pack, rendered again from its core. */
export function reportCommand(terminal: Terminal): Command {
  return new Command('report')
    .description(
      'render formats of an evidence pack again, or for the first time; the exports are not needed',
    )
    .argument('[pack]', 'folder of the pack', 'evidence-pack')
    .option('--format <name>', `formats: ${OUTPUT_FORMATS.join(', ')} (default: all)`, collect)
    .option('-o, --output <dir>', 'folder of the new pack (default: the pack itself gets them)')
    .option('-q, --quiet', 'print nothing but errors')
    .option('--no-progress', 'no progress line')
    .action((pack: string, options: Options) => run(terminal, pack, options));
}

async function run(terminal: Terminal, pack: string, options: Options): Promise<void> {
  const formats = formatsOf(options.format);
  const output = resolve(options.output ?? pack);
  const show = terminal.interactive && options.progress && !options.quiet;
  const line = progressLine(
    (text) => void process.stderr.write(text),
    () => performance.now(),
  );
  const request = { pack: resolve(pack), formats, output };
  const { outputs, incomplete } = await renderPack(request, show ? line.onProgress : () => undefined);
  if (show) line.clear();
  for (const { message } of incomplete) terminal.err(`keyproof: ${message}`);
  const where = relative(process.cwd(), output) || '.';
  if (!options.quiet) terminal.err(`Evidence pack: ${where}, ${outputs.length} files and manifest.json.`);
  process.exitCode = incomplete.length > 0 ? EXIT.incomplete : EXIT.ok;
}
