import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keyproof } from '../support/cli.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';

/** A register without a risk tier: a key older than any limit, one older than some, one younger than all. */
const KEYS = `key_id,environment,status,last_rotated,owner
nb-old,production,active,2021-08-10,payments
nb-between,production,active,2026-07-17,payments
nb-new,production,active,2026-09-20,payments
nb-silent,production,,2021-08-10,payments
`;

const folder = mkdtempSync(join(tmpdir(), 'keyproof-tier-'));

const idOf = (key: string) =>
  createHash('sha256').update(`rotation-max-age\nkey\n${key}`).digest('hex').slice(0, 16);

type Found = {
  ruleId: string;
  subject: { id: string };
  outcome: string;
  severity: string;
  missing: string[];
};

describeUnlessProved('keys of no stated tier', import.meta.url, PROGRAM_FILES, () => {
  beforeAll(async () => {
    writeFileSync(join(folder, 'keys.csv'), KEYS);
    const args = ['audit', 'keys.csv', '--as-of', '2026-09-30', '--format', 'findings', '--fail-on', 'none'];
    expect((await keyproof(args, { cwd: folder })).code).toBe(0);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('a key older than the limit of any tier fails as mildly as a tier can', () => {
    const row = readFileSync(join(folder, 'evidence-pack/findings.csv'), 'utf8')
      .split('\r\n')
      .find((line) => line.startsWith(idOf('nb-old')));
    expect(row).toContain(',low,key,nb-old,production,');
    expect(row).toContain(
      'older than the limit of any tier, the longest of which is 180 days; the risk tier is not stated',
    );
  });

  test('what some tier would undo is missing evidence, and so is a status that is not stated', () => {
    const text = readFileSync(join(folder, 'evidence-pack/assessment.json'), 'utf8');
    const { observations } = JSON.parse(text) as { observations: Found[] };
    const found = observations.filter(({ ruleId }) => ruleId === 'rotation-max-age');
    expect(
      Object.fromEntries(found.map(({ subject, outcome, missing }) => [subject.id, [outcome, ...missing]])),
    ).toEqual({
      'nb-old': ['fail'],
      'nb-between': ['no-evidence', 'key.risk_tier'],
      'nb-silent': ['no-evidence', 'key.risk_tier', 'key.status'],
    });
  });

  test('explain shows the lines of the rule that decided by every tier', async () => {
    const { stdout } = await keyproof(['explain', idOf('nb-old'), 'keys.csv'], { cwd: folder });
    expect(stdout).toContain('The policy says what the pack says: fail.');
    expect(stdout).toMatch(/> +\d+ \| +stated_over/);
  });
});
