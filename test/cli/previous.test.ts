import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Assessment, PackDiff } from '../../src/model/index.js';
import { keyproof } from '../support/cli.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { packOfQuarter, type Quarter } from '../support/small-bank-packs.js';
import { describeUnlessProved } from '../support/verdict.js';

const folders: string[] = [];
describeUnlessProved('--previous', import.meta.url, PROGRAM_FILES, () => {
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  async function audited(quarter: Quarter) {
    const args = ['--framework', 'soc2', ...(quarter.args ?? [])];
    const { pack, folder, run } = await packOfQuarter({ ...quarter, args });
    folders.push(folder);
    if (run.code !== 0) return { pack, run, assessment: null };
    return {
      pack,
      run,
      assessment: JSON.parse(readFileSync(join(pack, 'assessment.json'), 'utf8')) as Assessment,
    };
  }

  const STALE = '2025-11-10T08:00:00Z';
  const stays = { key_id: 'k-stays', last_rotated: STALE };
  const due = 'due: { critical: 7d, high: 30d, medium: 100d, low: 180d }\n';

  test('--previous carries when a failure was first seen over three packs, and counts the due date from it', async () => {
    const first = await audited({
      asOf: '2026-03-31',
      keys: [stays, { key_id: 'k-fixed', last_rotated: STALE }],
    });
    const second = await audited({
      asOf: '2026-06-30',
      keys: [stays, { key_id: 'k-fixed' }],
      args: ['--previous', first.pack],
      config: due,
    });
    const third = await audited({
      asOf: '2026-09-30',
      keys: [
        stays,
        { key_id: 'k-fixed', last_rotated: '2026-09-20T08:00:00Z' },
        { key_id: 'k-new', last_rotated: STALE },
      ],
      args: ['--previous', second.pack],
      config: due,
    });
    const seen = (key: string) =>
      third.assessment?.observations.find(
        ({ ruleId, subject }) => ruleId === 'rotation-max-age' && subject.id === key,
      );
    expect(first.assessment?.observations.every(({ firstSeen }) => firstSeen === undefined)).toBe(true);
    expect(seen('k-stays')?.firstSeen).toBe('2026-03-31T23:59:59.999Z');
    expect(seen('k-new')?.firstSeen).toBe('2026-09-30T23:59:59.999Z');

    const action = third.assessment?.actions.find(({ ruleId }) => ruleId === 'rotation-max-age');
    expect(action).toMatchObject({
      due: { date: '2026-07-09', days: 100 },
      overdue: 1,
      firstSeen: '2026-03-31T23:59:59.999Z',
    });
    const plain = first.assessment?.actions.find(({ ruleId }) => ruleId === 'rotation-max-age');
    expect(plain).toMatchObject({ due: { date: '2026-06-29', days: 90 } });

    const changes = third.assessment?.changes;
    expect(changes?.previous.asOf).toBe('2026-06-30T23:59:59.999Z');
    const late = third.assessment?.actions.reduce((sum, { overdue = 0 }) => sum + overdue, 0);
    expect(Object.values(changes?.overdue ?? {}).reduce((sum, number) => sum + number, 0)).toBe(late);
    const said = third.run.stderr.replace(/\s+/g, ' ');
    expect(said).toMatch(
      /Since 30 June 2026, end of day UTC: \d+ new, .*persisting.*; \d+ overdue by the suggested dates\./,
    );
    expect(said.match(/since 30 June 2026, end of day UTC:/gi)).toHaveLength(1);

    // The same counts as diff, which reads the two packs alone.
    const diff = JSON.parse(
      (await keyproof(['diff', second.pack, third.pack, '--json', '--fail-on', 'none'])).stdout,
    ) as PackDiff;
    const counted = Object.entries(diff.counts).flatMap(([kind, { total, severities }]) =>
      total === 0 ? [] : [[kind, { total, severities }]],
    );
    expect(changes?.counts).toEqual(Object.fromEntries(counted));
  });

  test('tells of the fixed ones those that other settings alone explain, and no evidence, as diff does', async () => {
    const limit = (days: number) =>
      `thresholds: { rotation-max-age: { params: { max_age_days: { medium: ${days} } }, by: R. Thorvik, reason: Trial } }\n`;
    const keys = [stays, { key_id: 'k-mended', last_rotated: STALE }];
    const old = await audited({ asOf: '2026-09-30', keys, config: limit(90) });
    const alike = { asOf: '2026-09-30', args: ['--previous', old.pack], config: limit(90) };
    const mended = [stays, { key_id: 'k-mended', last_rotated: '2026-09-20T08:00:00Z' }];
    const evidence = await audited({ ...alike, keys: mended });
    const both = await audited({ ...alike, keys: mended, config: limit(900) });
    const settings = await audited({ ...alike, keys, config: limit(900) });
    const told = [];
    for (const { pack, assessment, run } of [evidence, both, settings]) {
      const diff = JSON.parse(
        (await keyproof(['diff', old.pack, pack, '--json', '--fail-on', 'none'])).stdout,
      ) as PackDiff;
      expect(assessment?.changes?.fixedBySettings).toBe(diff.counts.fixed.bySettings);
      told.push(/\d+ fixed( \(.*?\))?/.exec(run.stderr.replace(/\s+/g, ' '))?.[0]);
    }
    expect(told).toEqual([
      expect.stringMatching(/^\d+ fixed$/),
      expect.stringMatching(/^(\d+) fixed \((?!\1 )\d+ by other settings alone\)$/),
      expect.stringMatching(/^(\d+) fixed \(\1 by other settings alone\)$/),
    ]);
  });

  test('--previous refuses a pack of a later date, and what is no pack', async () => {
    const later = await audited({ asOf: '2026-09-30', keys: [stays] });
    const { run } = await audited({ asOf: '2026-06-30', keys: [stays], args: ['--previous', later.pack] });
    expect(run).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--previous: the pack is as of 2026-09-30, which is after this audit'),
    });
    const other = await audited({ asOf: '2026-06-30', keys: [stays], args: ['--previous', 'exports'] });
    expect(other.run).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('manifest.json: cannot be read'),
    });
  });
});
