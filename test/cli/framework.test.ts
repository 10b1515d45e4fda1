import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Assessment } from '../../src/model/index.js';
import { keyproof } from '../support/cli.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';

const folder = mkdtempSync(join(tmpdir(), 'keyproof-framework-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const KEYS = `key_id,environment,status,created,owner
nb-owned,production,active,2026-01-05T08:00:00Z,p-1
nb-orphaned,production,active,2026-01-05T08:00:00Z,p-2
`;
const PEOPLE = `principal_id,kind,status,departed_at
p-1,human,active,
p-2,human,left,2026-03-31T17:00:00Z
`;
mkdirSync(join(folder, 'exports'));
writeFileSync(join(folder, 'exports', 'keys.csv'), KEYS);
writeFileSync(join(folder, 'exports', 'people.csv'), PEOPLE);

const here = { cwd: folder };
const read = (...path: string[]) => readFileSync(join(folder, ...path), 'utf8');

async function audit(...args: string[]): Promise<Assessment> {
  const options = ['--as-of', '2026-09-30', '--format', 'json', '--fail-on', 'none', '-o', 'pack'];
  const run = await keyproof(['audit', 'exports', ...options, ...args], here);
  expect(run.code, run.stderr).not.toBe(2);
  return JSON.parse(read('pack', 'assessment.json')) as Assessment;
}

const states = ({ inputs }: Assessment) =>
  inputs.map(({ path, state, warnings }) => [path, state, ...warnings]);

describeUnlessProved('a framework of one’s own', import.meta.url, PROGRAM_FILES, () => {
  test('is written, passes the check as it is, and is assessed beside ours', async () => {
    const written = await keyproof(['framework', 'new', 'house-rules', '--dir', 'rules'], here);
    expect(written).toMatchObject({ code: 0, stdout: 'rules/house-rules.yaml\n' });
    const checked = await keyproof(['framework', 'check', 'rules/house-rules.yaml'], here);
    expect(checked.stdout).toBe(
      'house-rules: 2 controls, 1 mapping, no errors; 1 control is tested by no policy\n',
    );
    expect(checked.code).toBe(0);
    const { frameworks, plan } = await audit('--framework', 'soc2,./rules/house-rules.yaml');
    expect(plan.frameworks).toEqual(['soc2-2017', 'house-rules']);
    const verdicts = frameworks[1]?.controls.map(({ id, verdict }) => [id, verdict]);
    expect(verdicts).toEqual([
      ['K-1', 'exception'],
      ['K-2', 'not-tested'],
    ]);
    expect(read('pack', 'assessment.json')).not.toContain(folder);
  });

  test('says why a policy of one’s own that it names is not there', async () => {
    await keyproof(['policy', 'new', 'key-naming', '--dir', 'own'], here);
    const rego = join(folder, 'own', 'key_naming', 'key_naming.rego');
    const rule = readFileSync(rego, 'utf8');
    const named = read('rules', 'house-rules.yaml')
      .replace('inv-owner-assigned', 'key-naming')
      .replace('id: house-rules', 'id: named');
    writeFileSync(join(folder, 'named.yaml'), named.replace(/ +elements: .*\n/, ''));
    const check = () => keyproof(['framework', 'check', 'named.yaml', '--policy', 'own'], here);
    expect((await check()).code).toBe(0);
    writeFileSync(rego, rule.replace('#   requires: [key.name]\n', ''));
    const { code, stdout } = await check();
    expect(code).toBe(2);
    expect(stdout).toContain('K-1: there is no policy "key-naming"');
    expect(stdout).toContain("key_naming.rego:17: METADATA custom must have required property 'requires'.");
  });

  test('is named in keyproof.yaml as a folder, beside all of ours, and is no export', async () => {
    mkdirSync(join(folder, 'exports', 'rules'), { recursive: true });
    writeFileSync(join(folder, 'exports', 'rules', 'house-rules.yaml'), read('rules', 'house-rules.yaml'));
    writeFileSync(join(folder, 'exports', 'keyproof.yaml'), 'frameworks: [all, ./rules]\n');
    const assessment = await audit();
    expect(assessment.plan.frameworks).toEqual([
      'finra-sec',
      'gdpr',
      'iso-27001-2022',
      'nydfs-500',
      'pci-dss-4.0.1',
      'psd2-dora',
      'soc2-2017',
      'sox-itgc',
      'house-rules',
    ]);
    expect(states(assessment)).toEqual([
      ['keyproof.yaml', 'not-used', "keyproof's own configuration: left out"],
      ['keys.csv', 'used'],
      ['people.csv', 'used'],
      ['rules/house-rules.yaml', 'not-used', 'a framework of your own: left out'],
    ]);
  });

  test('is explained and listed as ours are', async () => {
    const own = ['--framework', 'rules/house-rules.yaml'];
    const control = await keyproof(['explain', 'house-rules/K-1', ...own], here);
    expect(control.stdout).toContain('Every key has an owner');
    const rule = await keyproof(['explain', 'inv-owner-assigned', ...own], here);
    expect(rule.stdout).toContain('K-1');
    const listed = await keyproof(['frameworks', './rules/house-rules.yaml'], here);
    expect(listed.stdout).toContain('1 of 2 controls is tested by no policy.');
  });

  const MISTAKES: readonly (readonly [
    what: string,
    args: string[],
    from: string,
    to: string,
    said: string,
  ])[] = [
    [
      'an unknown policy',
      ['check'],
      'inv-owner-assigned',
      'inv-owner-asigned',
      'did you mean "inv-owner-assigned"?',
    ],
    ['an unknown element', ['check'], '[known, employed]', '[knwon]', 'knwon'],
    [
      'the name of one of ours',
      ['check'],
      'aliases: []',
      'aliases: [pci]',
      '"pci" is already the name of frameworks/pci-dss-4.0.1.yaml.',
    ],
    [
      'an id that is not the name of the file',
      ['check'],
      'id: house-rules',
      'id: home-rules',
      `id must be the file's name`,
    ],
  ];
  test.each(MISTAKES)('%s is one sentence with its file and line', async (_what, args, from, to, said) => {
    mkdirSync(join(folder, 'wrong'), { recursive: true });
    writeFileSync(
      join(folder, 'wrong', 'house-rules.yaml'),
      read('rules', 'house-rules.yaml').replace(from, to),
    );
    const { code, stdout } = await keyproof(['framework', ...args, 'wrong'], here);
    expect(stdout).toContain(said);
    expect(stdout).toContain('house-rules.yaml');
    expect(code).toBe(2);
  });

  test('a path that is not there, an empty folder and a bare name are told', async () => {
    mkdirSync(join(folder, 'empty'), { recursive: true });
    for (const [asked, said] of [
      ['./nothing.yaml', 'no such framework file or folder'],
      ['./empty', 'has no framework file'],
      ['house-rules', 'There is no framework "house-rules"'],
    ] as const) {
      const run = await keyproof(['audit', 'exports', '--framework', asked], here);
      expect(run.code).toBe(2);
      expect(run.stderr).toContain(said);
    }
  });

  test('nothing that is there is overwritten, and an id that is none is refused', async () => {
    expect(await keyproof(['framework', 'new', 'house-rules', '--dir', 'rules'], here)).toMatchObject({
      code: 2,
    });
    expect(await keyproof(['framework', 'new', 'House Rules'], here)).toMatchObject({ code: 2 });
  });
});
