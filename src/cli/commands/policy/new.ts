import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Command, Option } from 'commander';
import {
  KeyproofError,
  SEVERITIES,
  type Severity,
  SUBJECT_KINDS,
  type SubjectKind,
  scaffoldPolicy,
} from '../../../index.js';
import type { Call } from '../../world.js';

type Options = { dir: string; subject: SubjectKind; severity: Severity };

/** Creates `keyproof policy new ID`. */
export function newCommand(call: Call): Command {
  return new Command('new')
    .description(
      'write the folder of a new policy: rule, METADATA, test and examples, which pass as they are',
    )
    .argument('<id>', 'id of the policy: lower-case words with hyphens, such as key-naming')
    .option('--dir <dir>', 'folder of your policies', 'policies')
    .addOption(
      new Option('--subject <kind>', 'kind of subject it examines').choices(SUBJECT_KINDS).default('key'),
    )
    .addOption(
      new Option('--severity <severity>', 'severity of its violations').choices(SEVERITIES).default('medium'),
    )
    .action(async (id: string, { dir, subject, severity }: Options) => {
      const files = scaffoldPolicy({ id, subject, severity });
      const folder = join(dir, id.replaceAll('-', '_'));
      if (existsSync(resolve(call.cwd, folder)))
        throw new KeyproofError(`${folder}: exists already; choose another id or --dir.`);
      for (const [path, text] of Object.entries(files)) await write(resolve(call.cwd, dir, path), text);
      for (const path of Object.keys(files)) call.out(join(dir, path));
      call.err(`\nTry it: keyproof policy test --policy ${dir} --filter ${id} --watch`);
    });
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text, { flag: 'wx' });
}
