import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { Ajv } from 'ajv';
import { parse } from 'csv-parse/sync';
import { parse as parseHtml } from 'parse5';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { schemaOf } from '../../src/assets/schemas.js';
import type { Assessment, CheckChange, Manifest, PackDiff, PackTrend } from '../../src/model/index.js';
import { keyproof } from '../support/cli.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { type KeyRow, packOfQuarter, type Quarter } from '../support/small-bank-packs.js';
import { describeUnlessProved } from '../support/verdict.js';

const STALE = '2026-01-10T08:00:00Z';
const folders: string[] = [];
const out = mkdtempSync(join(tmpdir(), 'keyproof-diff-'));
afterAll(() => {
  for (const folder of [out, ...folders]) rmSync(folder, { recursive: true, force: true });
});

async function packOf(quarter: Quarter): Promise<string> {
  const { pack, folder, run } = await packOfQuarter({ args: ['--framework', 'soc2'], ...quarter });
  folders.push(folder);
  expect(existsSync(join(pack, 'manifest.json')), run.stderr).toBe(true);
  return pack;
}

const diffOf = async (...args: string[]): Promise<PackDiff> =>
  JSON.parse((await keyproof(['diff', ...args, '--json', '--fail-on', 'none'])).stdout) as PackDiff;

/** Returns `change cause` of a check; several causes are joined by `+`. */
const became = ({ changes }: PackDiff, rule: string, key: string): string | undefined => {
  const found = changes.find(({ ruleId, subject }) => ruleId === rule && subject.id === key);
  return found && [found.change, found.causes.join('+')].join(' ').trim();
};

/** An independent reading of what differs: by the rows of both findings lists of assessment.json. */
const failuresOf = (pack: string): Set<string> => {
  const { observations } = JSON.parse(readFileSync(join(pack, 'assessment.json'), 'utf8')) as {
    observations: { id: string; outcome: string }[];
  };
  return new Set(observations.filter(({ outcome }) => outcome === 'fail').map(({ id }) => id));
};

const rowsOf = async (sql: string): Promise<string[]> => {
  const connection = await (await DuckDBInstance.create()).connect();
  const rows = (await connection.runAndReadAll(sql)).getRowObjects();
  connection.closeSync();
  return rows.map(({ id }) => String(id));
};
const checksIn = (pack: string) => rowsOf(`SELECT id FROM read_parquet('${pack}/observations.parquet')`);
const passedIn = (pack: string) =>
  rowsOf(`SELECT id FROM read_parquet('${pack}/observations.parquet') WHERE outcome IN ('pass', 'attested')`);

/** The state of each control, read from assessment.json. */
const controlsOf = (pack: string): Map<string, string> => {
  const { frameworks } = JSON.parse(readFileSync(join(pack, 'assessment.json'), 'utf8')) as Assessment;
  return new Map(
    frameworks.flatMap(({ id, controls }) =>
      controls.map(({ id: control, verdict, verdictText }) => [
        `${id} ${control}`,
        `${verdict}: ${verdictText}`,
      ]),
    ),
  );
};

/** How many subjects each control of a pack is about, read from assessment.json. */
const scopesOf = (pack: string): Map<string, string> => {
  const { frameworks } = JSON.parse(readFileSync(join(pack, 'assessment.json'), 'utf8')) as Assessment;
  const scope = ({ population, outOfScope, undecided }: Mapping) =>
    `${population} ${outOfScope} ${undecided}`;
  return new Map(
    frameworks.flatMap(({ controls }) =>
      controls.map(({ id, mappings }) => [id, mappings.map(scope).join()]),
    ),
  );
};
type Mapping = Assessment['frameworks'][number]['controls'][number]['mappings'][number];

/** Expects a comparison to name the controls whose state differs, no other, each as its own pack states it. */
const expectStates = ({ controls }: PackDiff, old: string, now: string): void => {
  const [before, after] = [controlsOf(old), controlsOf(now)];
  const differ = [...after.keys()].filter((id) => before.get(id) !== after.get(id));
  const told = controls.map(({ framework, control, old: was, new: is }) => [
    `${framework} ${control}`,
    `${was?.verdict}: ${was?.text}`,
    `${is?.verdict}: ${is?.text}`,
  ]);
  expect(told.sort()).toEqual(differ.map((id) => [id, before.get(id), after.get(id)]).sort());
};

