import { resolve } from 'node:path';
import { Command } from 'commander';
import { EXIT, type Verification, verifyPack } from '../../index.js';
import { json, type Terminal } from '../terminal.js';

/** `keyproof verify PACK`: the pack against its manifest. */
export function verifyCommand(terminal: Terminal): Command {
  return new Command('verify')
    .description('compare every file of an evidence pack with the SHA-256 hashes of its manifest')
    .argument('[pack]', 'folder of the pack', 'evidence-pack')
    .option('--json', 'print as JSON on stdout')
    .action((pack: string, options: { json?: boolean }) => run(terminal, pack, options));
}

async function run(terminal: Terminal, pack: string, options: { json?: boolean }): Promise<void> {
  const result = await verifyPack(resolve(pack));
  if (options.json) terminal.out(json(result));
  else terminal.out([...verdictLines(result), ...result.incomplete.map(unwrittenLine)].join('\n'));
  process.exitCode = result.ok ? EXIT.ok : EXIT.verification;
}

function verdictLines({ ok, verified, differences }: Verification): string[] {
  return ok ? [`${verified} files match the manifest; none was changed, removed or added.`] : differences;
}

function unwrittenLine({ message }: Verification['incomplete'][number]): string {
  return `Not written by the audit: ${message}`;
}
