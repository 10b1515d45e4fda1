import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { chooseAnnotations } from '../../src/action/annotations.js';
import { placesIn } from '../../src/action/place-in-repository.js';

const workspace = mkdtempSync(join(tmpdir(), 'keyproof-places-'));
mkdirSync(join(workspace, 'evidence/exports'), { recursive: true });
writeFileSync(join(workspace, 'evidence/exports/keys one.csv'), 'key_id\n');
writeFileSync(join(workspace, 'deploy.env'), 'northbridge\n');
afterAll(() => rmSync(workspace, { recursive: true }));

const root = join(workspace, 'evidence');
const event = { workspace, owner: 'northbridge', repo: 'integrations' };
const findPlace = placesIn(event, root);

type Given = {
  severity: string;
  level: string;
  subject?: string;
  uri?: string;
  base?: string;
  line?: number;
  suppressed?: boolean;
};

const result = ({
  severity,
  level,
  subject = 'pay-01',
  uri = 'exports/keys%20one.csv',
  base = 'EXPORTS',
  line,
  suppressed,
}: Given) => ({
  ruleId: 'rotation-max-age',
  level,
  message: { text: `key ${subject}: too old` },
  locations: [
    {
      physicalLocation: {
        artifactLocation: { uri, uriBaseId: base },
        ...(line === undefined ? {} : { region: { startLine: line } }),
      },
    },
  ],
  properties: { severity, subject },
  ...(suppressed ? { suppressions: [{ kind: 'external', status: 'accepted' }] } : {}),
});

const sarif = (results: Given[]) => ({ runs: [{ results: results.map(result) }] });
const many = (count: number, given: Given) =>
  Array.from({ length: count }, (_, index) => ({ ...given, line: index + 2, subject: `key-${index}` }));

it('annotates only what has a file of the repository and a line', () => {
  const { chosen, more } = chooseAnnotations(
    sarif([
      { severity: 'high', level: 'error', line: 12 },
      { severity: 'high', level: 'error' },
      { severity: 'high', level: 'error', uri: 'exports/elsewhere.csv', line: 3 },
      { severity: 'high', level: 'error', uri: '../../etc/hosts', line: 1 },
      { severity: 'critical', level: 'error', line: 4, suppressed: true },
    ]),
    findPlace,
    null,
  );
  expect(chosen).toEqual([
    {
      level: 'error',
      message: 'key pay-01: too old',
      properties: { title: 'rotation-max-age', file: 'evidence/exports/keys one.csv', startLine: 12 },
    },
  ]);
  expect(more).toBe(0);
});

it('takes a place in a repository for one here only if it is this repository', () => {
  const given = { severity: 'high', level: 'error', uri: 'deploy.env', line: 1 };
  const bases = [
    'northbridge/integrations',
    'https://github.com/Northbridge/integrations.git',
    'integrations',
    'northbridge/other',
    'other/integrations',
  ];
  const found = bases.map(
    (name) =>
      chooseAnnotations(sarif([{ ...given, base: `REPOSITORY ${name}` }]), findPlace, null).chosen.length,
  );
  expect(found).toEqual([1, 1, 1, 0, 0]);
});

it('stays within what a runner shows of a step, worst first, and counts the rest', () => {
  const results = [
    ...many(14, { severity: 'high', level: 'error' }),
    ...many(3, { severity: 'critical', level: 'error' }),
    ...many(12, { severity: 'medium', level: 'warning' }),
    ...many(11, { severity: 'low', level: 'note' }),
  ];
  const { chosen, more } = chooseAnnotations(sarif(results), findPlace, null);
  const count = (level: string) => chosen.filter((one) => one.level === level).length;
  expect([count('error'), count('warning'), count('notice')]).toEqual([10, 10, 9]);
  expect(chosen.slice(0, 4).map(({ message }) => message)).toEqual([
    'key key-0: too old',
    'key key-1: too old',
    'key key-2: too old',
    'key key-0: too old',
  ]);
  expect(more).toBe(40 - 29);
});

it('names what is new before what is worse and known', () => {
  const results = [
    { severity: 'critical', level: 'error', line: 2, subject: 'known' },
    { severity: 'high', level: 'error', line: 3, subject: 'fresh' },
  ];
  const { chosen } = chooseAnnotations(sarif(results), findPlace, (_rule, subject) => subject === 'fresh');
  expect(chosen.map(({ message }) => message)).toEqual(['key fresh: too old', 'key known: too old']);
});

it('reads a file that is no SARIF as one without results', () => {
  for (const content of [null, [], { runs: [{}] }, { runs: [{ results: [7, { level: 'error' }] }] }])
    expect(chooseAnnotations(content, findPlace, null)).toEqual({ chosen: [], more: 0 });
});