describeUnlessProved('two quarters', import.meta.url, PROGRAM_FILES, () => {
  let old: string;
  let now: string;
  let diff: PackDiff;

  beforeAll(async () => {
    const stays: KeyRow[] = [
      { key_id: 'k-stays', last_rotated: STALE },
      { key_id: 'k-aged', last_rotated: '2026-05-02T08:00:00Z' },
    ];
    old = await packOf({
      asOf: '2026-06-30',
      keys: [
        ...stays,
        { key_id: 'k-fixed', last_rotated: STALE },
        { key_id: 'k-gone', last_rotated: STALE },
        { key_id: 'k-open', risk_tier: '', last_rotated: '2026-04-20T08:00:00Z' },
        { key_id: 'k-lost' },
      ],
    });
    now = await packOf({
      asOf: '2026-09-30',
      keys: [
        { key_id: 'k-new', last_rotated: STALE },
        ...stays,
        { key_id: 'k-fixed', last_rotated: '2026-09-12T08:00:00Z' },
        { key_id: 'k-open', last_rotated: '2026-09-12T08:00:00Z' },
        { key_id: 'k-lost', last_rotated: '2026-07-20T08:00:00Z', risk_tier: '' },
      ],
    });
    diff = await diffOf(old, now);
  });

  test('tell new, regressed, persisting, fixed and gone failures, and what was decided, each with its cause', () => {
    const rotation = (key: string) => became(diff, 'rotation-max-age', key);
    expect(rotation('k-new')).toBe('new evidence');
    expect(rotation('k-stays')).toBe('persisting');
    // Its row is the same in both registers, so that the date alone explains it, although the file differs.
    expect(rotation('k-aged')).toBe('regressed time');
    expect(rotation('k-fixed')).toBe('fixed evidence+time');
    expect(rotation('k-gone')).toBe('gone evidence');
    expect(rotation('k-open')).toBe('decided evidence+time');
    expect(rotation('k-lost')).toBe('newly-undecided evidence+time');
  });

  test('add up: every failure of either pack is in the list once, and the counts are those of the list', async () => {
    const before = failuresOf(old);
    const after = failuresOf(now);
    const ids = (changes: string[]) =>
      diff.changes.filter(({ change }) => changes.includes(change)).map(({ id }) => id);
    expect(ids(['new', 'regressed', 'lapsed', 'persisting']).sort()).toEqual([...after].sort());
    expect(ids(['persisting'])).toEqual(ids(['persisting']).filter((id) => before.has(id)));
    expect(new Set(diff.changes.map(({ id }) => id)).size).toBe(diff.changes.length);
    for (const [kind, { total, severities }] of Object.entries(diff.counts)) {
      const own = diff.changes.filter(({ change }) => change === kind);
      expect(total).toBe(own.length);
      const severe = own.filter((one) => (one.new?.severity ?? one.old?.severity ?? null) !== null);
      expect(Object.values(severities).reduce((sum, number) => sum + number, 0)).toBe(severe.length);
    }
    const left = [...before].filter((id) => !after.has(id));
    expect(ids(['fixed', 'gone', 'no-longer-applies', 'newly-undecided', 'waived'])).toEqual(
      expect.arrayContaining(left),
    );
    expect(diff.subjects).toEqual([{ kind: 'key', added: 1, gone: 1 }]);
    const oldIds = await passedIn(old);
    const nowIds = await checksIn(now);
    expect(diff.unexamined).toBe(oldIds.filter((id) => !nowIds.includes(id)).length);
    expect(diff.unexamined).toBeGreaterThan(0);
  });

  test('give exit code 1 for a failure that the old pack does not have, at or above --fail-on', async () => {
    const run = await keyproof(['diff', old, now]);
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('from 30 June 2026, end of day UTC to 30 September 2026, end of day UTC.');
    expect(run.stdout).toContain(
      'pass -> fail (medium); cause: as-of date or period\n            last rotated 2026-05-02',
    );
    expect(run.stderr).toMatch(
      /^\d+ failures? at or above high that the old pack does not have: exit 1\.\n$/,
    );
    expect((await keyproof(['diff', old, now, '--fail-on', 'critical'])).code).toBe(0);
    expect((await keyproof(['diff', now, now])).code).toBe(0);
    expect((await keyproof(['diff', now, now])).stdout).toContain('! Both packs are the same.');
    expect((await keyproof(['diff', now, old])).stdout).toContain('! OLD is as of 30 September 2026');
  });

  test('are valid by their schema, and the same in every file', async () => {
    const run = await keyproof([
      'diff',
      old,
      now,
      '--format',
      'html,csv,json',
      '--output',
      out,
      '--fail-on',
      'none',
      '--quiet',
    ]);
    expect(run).toEqual({ code: 0, stdout: '', stderr: '' });
    const written = JSON.parse(readFileSync(join(out, 'diff.json'), 'utf8')) as PackDiff;
    expect(written).toEqual(diff);
    const valid = new Ajv({ strict: false, allErrors: true }).compile(schemaOf('diff'));
    expect(valid(written), JSON.stringify(valid.errors)).toBe(true);
    const rows = parse(readFileSync(join(out, 'diff.csv'), 'utf8'), { bom: true, columns: true }) as {
      [column: string]: string;
    }[];
    const flat = ({ id, change, causes, ruleId, subject }: CheckChange) => [
      id,
      change,
      causes.join('; '),
      ruleId,
      subject.id,
    ];
    expect(
      rows.map((row) => [row['finding_id'], row['change'], row['causes'], row['rule_id'], row['subject_id']]),
    ).toEqual(diff.changes.map(flat));
    const html = readFileSync(join(out, 'diff.html'), 'utf8');
    expect(() =>
      parseHtml(html, {
        onParseError: (error) => {
          throw new Error(error.code);
        },
      }),
    ).not.toThrow();
    for (const { id } of diff.changes) expect(html).toContain(`id="finding-${id}"`);
    expect(html).not.toMatch(/<script|https?:\/\//);
    const causes = [...html.matchAll(/<tr id="finding-([^"]+)">.*?data-label="Cause">(.*?)<\/td>/gs)];
    expect(causes.length).toBe(diff.changes.length);
    for (const [, id, cause] of causes) {
      const change = diff.changes.find((one) => one.id === id);
      const same =
        change?.old?.outcome === change?.new?.outcome && change?.old?.severity === change?.new?.severity;
      expect(cause === 'no change', id).toBe(same);
      expect(cause).not.toBe('');
    }
    expect(html).toContain('@font-face{font-family:"Source Sans 3"');
  });

  test('are refused when one is no pack, was changed, or is missing', async () => {
    expect(await keyproof(['diff', old, out])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('manifest.json: cannot be read'),
    });
    expect(await keyproof(['diff', old])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('diff compares two packs, OLD and NEW'),
    });
    expect(await keyproof(['diff', old, now, '--format', 'htm'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('did you mean "html"?'),
    });
  });

  test('are a trend, oldest first, whatever the order they are named in', async () => {
    const args = ['diff', '--trend', now, old, '--format', 'html,csv,json', '--output', out];
    const run = await keyproof(args);
    expect(run.code, run.stderr).toBe(0);
    const trend = JSON.parse(readFileSync(join(out, 'trend.json'), 'utf8')) as PackTrend;
    expect(trend.packs.map(({ asOf }) => asOf.slice(0, 10))).toEqual(['2026-06-30', '2026-09-30']);
    const failed = trend.packs.map((pack) =>
      Object.values(pack.failed).reduce((sum, number) => sum + number, 0),
    );
    expect(failed).toEqual([failuresOf(old).size, failuresOf(now).size]);
    const valid = new Ajv({ strict: false }).compile(schemaOf('trend'));
    expect(valid(trend), JSON.stringify(valid.errors)).toBe(true);
    const rows = parse(readFileSync(join(out, 'trend.csv'), 'utf8'), { bom: true, columns: true }) as {
      failed: string;
    }[];
    expect(rows.map((row) => Number(row.failed))).toEqual(failed);
    const html = readFileSync(join(out, 'trend.html'), 'utf8');
    expect(html).toContain('<svg');
    const undecided = trend.packs.map((pack) => pack.undecided.toLocaleString('en-GB'));
    for (const number of [...failed, ...undecided])
      expect(html).toContain(`text-anchor="middle">${number}</text>`);
    expect((await keyproof(['diff', '--trend', old])).stderr).toContain('A trend needs at least two packs');
  });
});

