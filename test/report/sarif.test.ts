import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Assessment, JudgedObservation, Violation } from '../../src/model/index.js';
import { renderFormats } from '../../src/report/index.js';
import { validateSarif } from '../support/sarif-multitool.js';
import { makeAssessment } from './fixture.js';
import { anyAssessment } from './hostile.js';
import { memorySink, packOf } from './pack-of.js';

const base = makeAssessment({ findings: 10 });
const [policy, other] = base.policies;
const [input] = base.inputs;
if (policy === undefined || other === undefined || input === undefined)
  throw new Error('The fixture is empty.');

const assessment: Assessment = {
  ...base,
  inputs: [
    { ...input, path: 'exports/keys.csv', lineOffset: 0 },
    { ...input, path: 'exports/semicolon.csv', lineOffset: 1 },
    { ...input, path: 'exports/notes.csv', lineOffset: null },
    { ...input, path: 'exports/list.json', lineOffset: null },
    { ...input, path: 'exports/log é #1.ndjson', lineOffset: 0 },
  ],
};

const source = (file: string, record: string) => ({ file, record, sha256: 'cd'.repeat(32) });

const violation = (records: Violation['records'], rest: Partial<Violation> = {}): Violation => ({
  element: policy.id,
  message: 'too old',
  facts: {},
  records,
  ...rest,
});

function observed(id: string, rest: Partial<JudgedObservation> = {}): JudgedObservation {
  return {
    id,
    ruleId: policy?.id ?? '',
    subject: { kind: 'key', id: 'k1' },
    outcome: 'fail',
    severity: 'high',
    violations: [violation([source('exports/keys.csv', 'row 2')])],
    missing: [],
    reasons: [],
    error: null,
    elements: [],
    controls: [],
    ...rest,
  };
}

type Region = { startLine: number };
type Place = {
  physicalLocation?: {
    artifactLocation: { uri: string; uriBaseId: string; index?: number };
    region?: Region;
  };
  message?: { text: string };
};
type Result = {
  ruleId: string;
  ruleIndex: number;
  level: string;
  message: { text: string };
  locations: Place[];
  relatedLocations?: Place[];
  partialFingerprints: { [name: string]: string };
  suppressions?: unknown;
};
type Run = {
  tool: { driver: { rules: { id: string; properties: { tags: string[]; 'security-severity': string } }[] } };
  results: Result[];
  artifacts: { location: { uri: string } }[];
  originalUriBaseIds: object;
  invocations: {
    executionSuccessful: boolean;
    toolExecutionNotifications: {
      descriptor: { id: string };
      level: string;
      message: { text: string };
      properties?: object;
    }[];
  }[];
};

async function sarif(
  observations: readonly JudgedObservation[],
  of = assessment,
): Promise<{ text: string; run: Run }> {
  const sink = memorySink();
  expect(await renderFormats(packOf(of, observations), ['sarif'], sink)).toEqual([]);
  const text = sink.files.get('results.sarif') ?? '';
  const { runs } = JSON.parse(text) as { runs: Run[] };
  if (runs[0] === undefined || runs.length > 1) throw new Error('There is not one run.');
  return { text, run: runs[0] };
}

const lineOf = (place: Place | undefined) => place?.physicalLocation?.region?.startLine ?? null;

