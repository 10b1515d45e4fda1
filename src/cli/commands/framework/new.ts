import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Command } from 'commander';
import { KeyproofError, scaffoldFramework } from '../../../index.js';
import type { Call } from '../../world.js';

/** Creates `keyproof framework new ID`. */
export function newCommand(call: Call): Command {
  return new Command('new')
    .description('write the file of a new framework: its words, one tested and one manual control')
    .argument('<id>', 'framework id: lower-case words with hyphens, such as house-rules')
    .option('--dir <dir>', 'folder of your frameworks', '.')
    .action(async (id: string, { dir }: { dir: string }) => {
      const text = scaffoldFramework({ id, reviewed: new Date().toISOString().slice(0, 10) });
      const file = join(dir, `${id}.yaml`);
      const path = resolve(call.cwd, file);
      if (existsSync(path)) throw new KeyproofError(`${file}: exists already; choose another id or --dir.`);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text, { flag: 'wx' });
      call.out(file);
      call.err(`\nTry it: keyproof framework check ${file}`);
    });
}
