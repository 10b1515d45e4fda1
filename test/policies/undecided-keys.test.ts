import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { answersOf } from '../support/outcomes.js';
import { describeUnlessProved } from '../support/verdict.js';

const SECRET = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/sepa';

async function outcomeOf(ids: readonly string[]): Promise<string | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'undecided-'));
  try {
    const keys = ids.map((key_id) => ({ key_id, name: 'prod/sepa' }));
    writeFileSync(join(folder, 'keys.json'), JSON.stringify(keys));
    const answers = [...(await answersOf(folder))];
    return answers.find(([rule]) => rule.startsWith('inv-complete '))?.[1].outcome;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const FILES = [...PROGRAM_FILES, 'test/policies/undecided-keys.test.ts'];

describeUnlessProved('an inventory alone', import.meta.url, FILES, () => {
  it.each([
    ['a row that fits two keys', [SECRET, `${SECRET}-a1B2c3`, `${SECRET}-d4E5f6`], 'fail'],
    ['one secret by number and id', ['projects/nb-prod/secrets/sepa', 'projects/4711/secrets/sepa'], 'fail'],
    ['a row that fits one key', [SECRET, `${SECRET}-a1B2c3`], 'no-evidence'],
  ])('with %s', async (_what, ids, outcome) => {
    expect(await outcomeOf(ids)).toBe(outcome);
  });
});