describe('a result', () => {
  it.each([
    ['exports/keys.csv', 'row 2', 2],
    ['exports/semicolon.csv', 'row 2', 3],
    ['exports/log é #1.ndjson', 'line 7', 7],
    ['exports/log é #1.ndjson', 'line 7 /Records/3', 7],
    // Rows run over several lines there, or the file is compressed.
    ['exports/notes.csv', 'row 2', null],
    ['exports/list.json', '/SecretList/4', null],
    ['exports/of-an-older-pack.csv', 'row 2', null],
  ])('of %s, %s, is at line %s', async (file, record, line) => {
    const { run } = await sarif([observed('01', { violations: [violation([source(file, record)])] })]);
    const [place] = run.results[0]?.locations ?? [];
    expect(lineOf(place)).toBe(line);
    expect(place?.message?.text).toBe(`${record} of ${file}`);
    expect(decodeURIComponent(place?.physicalLocation?.artifactLocation.uri ?? '')).toBe(file);
  });

  it('names its file among the artifacts, by a relative reference', async () => {
    const violations = [violation([source('exports/log é #1.ndjson', 'line 7')])];
    const { run } = await sarif([observed('01', { violations })]);
    const { uri, uriBaseId, index } = run.results[0]?.locations[0]?.physicalLocation?.artifactLocation ?? {};
    expect([uri, uriBaseId]).toEqual(['exports/log%20%C3%A9%20%231.ndjson', 'EXPORTS']);
    expect(run.artifacts[index ?? -1]?.location.uri).toBe(uri);
    expect(run.originalUriBaseIds).toHaveProperty('EXPORTS');
  });

  it('has the rule, the level of its severity, all records, and the id of the finding as fingerprint', async () => {
    const violations = [
      violation([source('exports/keys.csv', 'row 2'), source('exports/keys.csv', 'row 3')]),
      violation([source('exports/keys.csv', 'row 2')], { message: 'and leaked', severity: 'critical' }),
    ];
    const { run } = await sarif([observed('0a0b', { violations }), observed('0c', { severity: 'low' })]);
    const [first] = run.results;
    expect(first).toMatchObject({
      ruleId: policy.id,
      level: 'error',
      message: { text: 'key k1: too old; and leaked' },
      partialFingerprints: { primaryLocationLineHash: '0a0b:1', 'keyproofFinding/v1': '0a0b' },
    });
    expect(run.tool.driver.rules[first?.ruleIndex ?? -1]?.id).toBe(policy.id);
    expect([...(first?.locations ?? []), ...(first?.relatedLocations ?? [])].map(lineOf)).toEqual([2, 3]);
  });

  it('is worst first, and a waived one is suppressed', async () => {
    const { run } = await sarif([
      observed('03', { outcome: 'waived', severity: null }),
      observed('02', { severity: 'low', violations: [violation([], { severity: 'low' })] }),
      observed('01', { severity: 'critical', violations: [violation([], { severity: 'critical' })] }),
    ]);
    expect(run.results.map(({ level, suppressions }) => [level, suppressions])).toEqual([
      ['error', undefined],
      ['note', undefined],
      [expect.any(String), [{ kind: 'external', status: 'accepted' }]],
    ]);
  });

  it('is one for each place in a repository, at the file and line of the repository', async () => {
    const leak = (finding: string, path: string, line: number | null) =>
      violation([source('exports/list.json', `/${finding}`)], {
        message: `open finding ${finding}`,
        facts: { finding, path, line },
      });
    const subject = { kind: 'repository', id: 'northbridge/ledger' } as const;
    const violations = [
      leak('f1', 'src/a b.ts', 12),
      leak('f2', '.env', null),
      violation([], { message: 'no hook' }),
    ];
    const { run } = await sarif([observed('0a', { subject, violations })]);
    expect(
      run.results.map(({ message, locations }) => [message.text, place(locations[0]), lineOf(locations[0])]),
    ).toEqual([
      [
        'repository northbridge/ledger: open finding f1',
        ['src/a%20b.ts', 'REPOSITORY northbridge/ledger'],
        12,
      ],
      ['repository northbridge/ledger: open finding f2', ['.env', 'REPOSITORY northbridge/ledger'], null],
      ['repository northbridge/ledger: no hook', null, null],
    ]);
    expect(run.results[0]?.relatedLocations?.map(place)).toEqual([['exports/list.json', 'EXPORTS']]);
    expect(run.originalUriBaseIds).toHaveProperty(['REPOSITORY northbridge/ledger']);
    const moved = await sarif([observed('0a', { subject, violations: [leak('f1', 'src/a b.ts', 80)] })]);
    expect(moved.run.results[0]?.partialFingerprints).toEqual(run.results[0]?.partialFingerprints);
    expect(
      new Set(run.results.map(({ partialFingerprints: marks }) => marks['primaryLocationLineHash'])).size,
    ).toBe(3);
  });

  it('takes no path of another subject for one in a repository', async () => {
    const violations = [
      violation([source('exports/keys.csv', 'row 2')], { facts: { path: 'app 6.2, config', line: 3 } }),
    ];
    const { run } = await sarif([observed('01', { violations })]);
    expect(place(run.results[0]?.locations[0])).toEqual(['exports/keys.csv', 'EXPORTS']);
  });

  it('shows a message as it stands: no link, no placeholder', async () => {
    const message = 'see [here](javascript:alert(1)) and {0}, a[0] and {"a": 1}';
    const { run } = await sarif([observed('01', { violations: [violation([], { message })] })]);
    expect(run.results[0]?.message.text).toBe(
      'key k1: see \\[here](javascript:alert(1)) and {{0}}, a[0] and {"a": 1}',
    );
  });
});

function place({ physicalLocation }: Place = {}): [string, string] | null {
  if (physicalLocation === undefined) return null;
  return [physicalLocation.artifactLocation.uri, physicalLocation.artifactLocation.uriBaseId];
}

