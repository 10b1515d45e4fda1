import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { stateOf } from '../../src/assess/exceptions.js';
import type { Assessment, PackDiff, Waiver } from '../../src/model/index.js';
import { keyproof } from '../support/cli.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { packOfQuarter, type Quarter } from '../support/small-bank-packs.js';
import { describeUnlessProved } from '../support/verdict.js';

const folders: string[] = [];
const scratch = mkdtempSync(join(tmpdir(), 'keyproof-waivers-'));
describeUnlessProved('waivers', import.meta.url, PROGRAM_FILES, () => {
  afterAll(() => {
    for (const folder of [scratch, ...folders]) rmSync(folder, { recursive: true, force: true });
  });

  const WAIVER: Waiver = {
    id: 'W-2026-014',
    rule: 'rotation-max-age',
    subjects: ['partner-*', 'k-1'],
    reason: 'The partner replaces its gateway in October',
    risk: 'A key that leaked earlier works until then',
    compensatingControl: 'Calls are allowed from two addresses only',
    requestedBy: 'Noor Haddad',
    approver: 'Ines Okafor',
    granted: '2026-07-01',
    expires: '2026-12-31',
    ticket: 'RSK-204',
  };
  const STALE = '2026-01-10T08:00:00Z';
  const keys = ['partner-a', 'partner-b', 'k-1', 'k-2'].map((key_id) => ({ key_id, last_rotated: STALE }));

  async function audited(waivers: readonly Waiver[], more: Partial<Quarter> = {}) {
    const config = waivers.length === 0 ? '' : stringify({ waivers });
    const args = ['--framework', 'pci'];
    const { pack, folder, run } = await packOfQuarter({ asOf: '2026-09-30', keys, config, args, ...more });
    folders.push(folder);
    const assessment = JSON.parse(readFileSync(join(pack, 'assessment.json'), 'utf8')) as Assessment;
    const outcomes = Object.fromEntries(
      assessment.observations
        .filter(({ ruleId }) => ruleId === 'rotation-max-age')
        .map(({ subject, outcome, waiver }) => [subject.id, [outcome, waiver].join(' ').trim()]),
    );
    return { pack, folder, run, assessment, outcomes };
  }

  describe('an accepted exception', () => {
    test('keeps a failure visible as waived: no pass, no verdict better than an accepted exception', async () => {
      const [plain, waived] = [await audited([]), await audited([WAIVER])];
      expect(waived.outcomes).toEqual({
        'k-1': 'waived W-2026-014',
        'k-2': 'fail',
        'partner-a': 'waived W-2026-014',
        'partner-b': 'waived W-2026-014',
      });
      const of = ({ assessment }: { assessment: Assessment }) =>
        assessment.policies.find(({ id }) => id === 'rotation-max-age')?.outcomes;
      expect(of(plain)).toMatchObject({ fail: 4, waived: 0 });
      expect(of(waived)).toEqual({ ...of(plain), fail: 1, waived: 3 });
      const shown = waived.assessment.observations.find(({ outcome }) => outcome === 'waived');
      expect(shown).toMatchObject({
        severity: 'medium',
        violations: [{ message: expect.stringContaining('last rotated 2026-01-10') }],
      });
      expect(waived.assessment.exceptions).toEqual([
        expect.objectContaining({
          id: 'W-2026-014',
          state: 'in-force',
          failures: 3,
          worksheet: null,
          allSubjects: false,
        }),
      ]);
      expect(waived.run.stderr).not.toContain('waiver');
    });

    test('of every failure leaves no verdict better than an accepted exception', async () => {
      const args = ['--framework', 'soc2,pci,gdpr'];
      const plain = await audited([], { args });
      const { subjects: _, ...rest } = WAIVER;
      const rules = plain.assessment.policies.filter(({ outcomes }) => outcomes.fail > 0).map(({ id }) => id);
      const all = rules.map((rule) => ({ ...rest, id: `W-${rule}`, rule, allSubjects: true as const }));
      const waived = await audited(all, { args });
      expect(waived.assessment.outcomes).toMatchObject({ fail: 0, waived: plain.assessment.outcomes.fail });
      const verdicts = ({ assessment }: { assessment: Assessment }) =>
        assessment.frameworks.flatMap(({ id, controls }) =>
          controls.map((control) => ({ name: `${id} ${control.id}`, ...control })),
        );
      const before = verdicts(plain);
      const after = verdicts(waived);
      for (const [index, { name, verdict }] of after.entries()) {
        const earlier = before[index]?.verdict;
        if (earlier === 'exception')
          expect(['exception-accepted', 'insufficient-data'], name).toContain(verdict);
        else expect(verdict, name).toBe(earlier);
      }
    });

    test('fails again and is named once it has expired; before it is granted it covers nothing', async () => {
      const expired = await audited([{ ...WAIVER, expires: '2026-09-29' }]);
      expect(expired.outcomes['k-1']).toBe('fail W-2026-014');
      expect(expired.run.stderr).toContain(
        'waiver W-2026-014 expired on 2026-09-29: 3 failures of rotation-max-age that it named fail again',
      );
      expect(expired.assessment.exceptions).toMatchObject([{ state: 'expired', failures: 3, controls: [] }]);
      const early = await audited([{ ...WAIVER, granted: '2026-10-01' }]);
      expect(early.outcomes['k-1']).toBe('fail W-2026-014');
      expect(early.run.stderr).toContain('is granted from 2026-10-01 on, after the as-of date: 3 failures');
      expect((await audited([{ ...WAIVER, expires: '2026-09-30' }])).outcomes['k-1']).toBe(
        'waived W-2026-014',
      );
    });

    test('that names no failure is noted, and one about no rule is refused', async () => {
      const unused = await audited([{ ...WAIVER, subjects: ['k-9', 'partner_a'] }]);
      expect(Object.values(unused.outcomes)).toEqual(['fail', 'fail', 'fail', 'fail']);
      expect(unused.run.stderr).toContain(
        'waiver W-2026-014 names no failure of rotation-max-age: it is not used',
      );
      const { run } = await packOfQuarter({
        asOf: '2026-09-30',
        keys,
        config: stringify({ waivers: [{ ...WAIVER, rule: 'rotation-maxage' }] }),
      });
      expect(run).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('did you mean "rotation-max-age"?'),
      });
    });

    test('is a change with the cause waiver, and explained as the failure that it covers', async () => {
      const [plain, waived] = [await audited([]), await audited([WAIVER])];
      const run = await keyproof(['diff', plain.pack, waived.pack, '--json', '--fail-on', 'none']);
      const { changes } = JSON.parse(run.stdout) as PackDiff;
      const of = (kind: string) =>
        changes.filter(({ change }) => change === kind).map(({ subject, causes }) => [subject.id, ...causes]);
      expect(of('waived')).toEqual([
        ['k-1', 'waiver'],
        ['partner-a', 'waiver'],
        ['partner-b', 'waiver'],
      ]);
      expect((await keyproof(['diff', waived.pack, plain.pack])).stdout).toContain(
        'Exception ended: 3 medium; cause: waiver 3',
      );
      const id = waived.assessment.exceptions[0]?.findings[0] ?? '';
      const explained = await keyproof(['explain', id, '--pack', waived.pack, 'exports'], {
        cwd: waived.folder,
      });
      expect(explained.stdout + explained.stderr).toContain('the accepted exception W-2026-014 covers it');
    });
  });

  describe('waivers lint', () => {
    const lint = async (...waivers: object[]) => {
      const file = join(scratch, 'waivers.yaml');
      writeFileSync(file, stringify({ waivers }));
      return keyproof(['waivers', 'lint', 'waivers.yaml'], { cwd: scratch });
    };

    test.each<[string, object, string]>([
      ['no expiry', { expires: undefined }, 'lacks "expires"'],
      [
        'more than a year',
        { expires: '2027-07-05' },
        'it holds for 369 days; an exception expires after a year at most',
      ],
      [
        'expiry before it is granted',
        { expires: '2026-06-30' },
        'it expires (2026-06-30) before it is granted (2026-07-01)',
      ],
      ['no day of the calendar', { expires: '2026-11-31' }, 'expires is no day of the calendar'],
      ['a date in another form', { expires: '31/12/2026' }, '"31/12/2026" cannot be used'],
      ['approved by who asked', { approver: ' noor haddad' }, 'approver is who requested it'],
      ['every subject by a pattern', { subjects: ['k-1', '*'] }, 'state allSubjects: true if that is meant'],
      ['no subject', { subjects: [] }, 'it names no subjects; name them, or state allSubjects: true'],
      ['every subject and some', { allSubjects: true }, 'subjects and allSubjects contradict each other'],
      ['a blank reason', { reason: '  ' }, 'reason'],
      ['a misspelt key', { expire: '2026-12-31' }, 'did you mean "expires"?'],
      ['a worksheet in part', { worksheet: { constraints: 'No second gateway' } }, 'lacks "definition"'],
    ])('refuses %s', async (_, change, sentence) => {
      const run = await lint({ ...WAIVER, ...change });
      expect(run.code).toBe(2);
      expect(run.stderr).toContain(sentence);
      expect(run.stderr).toMatch(/^keyproof: waivers\.yaml:\d+: /);
    });

    test.each([
      ['Latin-1', 'latin1', 'Line 11 is not in UTF-8, which is expected; save it as UTF-8.'],
      ['UTF-16', 'utf16le', 'It is in UTF-16, and UTF-8 is expected; save it as UTF-8.'],
    ] as const)(
      'refuses a file in %s, in which the name of an approver would be another',
      async (_, encoding, why) => {
        const text = stringify({ waivers: [{ ...WAIVER, approver: 'Inès Okafor' }] });
        writeFileSync(join(scratch, 'waivers.yaml'), Buffer.from(text, encoding));
        const run = await keyproof(['waivers', 'lint', 'waivers.yaml'], { cwd: scratch });
        expect(run).toMatchObject({ code: 2, stdout: '', stderr: `keyproof: waivers.yaml: ${why}\n` });
      },
    );

    test('refuses an id given twice, and takes what is in order', async () => {
      expect((await lint(WAIVER, WAIVER)).stderr).toContain(
        'waivers.yaml:16: waiver W-2026-014: the id is given twice',
      );
      const { subjects: _, ...rest } = WAIVER;
      expect(await lint(WAIVER, { ...rest, id: 'W-2', allSubjects: true })).toEqual({
        code: 0,
        stdout: '2 waivers: no problem.\n',
        stderr: '',
      });
    });
  });

  test('waivers expiring lists what has expired or will, the first first', async () => {
    const waivers = [
      { ...WAIVER, id: 'W-3', expires: '2026-12-31' },
      { ...WAIVER, id: 'W-2', expires: '2026-10-30' },
      { ...WAIVER, id: 'W-1', expires: '2026-09-29' },
    ];
    writeFileSync(join(scratch, 'list.yaml'), stringify({ waivers }));
    const run = async (...args: string[]) =>
      keyproof(['waivers', 'expiring', 'list.yaml', '--as-of', '2026-09-30', ...args], { cwd: scratch });
    expect((await run()).stdout).toMatch(
      /^2026-09-29 {2}W-1 {2}expired .*\n2026-10-30 {2}W-2 {2}expires .*Ines Okafor, RSK-204\n$/,
    );
    expect(JSON.parse((await run('--within', '120', '--json')).stdout)).toHaveLength(3);
    expect((await run('--within', 'soon')).stderr).toContain('"soon" is not a number of days');
  });

  test('an exception holds on its first and last day whole, UTC, and on no other', () => {
    const day = fc.integer({ min: 0, max: 2000 }).map((number) => Date.UTC(2024, 0, 1 + number));
    fc.assert(
      fc.property(day, day, fc.integer({ min: -2, max: 2 }), fc.boolean(), (from, length, offset, late) => {
        const to = from + (length - Date.UTC(2024, 0, 1));
        const iso = (ms: number) => new Date(ms).toISOString().slice(0, 10);
        const at = to + offset * 86_400_000 + (late ? 86_399_999 : 0);
        const expected = at < from ? 'not-yet-granted' : iso(at) <= iso(to) ? 'in-force' : 'expired';
        expect(stateOf({ granted: iso(from), expires: iso(to) }, at)).toBe(expected);
      }),
    );
  });
});
