import { expect, it } from 'vitest';
import { filesText } from '../../src/cli/commands/inspect-text.js';
import { readFolder } from './folder.js';

it('inspect prints once what the format of files that are used proves and what it cannot, and nothing for others', async () => {
  const { files } = await readFolder({
    'keys.json': '[{"key_id":"gate-1","name":"Gate"}]',
    'more-keys.json': '[{"key_id":"gate-2","name":"Gate 2"}]',
    'notes.txt': 'hello',
  });
  const text = filesText(files, undefined);
  expect(text.match(/^ {2}(?:Proves|Cannot prove) .*$/gm)).toEqual([
    '  Proves what its records state.',
    '  Cannot prove that what a person typed is true, and that there are no records beside them unless that is stated.',
  ]);
});
