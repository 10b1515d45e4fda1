import { resolve } from 'node:path';
import { Command } from 'commander';
import { EXIT, type ExitCode, type Verification, verifyPack } from '../../index.js';
import { plural } from '../../text/format.js';
import { json } from '../terminal.js';
import type { Call } from '../world.js';

type Options = { json?: boolean; quiet?: boolean };

/** Creates `keyproof verify PACK`, which checks the pack against its manifest. */
export function verifyCommand(call: Call): Command {
  return new Command('verify')
    .description('compare every file of an evidence pack with the SHA-256 hashes of its manifest')
    .argument('[pack]', 'folder of the pack', 'evidence-pack')
    .option('--json', 'print as JSON on stdout')
    .option('-q, --quiet', 'print only what differs or was not written')
    .action(async (pack: string, options: Options) => call.ends(await run(call, pack, options)));
}

async function run(call: Call, pack: string, options: Options): Promise<ExitCode> {
  const result = await verifyPack(resolve(call.cwd, pack));
  if (options.json) call.out(json(result));
  else sayLines(call, [...verdictLines(result, options), ...result.incomplete.map(unwrittenLine)]);
  return result.ok ? EXIT.ok : EXIT.verification;
}

function sayLines(call: Call, lines: readonly string[]): void {
  if (lines.length > 0) call.say(lines.join('\n'));
}

function verdictLines({ ok, verified, differences, notSealed }: Verification, { quiet }: Options): string[] {
  if (!ok || quiet) return differences;
  const beside = notSealed.length > 0 ? ` Not sealed by it: ${notSealed.join(', ')}.` : '';
  return [
    `${plural(verified, 'file matches', 'files match')} the manifest; none was changed, removed or added.${beside}`,
  ];
}

function unwrittenLine({ message }: Verification['incomplete'][number]): string {
  return `Not written by the audit: ${message}`;
}