describe('a run', () => {
  it('reports as notifications, not as results, what was not decided and what is missing', async () => {
    const outcomes = { ...policy.outcomes, 'no-evidence': 3, error: 2 };
    const policies = [
      {
        ...policy,
        subject: 'key' as const,
        population: 40,
        outcomes,
        missing: [{ field: 'key.expires', subjects: 3 }],
        errors: [{ message: 'took too long', subjects: 2 }],
      },
    ];
    const incomplete = [{ kind: 'source-not-found' as const, message: 'vault.json: no file matches.' }];
    const undecided = [observed('01', { outcome: 'no-evidence', violations: [], severity: null })];
    const { run } = await sarif(undecided, { ...assessment, policies, incomplete });
    expect(run.results).toEqual([]);
    expect(run.invocations[0]?.executionSuccessful).toBe(false);
    const { toolExecutionNotifications } = run.invocations[0] ?? { toolExecutionNotifications: [] };
    expect(
      toolExecutionNotifications.map(({ descriptor, level, message }) => [
        descriptor.id,
        level,
        message.text,
      ]),
    ).toEqual([
      ['incomplete-run', 'warning', 'vault.json: no file matches.'],
      [
        'policy-error',
        'error',
        `${policy.id}: could not be evaluated on 2 keys (beside 44 tested): took too long (2)`,
      ],
      [
        'no-evidence',
        'note',
        `${policy.id}: no evidence on 3 keys (beside 44 tested); missing: key: date of expiry (3)`,
      ],
    ]);
    expect(toolExecutionNotifications.at(-1)?.properties).toEqual({
      missing: [{ path: 'key.expires', subjects: 3 }],
    });
  });

  it('stays within the limits of GitHub, and says how many results it leaves out', async () => {
    const many = Array.from({ length: 25_003 }, (_, index) =>
      observed(String(index).padStart(16, '0'), index === 25_002 ? { severity: 'critical' } : {}),
    );
    const { run } = await sarif(many);
    expect(run.results).toHaveLength(25_000);
    expect(run.results[0]?.partialFingerprints['keyproofFinding/v1']).toBe('0000000000025002');
    const { toolExecutionNotifications = [] } = run.invocations[0] ?? {};
    expect(toolExecutionNotifications.map(({ message }) => message.text)).toContainEqual(
      '3 more failed checks are in findings.csv: this file holds at most 25,000 results, the worst.',
    );
    for (const { properties } of run.tool.driver.rules)
      expect(properties.tags.length).toBeLessThanOrEqual(20);
  });

  it.each([
    ['critical', 9, 10.1],
    ['high', 7, 9],
    ['medium', 4, 7],
    ['low', 0.1, 4],
  ] as const)('gives a %s rule a score that GitHub calls so', async (severity, from, below) => {
    const { run } = await sarif([], { ...assessment, policies: [{ ...policy, severity }] });
    const score = Number(run.tool.driver.rules[0]?.properties['security-severity']);
    expect(score).toBeGreaterThanOrEqual(from);
    expect(score).toBeLessThan(below);
  });
});

describe('any text', () => {
  it('gives JSON with well-formed text and relative references', async () => {
    await fc.assert(
      fc.asyncProperty(anyAssessment, async (any) => {
        const { text, run } = await sarif(any.observations, any);
        expect(text).not.toMatch(/\p{Cs}/u);
        expect(text).not.toMatch(/\\ud[89a-f]/);
        expect(run.results).toHaveLength(any.observations.filter(({ outcome }) => outcome === 'fail').length);
        for (const { locations, relatedLocations = [] } of run.results)
          for (const { physicalLocation } of [...locations, ...relatedLocations])
            expect(physicalLocation?.artifactLocation.uri ?? '').toMatch(/^[\w./%!~*'()-]*$/);
      }),
      { numRuns: 40 },
    );
  });
});

describe('@microsoft/sarif-multitool', () => {
  it('finds no error by the schema, the standard and the rules of GitHub', async () => {
    const subject = { kind: 'repository', id: 'northbridge/ledger' } as const;
    const facts = { finding: 'f1', path: 'src/a.ts', line: 12 };
    const { text } = await sarif([
      ...assessment.observations,
      observed('01'),
      observed('02', { subject, violations: [violation([source('exports/list.json', '/0')], { facts })] }),
      observed('03', { outcome: 'waived', severity: null }),
    ]);
    const problems = validateSarif(text);
    expect(problems.filter((problem) => problem.startsWith('error'))).toEqual([]);
    // What stays: no address of the tool, and no line for records of JSON.
    expect([...new Set(problems.map((problem) => problem.split(':')[0]))].sort()).toEqual([
      'warning SARIF2005',
      'warning SARIF2017',
    ]);
  });

  it('finds an error in a file that is damaged', async () => {
    const { text } = await sarif([observed('01')]);
    const damaged = text.replace('"startLine":2', '"startLine":-1');
    expect(damaged).not.toBe(text);
    expect(validateSarif(damaged).join('\n')).toMatch(/^error/m);
  });
});