describeUnlessProved('one quarter, judged otherwise', import.meta.url, PROGRAM_FILES, () => {
  const keys: KeyRow[] = [{ key_id: 'k-1', last_rotated: '2026-07-20T08:00:00Z', risk_tier: 'high' }];
  const quarter = { asOf: '2026-09-30', keys };
  const OWN = (limit: string) => `# METADATA
# title: Keys state where they are used
# description: A key without an integration cannot be traced.
# custom:
#   id: nb-integration
#   severity: high
#   subject: key
#   requires: [key.owner]
#   remediation: State the integration.
package policies.custom.nb_integration

import rego.v1

violations contains v if {
	${limit}
	v := {"message": "no integration", "facts": {}, "records": []}
}
`;

  test('a threshold is the cause if nothing else differs', async () => {
    const old = await packOf({ ...quarter, config: threshold(90) });
    const now = await packOf({ ...quarter, config: threshold(60) });
    const diff = await diffOf(old, now);
    expect((await keyproof(['diff', now, old, '--fail-on', 'none'])).stdout).toMatch(
      /, (\d+) fixed \(\1 by other settings alone\), /,
    );
    expect(became(diff, 'rotation-max-age', 'k-1')).toBe('regressed threshold');
    expect(diff.differences).toMatchObject({
      time: false,
      inputs: { added: [], removed: [], changed: [] },
      // The limit of the life of a secret follows the limit of its rotation.
      rules: [
        { ruleId: 'inv-expiry-set', what: 'changed', source: false },
        { ruleId: 'rotation-max-age', what: 'changed', source: false },
      ],
    });
    expect(diff.changes.filter(({ causes }) => causes.some((cause) => cause !== 'threshold'))).toEqual([]);
    const { notes } = JSON.parse(
      (await keyproof(['diff', '--trend', old, now, '--json'])).stdout,
    ) as PackTrend;
    expect(notes).toEqual([
      expect.stringMatching(/^From 30 September 2026.* settings differ: 2 thresholds; keyproof diff tells /),
    ]);
  });

  test('the source of a rule, or its absence, is the cause of its own checks only', async () => {
    const policy = (limit: string) => ({ 'own/nb_integration.rego': OWN(limit) });
    const args = ['--framework', 'soc2', '--policy', 'own'];
    const old = await packOf({ ...quarter, args, files: policy('input.key.owner == "nobody"') });
    const now = await packOf({ ...quarter, args, files: policy('input.key.owner != "nobody"') });
    const without = await packOf(quarter);
    const diff = await diffOf(old, now);
    expect(became(diff, 'nb-integration', 'k-1')).toBe('regressed policy');
    await keyproof(['diff', old, now, '--format', 'html', '--output', out, '--fail-on', 'none', '--quiet']);
    expect(readFileSync(join(out, 'diff.html'), 'utf8')).toContain(
      '<th scope="row">Policies with another source</th><td data-label="Before">one text</td><td data-label="Now">another: nb-integration</td>',
    );
    expect(diff.rules.map(({ ruleId, counts }) => [ruleId, counts.regressed ?? 0])).toContainEqual([
      'nb-integration',
      1,
    ]);
    expect(diff.changes.filter(({ causes }) => causes.length > 0).map(({ ruleId }) => ruleId)).toEqual([
      'nb-integration',
    ]);
    expect(became(await diffOf(now, without), 'nb-integration', 'k-1')).toBe('gone policy');
    expect(became(await diffOf(without, now), 'nb-integration', 'k-1')).toBe('new policy');
  });

  test('settings that explain a fixed failure together are settings all the same', async () => {
    const policy = (minimum: number, only: string) => ({
      'own/nb_integration.rego': OWN(`data.params["nb-integration"].least > 1\n\t${only}`).replace(
        '#   remediation',
        `#   params: { least: ${minimum} }\n#   remediation`,
      ),
    });
    const args = ['--framework', 'soc2', '--policy', 'own'];
    const old = await packOf({ ...quarter, args, files: policy(2, 'input.key.owner != "nobody"') });
    const now = await packOf({ ...quarter, args, files: policy(1, 'input.key.owner == "nobody"') });
    const diff = await diffOf(old, now);
    expect(became(diff, 'nb-integration', 'k-1')).toBe('fixed policy+threshold');
    expect(diff.counts.fixed).toMatchObject({ total: 1, causes: { several: 1 }, bySettings: 1 });
  });

  test('an export that is not the one registered is evidence, also of what does not read it itself', async () => {
    const files = {
      'exports/vendors.csv':
        'vendor_id,name,status,terminated_at\nP-1,Stoneleigh,terminated,2026-08-01T00:00:00Z\n',
    };
    const extracts = `file,system,query,extracted_at,extractor,record_count,sha256\nkeys.csv,Register,all,2026-09-30T08:00:00Z,tool,1,${'0'.repeat(64)}\n`;
    const old = await packOf({ ...quarter, files });
    const now = await packOf({ ...quarter, files: { ...files, 'exports/extracts.csv': extracts } });
    const diff = await diffOf(old, now);
    const undecided = diff.changes.filter(({ change }) => change === 'newly-undecided');
    expect(undecided.map(({ ruleId }) => ruleId)).toContain('vendor-access-offboarded');
    expect(undecided.filter(({ causes }) => causes.join() !== 'evidence')).toEqual([]);
  });

  test('facts taken as given are the cause where they decide what the rule reads, and of verdicts', async () => {
    const register = [{ key_id: 'k-1', pci_scope: '' }];
    const args = ['--framework', 'pci'];
    const old = await packOf({ ...quarter, keys: register, args });
    const now = await packOf({
      ...quarter,
      keys: register,
      args,
      config: 'applicability: { pci_scope: cde }\n',
    });
    const diff = await diffOf(old, now);
    expect(diff.differences.facts).toEqual([{ name: 'pci_scope', old: null, new: 'cde' }]);
    expect(diff.controls.length).toBeGreaterThan(0);
    expectStates(diff, old, now);
    const [before, after] = [scopesOf(old), scopesOf(now)];
    const moved = [...after.keys()].filter((control) => before.get(control) !== after.get(control));
    const named = new Set(diff.controls.map(({ control }) => control));
    expect(diff.otherScope).toBe(moved.filter((control) => !named.has(control)).length);
    expect(diff.otherScope).toBeGreaterThan(0);
    expect((await keyproof(['diff', old, now, '--fail-on', 'none'])).stdout.replace(/\s+/g, ' ')).toContain(
      `${diff.otherScope} ${diff.otherScope === 1 ? 'control keeps its' : 'controls keep their'} verdict and`,
    );
    for (const { causes } of [
      ...diff.controls,
      ...diff.changes.filter(({ change }) => change !== 'persisting'),
    ])
      expect(causes).toEqual(['scope']);
  });

  test('the file of a framework is a cause that names the controls it defines anew', async () => {
    const file = join(out, 'house-rules.yaml');
    await keyproof(['framework', 'new', 'house-rules', '--dir', out]);
    const args = ['--framework', file];
    const old = await packOf({ ...quarter, args });
    const text = readFileSync(file, 'utf8');
    const other = text.replace('id: inv-owner-assigned', 'id: rotation-max-age');
    expect(other).not.toBe(text);
    writeFileSync(file, other.replace(/\n *elements: .*/, ''));
    const now = await packOf({ ...quarter, args });
    const diff = await diffOf(old, now);
    expect(diff.controls.map(({ control, causes }) => [control, ...causes])).toEqual([['K-1', 'framework']]);
    const version = /^version: *['"]?([^'"\n]+)/m.exec(text)?.[1];
    expect(diff.differences.frameworks.changed).toEqual([
      {
        id: 'house-rules',
        versions: { old: version, new: version },
        added: [],
        removed: [],
        changed: ['K-1'],
      },
    ]);
    const shown = await keyproof(['diff', old, now, '--fail-on', 'none', '--format', 'html', '-o', out]);
    expect(shown.stdout).toContain('What differs: 1 framework file.');
    expect(shown.stdout).toMatch(/^File of .+: changed K-1\.$/m);
    expect(readFileSync(join(out, 'diff.html'), 'utf8')).toMatch(/File of [^<]+<.*changed K-1</);
    expect((await diffOf(now, now)).differences.frameworks.changed).toEqual([]);
  });

  test('how keyproof.yaml reads the same exports is the cause of what it alone changed', async () => {
    const bare = { ...quarter, keys: [{ ...keys[0], owner: '' }] as KeyRow[] };
    const rule = (owner: string) => `classify:\n  - { id: 'k-*', owner: ${owner} }\n`;
    const old = await packOf({ ...bare, config: 'ignore: [old/**]\n' });
    const now = await packOf({ ...bare, config: rule('team-cards') });
    const diff = await diffOf(old, now);
    expect(diff.differences).toMatchObject({ config: true, reading: true, scope: false });
    expect(became(diff, 'inv-owner-assigned', 'k-1')).toBe('new reading');
    const changed = diff.changes.filter(({ change }) => change !== 'persisting');
    expect(changed.filter(({ causes }) => causes.join() !== 'reading')).toEqual([]);
    expect((await diffOf(now, now)).differences.reading).toBe(false);
    const { stdout } = await keyproof(['diff', old, now, '--fail-on', 'none']);
    expect(stdout).toContain('What differs: keyproof.yaml and how it reads exports.');
  });
});

const threshold = (high: number) => `thresholds:
  rotation-max-age:
    params: { max_age_days: { critical: 30, high: ${high}, medium: 90, low: 180 } }
    by: CISO
    reason: Trial
`;

const waiverOf = (id: string, expires: string) => `  - id: ${id}
    rule: rotation-max-age
    subjects: [k-1]
    reason: The vendor rotates in November
    risk: An old key works longer
    compensatingControl: Calls are limited to two addresses
    requestedBy: o.lindqvist@northbridge.example
    approver: ciso@northbridge.example
    granted: 2026-09-01
    expires: ${expires}
    ticket: CHG-20417
`;

test('a pack before 3.1.0 is compared; what it does not tell rules nothing out', async () => {
  const keys = [{ key_id: 'k-1', last_rotated: '2026-05-02T08:00:00Z' }];
  const old = await packOf({ asOf: '2026-06-30', keys });
  const now = await packOf({ asOf: '2026-09-30', keys: [...keys, { key_id: 'k-2' }] });
  expect(became(await diffOf(old, now), 'rotation-max-age', 'k-1')).toBe('regressed time');
  await withoutColumn(join(old, 'subjects.parquet'), 'evidence');
  reseal(old, 'subjects.parquet', '3.0.0');
  expect(became(await diffOf(old, now), 'rotation-max-age', 'k-1')).toBe('regressed evidence+time');
});

test('what a pack was asked otherwise is named: exceptions, rules of scope, keyproof.yaml', async () => {
  const quarter = { asOf: '2026-09-30', keys: [{ key_id: 'k-1', last_rotated: STALE }] };
  const old = await packOf({
    ...quarter,
    config: `waivers:\n${waiverOf('EXC-1', '2026-12-31')}${waiverOf('EXC-2', '2026-12-31')}`,
  });
  const scope = "scope: [{ ids: ['k-*'], facts: { personal_data: true }, by: DPO, reason: Register }]\n";
  const now = await packOf({ ...quarter, config: `${scope}waivers:\n${waiverOf('EXC-1', '2027-03-31')}` });
  const { differences } = await diffOf(old, now);
  expect(differences).toMatchObject({
    config: true,
    scope: true,
    exceptions: { added: [], removed: ['EXC-2'], changed: ['EXC-1'] },
  });
  expect((await diffOf(now, now)).differences).toMatchObject({
    config: false,
    scope: false,
    exceptions: { added: [], removed: [], changed: [] },
  });
  const text = (await keyproof(['diff', old, now, '--fail-on', 'none'])).stdout;
  expect(text).toContain('keyproof.yaml, the rules of `scope` and 2 accepted exceptions.');
});

test('a pack of which every export is gone is compared', async () => {
  const old = await packOf({ asOf: '2026-09-30', keys: [{ key_id: 'k-1', last_rotated: STALE }] });
  const { pack: now, folder } = await packOfQuarter({
    asOf: '2026-09-30',
    keys: [],
    args: ['--framework', 'soc2'],
  });
  folders.push(folder);
  const diff = await diffOf(old, now);
  expect(diff.subjects).toContainEqual({ kind: 'key', added: 0, gone: 1 });
  expect(diff.counts.fixed.total).toBe(0);
});

async function withoutColumn(file: string, column: string): Promise<void> {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  await connection.run(`CREATE TABLE rest AS SELECT * EXCLUDE (${column}) FROM read_parquet('${file}')`);
  await connection.run(`COPY rest TO '${file}' (FORMAT parquet)`);
  connection.closeSync();
}

function reseal(pack: string, file: string, schemaVersion: string): void {
  const path = join(pack, 'manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
  const sha256 = createHash('sha256')
    .update(readFileSync(join(pack, file)))
    .digest('hex');
  const outputs = manifest.outputs.map((output) => (output.path === file ? { ...output, sha256 } : output));
  writeFileSync(path, JSON.stringify({ ...manifest, schemaVersion, outputs }));
}
