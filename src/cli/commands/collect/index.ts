import { Command } from 'commander';
import { toolVersion } from '../../../assets/tool-version.js';
import { didYouMean, KeyproofError } from '../../../index.js';
import type { Call } from '../../world.js';
import type { CollectedSystem } from './collected-system.js';
import { collectScript } from './script.js';
import { SYSTEMS } from './systems/index.js';

/** Creates `keyproof collect --print [SYSTEM...]`, which prints the commands that take exports and runs none. */
export function collectCommand(call: Call): Command {
  const names = SYSTEMS.map(({ id }) => id).join(', ');
  return new Command('collect')
    .description('print the read-only commands that take the exports keyproof reads, and their manifest')
    .argument('[system...]', `${names} (default: all)`)
    .option('--print', 'print a Bash script; keyproof itself runs nothing')
    .action((asked: string[], options: { print?: boolean }) => {
      if (!options.print)
        throw new KeyproofError(
          'keyproof runs nothing in your systems; add --print to get the commands, read them, and run them yourself.',
        );
      call.out(collectScript(chosen(asked), toolVersion()).trimEnd());
    });
}

function chosen(asked: readonly string[]): readonly CollectedSystem[] {
  const wanted = asked.flatMap((name) => name.split(',')).filter((name) => name !== '');
  return wanted.length === 0 ? SYSTEMS : [...new Set(wanted)].map(systemOf);
}

function systemOf(name: string): CollectedSystem {
  const found = SYSTEMS.find(({ id }) => id === name.toLowerCase());
  if (found) return found;
  const ids = SYSTEMS.map(({ id }) => id);
  throw new KeyproofError(
    `"${name}" is not a system whose commands keyproof prints${didYouMean(name, ids)} Systems: ${ids.join(', ')}.`,
  );
}
