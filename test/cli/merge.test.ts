import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Assessment } from '../../src/model/index.js';
import { openPack } from '../../src/pack/index.js';
import { keyproof } from '../support/cli.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { packOfQuarter, type Quarter } from '../support/small-bank-packs.js';
import { describeUnlessProved } from '../support/verdict.js';

const scratch = mkdtempSync(join(tmpdir(), 'keyproof-merge-'));
const folders = [scratch];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const STALE = '2026-01-10T08:00:00Z';

async function pack(name: string, quarter: Partial<Quarter>): Promise<string> {
  const args = ['--framework', 'pci'];
  const made = await packOfQuarter({ asOf: '2026-09-30', keys: [], args, ...quarter });
  folders.push(made.folder);
  cpSync(made.pack, join(scratch, name), { recursive: true });
  return join(scratch, name);
}

const merge = (packs: readonly string[], name: string, ...more: string[]) =>
  keyproof(
    ['merge', ...packs, '--framework', 'pci', '--format', 'json', '--fail-on', 'none', '-o', name, ...more],
    {
      cwd: scratch,
    },
  );

const assessmentOf = (name: string) =>
  JSON.parse(readFileSync(join(scratch, name, 'assessment.json'), 'utf8')) as Assessment;

async function outcomesOf(name: string, rule: string) {
  const opened = await openPack(join(scratch, name));
  const found: { [subject: string]: string } = {};
  for await (const { subject, outcome } of opened.observations({ ruleId: rule })) found[subject.id] = outcome;
  await opened.close();
  return found;
}

describeUnlessProved('keyproof merge', import.meta.url, PROGRAM_FILES, () => {
  let packs: string[] = [];
  beforeAll(async () => {
    packs = [
      await pack('payments', { keys: [{ key_id: 'pay-1', last_rotated: STALE }, { key_id: 'shared-1' }] }),
      await pack('cards', {
        keys: [
          { key_id: 'card-1', last_rotated: '2026-09-01T08:00:00Z' },
          { key_id: 'shared-1', last_rotated: STALE, pci_scope: 'cde' },
        ],
      }),
    ];
  });

  test('has each subject once, the worse result where packs differ, and evidence named by pack', async () => {
    const run = await merge(packs, 'both');
    expect(run.stderr).toContain('Evidence pack: both');
    expect(await outcomesOf('both', 'rotation-max-age')).toEqual({
      'card-1': 'pass',
      'pay-1': 'fail',
      'shared-1': 'fail',
    });
    const { subjects, merged, inputs, observations } = assessmentOf('both');
    expect(subjects).toMatchObject({ key: 3, principal: 1, organisation: 1 });
    expect(merged?.packs.map(({ name }) => name)).toEqual(['payments', 'cards']);
    expect(merged).toMatchObject({ shared: 3, differing: 2 });
    expect(inputs.map(({ path }) => path)).toContain('cards/exports/keys.csv');
    const cited = observations.flatMap(({ violations }) => violations.flatMap(({ records }) => records));
    expect(cited.length).toBeGreaterThan(0);
    expect(cited.every(({ file }) => /^(cards|payments)\/exports\//.test(file))).toBe(true);
    expect((await keyproof(['verify', 'both'], { cwd: scratch })).code).toBe(0);
  });

  test('says the same in whatever order packs are named, but for that order', async () => {
    await merge(packs, 'there');
    await merge([...packs].reverse(), 'back');
    const { merged: _there, ...there } = assessmentOf('there');
    const { merged: _back, ...back } = assessmentOf('back');
    expect(back).toEqual(there);
  });

  test('judges controls on all packs, and the same as one audit of subjects that no pack shares', async () => {
    const apart = [
      await pack('one', { keys: [{ key_id: 'a-1', last_rotated: STALE }] }),
      await pack('two', { keys: [{ key_id: 'b-1' }] }),
    ];
    await merge(apart, 'apart');
    await pack('whole', { keys: [{ key_id: 'a-1', last_rotated: STALE }, { key_id: 'b-1' }] });
    const failed = ({ frameworks }: Assessment) =>
      frameworks.flatMap(({ controls }) => controls.map(({ id, verdict }) => `${id} ${verdict}`));
    expect(failed(assessmentOf('apart'))).toEqual(failed(assessmentOf('whole')));
    expect(assessmentOf('apart').severities).toEqual(assessmentOf('whole').severities);
  });

  test('names what each pack lacked, and how each joined its records', async () => {
    const rotations = 'key_id,rotation_id,step,actor,at\nq-1,r-1,deployed,o.lindqvist,2026-09-01T08:00:00Z\n';
    const lacking = [
      await pack('whole-log', { keys: [{ key_id: 'p-1' }], files: { 'exports/rotations.csv': rotations } }),
      await pack('cut-log', {
        keys: [{ key_id: 'q-1' }],
        files: { 'exports/rotations.csv': `${rotations},r-2,deployed,o.lindqvist,2026-09-02T08:00:00Z\n` },
      }),
    ];
    await merge(lacking, 'lacking');
    const { partialInputs, joins } = assessmentOf('lacking');
    expect(partialInputs).toContainEqual({
      kinds: ['rotations'],
      problem: 'cut-log: 1 record was rejected in exports/rotations.csv',
    });
    const rotationJoins = joins?.filter(({ kind }) => kind === 'rotations');
    expect(rotationJoins).toEqual([
      { kind: 'rotations', rule: 'id', records: 1 },
      { kind: 'rotations', rule: 'unknown', records: 1 },
    ]);
  });

  test('refuses packs that were not judged alike, one pack, and two of one name', async () => {
    const later = await pack('later', { asOf: '2026-10-31', keys: [{ key_id: 'a-1' }] });
    const limits = await pack('limits', {
      keys: [{ key_id: 'a-1' }],
      config:
        'thresholds: { inv-dormant-revoked: { params: { max_idle_days: 30 }, by: Ines Okafor, reason: Own policy } }\n',
    });
    const [first = ''] = packs;
    const told = async (named: readonly string[]) => {
      const { code, stderr } = await merge(named, 'refused');
      return `${code} ${stderr}`;
    };
    expect(await told([first, later])).toMatch(/^2 .*later: its as-of date differs/);
    expect(await told([first, limits])).toMatch(/^2 .*limits: the limits of inv-dormant-revoked differ/);
    expect(await told([first])).toMatch(/^2 .*two packs or more/);
    expect(await told([first, first])).toMatch(/^2 .*payments: two packs are in folders of this name/);
    expect(await told([first, scratch])).toMatch(/^2 .*manifest\.json/);
  });
});
