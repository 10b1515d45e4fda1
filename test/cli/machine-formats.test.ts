import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'junit2json';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Assessment, AuditSummary } from '../../src/model/index.js';
import { keyproof } from '../support/cli.js';
import { validateSarif } from '../support/sarif-multitool.js';

const folder = mkdtempSync(join(tmpdir(), 'keyproof-machine-'));
const pack = join(folder, 'pack');
let summary: AuditSummary;
const text = (file: string) => readFileSync(join(pack, file), 'utf8');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Result = {
  ruleId: string;
  properties: { subject: string };
  locations: {
    physicalLocation?: {
      artifactLocation: { uri: string; uriBaseId: string };
      region?: { startLine: number };
    };
  }[];
};

beforeAll(async () => {
  cpSync(fileURLToPath(new URL('../cases/findings-win/exports', import.meta.url)), join(folder, 'exports'), {
    recursive: true,
  });
  const key = (id: string) => ({
    key_id: id,
    environment: 'production',
    status: 'active',
    created: '2020-01-05',
  });
  const lines = ['nb-line-1', 'nb-line-2'].map((id) => JSON.stringify(key(id)));
  writeFileSync(join(folder, 'exports', 'keys-of-gateway.ndjson'), `${lines.join('\n\n')}\n`);
  writeFileSync(
    join(folder, 'exports', 'keys-by-excel.csv'),
    'sep=;\r\nkey_id;environment;status;created\r\n\r\nnb-excel-1;production;active;2020-01-05\r\n',
  );
  const options = [
    '--as-of',
    '2026-09-30',
    '--format',
    'sarif,junit',
    '--fail-on',
    'none',
    '--output',
    pack,
    '--json',
  ];
  const run = await keyproof(['audit', 'exports', ...options], { cwd: folder });
  expect(run.stderr).toContain('pack');
  summary = JSON.parse(run.stdout) as AuditSummary;
}, 300_000);

describe('results.sarif of an audit', () => {
  const results = () => JSON.parse(text('results.sarif')).runs[0].results as Result[];

  test('has each failed check, at the line of the file that names the subject', () => {
    const { severities } = JSON.parse(text('assessment.json')) as Assessment;
    const failed = Object.values(severities).reduce((sum, count) => sum + count, 0);
    expect(results().length).toBeGreaterThanOrEqual(failed);
    const seen = new Set<string>();
    for (const { properties, locations } of results()) {
      const { artifactLocation, region } = locations[0]?.physicalLocation ?? {};
      if (artifactLocation === undefined || !properties.subject.startsWith('nb-')) continue;
      const content = readFileSync(join(folder, 'exports', decodeURIComponent(artifactLocation.uri)), 'utf8');
      if (region === undefined) continue;
      expect(content.split('\n')[region.startLine - 1]).toContain(properties.subject);
      seen.add(properties.subject);
    }
    expect([...seen]).toEqual(expect.arrayContaining(['nb-line-1', 'nb-line-2', 'nb-excel-1']));
  });

  test('is valid by the schema, the standard and the rules of GitHub', () => {
    expect(validateSarif(text('results.sarif')).filter((problem) => problem.startsWith('error'))).toEqual([]);
  });
});

test('junit.xml of an audit counts every subject of every policy', async () => {
  const { policies } = JSON.parse(text('assessment.json')) as Assessment;
  const read = (await parse(text('junit.xml'))) as {
    testsuite: { name: string; properties: { property: { name: string; value: string }[] }[] | object }[];
  };
  expect(read.testsuite.map(({ name }) => name)).toEqual(policies.map(({ id }) => id));
});

test('audit --json counts every control of a framework in one state, as the pack words it', () => {
  const { frameworks } = JSON.parse(text('assessment.json')) as Assessment;
  expect(summary.frameworks.map(({ id }) => id)).toEqual(frameworks.map(({ id }) => id));
  for (const [place, { vocabulary, controls }] of frameworks.entries()) {
    const {
      states,
      verdicts,
      controls: all,
    } = summary.frameworks[place] as AuditSummary['frameworks'][number];
    const { 'insufficient-data': lacking, observation, ...others } = states;
    const open = controls.filter(({ verdict }) => verdict === 'insufficient-data');
    const worded = open.filter(({ verdictText }) => verdictText === vocabulary['insufficient-data']);
    expect([lacking, observation]).toEqual([worded.length, open.length - worded.length]);
    expect(others).toEqual(
      Object.fromEntries(Object.entries(verdicts).filter(([verdict]) => verdict !== 'insufficient-data')),
    );
    expect(Object.values(states).reduce((sum, count) => sum + count, 0)).toBe(all);
  }
  expect(summary.frameworks.some(({ states }) => states.observation > 0)).toBe(true);
});
