import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Command, Option } from 'commander';
import {
  KeyproofError,
  SEVERITIES,
  type Severity,
  SUBJECT_KINDS,
  type SubjectKind,
  scaffoldPolicy,
} from '../../../index.js';
import type { Terminal } from '../../terminal.js';

type Options = { dir: string; subject: SubjectKind; severity: Severity };

/** `keyproof policy new ID`. */
export function newCommand(terminal: Terminal): Command {
  return new Command('new')
    .description(
      'write the folder of a new policy: rule, METADATA, test and examples, which pass as they are',
    )
    .argument('<id>', 'rule id: lower-case words with hyphens, such as key-naming')
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
      if (existsSync(folder))
        throw new KeyproofError(`${folder}: exists already; choose another id or --dir.`);
      for (const [path, text] of Object.entries(files)) await write(join(dir, path), text);
      for (const path of Object.keys(files)) terminal.out(join(dir, path));
      terminal.err(`\nTry it: keyproof policy test --policy ${dir} --filter ${id} --watch`);
    });
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text, { flag: 'wx' });
}
