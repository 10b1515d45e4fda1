import { resolve } from 'node:path';
import { Command } from 'commander';
import { EXIT, type ExitCode, verifyPack } from '../../index.js';
import { json } from '../terminal.js';
import type { Call } from '../world.js';

/** `keyproof verify PACK`: the pack against its manifest. */
export function verifyCommand(call: Call): Command {
  return new Command('verify')
    .description('compare every file of an evidence pack with the SHA-256 hashes of its manifest')
    .argument('[pack]', 'folder of the pack', 'evidence-pack')
    .option('--json', 'print as JSON on stdout')
    .action(async (pack: string, options: { json?: boolean }) => call.ends(await run(call, pack, options)));
}

async function run(call: Call, pack: string, options: { json?: boolean }): Promise<ExitCode> {
  const result = await verifyPack(resolve(call.cwd, pack));
  if (options.json) call.out(json(result));
  else if (result.ok)
    call.out(`${result.verified} files match the manifest; none was changed, removed or added.`);
  else call.out(result.differences.join('\n'));
  return result.ok ? EXIT.ok : EXIT.verification;
}
