import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { type AssessInput, assess, loadFrameworks } from '../../src/assess/index.js';
import type { Assessment, Observation, PoamItem, RecordKind } from '../../src/model/index.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { inputFile } from '../support/input-file.js';
import { describeUnlessProved } from '../support/verdict.js';
import { control, framework, observation, plan, policy } from './fixtures.js';
import { memoryStore, type TestSubject } from './memory-store.js';

const schema = JSON.parse(
  readFileSync(new URL('../../src/model/schemas/assessment.json', import.meta.url), 'utf8'),
);
const validate = new Ajv({ strict: false }).compile(schema);

const ROTATION = policy('rotation-max-age', 'key');
const OWNER = policy('inv-owner-assigned', 'key');
const VENDOR = policy('vendor-access-offboarded', 'vendor');
const POLICY = policy('gov-policy-current', 'organisation', { evidence: 'attestation' });

const ORGANISATION: TestSubject = { kind: 'organisation', id: 'Northbridge Bank' };

type Scene = Partial<Omit<AssessInput, 'store'>> & {
  subjects: TestSubject[];
  observations: Observation[];
  supplied?: RecordKind[];
};

async function assessed({ subjects, observations, supplied, ...rest }: Scene): Promise<Assessment> {
  const store = await memoryStore(subjects, observations, supplied ?? ['keys']);
  const assessment = await assess({
    plan: plan(),
    store,
    policies: [ROTATION],
    policyBundleSha256: 'a'.repeat(64),
    frameworks: [framework([control('A-1', 'automated', 'rotation-max-age:direct')])],
    frameworksSha256: 'b'.repeat(64),
    files: [],
    incomplete: [],
    toolVersion: '0.1.0',
    ...rest,
  });
  await store.close();
  expect(validate(assessment), JSON.stringify(validate.errors)).toBe(true);
  return assessment;
}

function keys(...ids: string[]): TestSubject[] {
  return ids.map((id) => ({ kind: 'key', id }));
}

function finding(assessment: Assessment, id = 'A-1') {
  const found = assessment.frameworks.flatMap((one) => one.controls).find((one) => one.id === id);
  if (!found) throw new Error(`no finding ${id}`);
  return found;
}

function rotation(id: string, outcome: Observation['outcome'], rest: Partial<Observation> = {}): Observation {
  return observation('rotation-max-age', 'key', id, outcome, rest);
}

/** A check of which nothing can be judged yet. */
function waiting(id: string): Observation {
  return rotation(id, 'no-evidence', { missing: ['key.last_rotated (the time allowed is not over)'] });
}

describeUnlessProved('the verdict on a control tested by one policy', import.meta.url, PROGRAM_FILES, () => {
  const CASES: readonly (readonly [observations: Observation[], verdict: string, because: string])[] = [
    [
      [rotation('k1', 'pass'), rotation('k2', 'pass')],
      'evidence-supports',
      'rotation-max-age passes on both tested keys.',
    ],
    [
      [rotation('k1', 'pass'), rotation('k2', 'fail')],
      'exception',
      'k2 is wrong (high, 1 of 2 tested keys).',
    ],
    [
      [rotation('k1', 'no-evidence'), rotation('k2', 'fail')],
      'exception',
      'k2 is wrong (high, the only tested key); other evidence is missing.',
    ],
    [
      [rotation('k1', 'pass'), rotation('k2', 'no-evidence')],
      'insufficient-data',
      'rotation-max-age lacks evidence on 1 key (beside 1 tested).',
    ],
    [
      [rotation('k1', 'pass'), waiting('k2')],
      'partly-supported',
      'rotation-max-age passes on the only tested key; rotation-max-age waits on 1 key: the time allowed ends after the as-of date.',
    ],
    [
      [waiting('k1'), waiting('k2')],
      'not-tested',
      'rotation-max-age waits on 2 keys: the time allowed ends after the as-of date.',
    ],
    [[rotation('k1', 'fail'), waiting('k2')], 'exception', 'k1 is wrong (high, the only tested key).'],
    [
      [rotation('k1', 'pass'), rotation('k2', 'error')],
      'insufficient-data',
      'rotation-max-age could not be evaluated on 1 key (beside 1 tested).',
    ],
    [[rotation('k1', 'pass')], 'insufficient-data', 'rotation-max-age was not evaluated on 1 key.'],
    [
      [rotation('k1', 'pass'), rotation('k2', 'waived')],
      'exception-accepted',
      'rotation-max-age: 1 key (beside 1 tested) under accepted exceptions; rotation-max-age passes on the only tested key.',
    ],
    [
      [rotation('k1', 'pass'), rotation('k2', 'not-applicable')],
      'evidence-supports',
      'rotation-max-age passes on the only tested key.',
    ],
    [
      [rotation('k1', 'not-applicable'), rotation('k2', 'not-applicable')],
      'not-tested',
      'rotation-max-age applies to none of 2 keys.',
    ],
    [
      [rotation('k1', 'waived'), rotation('k2', 'waived')],
      'exception-accepted',
      'rotation-max-age: 2 keys under accepted exceptions.',
    ],
  ];

  test.each(CASES)('%#', async (observations, verdict, because) => {
    const judged = finding(await assessed({ subjects: keys('k1', 'k2'), observations }));
    expect(judged).toMatchObject({ verdict, because });
  });

  test('an export nobody supplied is missing evidence, not an empty population', async () => {
    const frameworks = [framework([control('A-1', 'automated', 'vendor-access-offboarded:direct')])];
    const scene = { subjects: [], observations: [], policies: [VENDOR], frameworks };
    expect(finding(await assessed({ ...scene, supplied: ['keys'] }))).toMatchObject({
      verdict: 'insufficient-data',
      because: 'No vendor register was supplied for vendor-access-offboarded.',
    });
    expect(finding(await assessed({ ...scene, supplied: ['vendors'] }))).toMatchObject({
      verdict: 'not-tested',
      because: 'The vendor register supplied holds nothing for vendor-access-offboarded to examine.',
    });
  });

  test('a rejected record, which might have been a violation, keeps it from full support', async () => {
    const scene = { subjects: keys('k1'), observations: [rotation('k1', 'pass')] };
    const judged = finding(await assessed({ ...scene, files: [inputFile('keys.csv', { rejected: 1 })] }));
    expect(judged).toMatchObject({
      verdict: 'partly-supported',
      because: 'rotation-max-age passes on the only tested key; 1 record was rejected in keys.csv.',
    });
    const other = inputFile('vendors.csv', { rejected: 1, produced: { vendors: 3 } });
    expect(finding(await assessed({ ...scene, files: [other] })).verdict).toBe('evidence-supports');
    const unreadable = inputFile('broken.json', { state: 'unreadable', produced: {} });
    expect(finding(await assessed({ ...scene, files: [unreadable] })).verdict).toBe('partly-supported');
  });

  test('a document on record is attested, never support', async () => {
    const frameworks = [framework([control('A-1', 'partial', 'gov-policy-current:direct')])];
    const attested = observation('gov-policy-current', 'organisation', 'Northbridge Bank', 'attested');
    const scene = { subjects: [ORGANISATION], observations: [attested], policies: [POLICY], frameworks };
    expect(finding(await assessed(scene))).toMatchObject({
      verdict: 'attested',
      verdictText: 'on paper',
      because: 'A document is on record for gov-policy-current, its content was not tested.',
    });
  });

  test('supporting evidence decides nothing, but its failures are told', async () => {
    const frameworks = [framework([control('A-1', 'manual', 'rotation-max-age:supporting')])];
    const scene = { subjects: keys('k1'), observations: [rotation('k1', 'fail')], frameworks };
    expect(finding(await assessed(scene))).toMatchObject({
      verdict: 'not-tested',
      because: 'Only supporting evidence, which never decides; k1 is wrong (high, the only tested key).',
    });
  });

  test('what stands in place of a result of supporting evidence is told', async () => {
    const frameworks = [
      framework([control('A-1', 'manual', 'gov-policy-current:supporting', 'rotation-max-age:supporting')]),
    ];
    const attested = observation('gov-policy-current', 'organisation', 'Northbridge Bank', 'attested');
    const said = async (other: Observation['outcome']) =>
      finding(
        await assessed({
          subjects: [ORGANISATION, ...keys('k1')],
          observations: [attested, rotation('k1', other)],
          policies: [POLICY, ROTATION],
          frameworks,
        }),
      ).because;
    const document = 'a document is on record for gov-policy-current, its content was not tested';
    const first = `Only supporting evidence, which never decides; ${document}; rotation-max-age`;
    expect(await said('no-evidence')).toBe(`${first} lacks evidence.`);
    expect(await said('not-applicable')).toBe(`${first} does not apply.`);
  });

  test('a mapped policy that was not part of the audit leaves the control open', async () => {
    const scene = { subjects: keys('k1'), observations: [rotation('k1', 'pass')], policies: [OWNER] };
    expect(finding(await assessed(scene))).toMatchObject({
      verdict: 'insufficient-data',
      because: 'rotation-max-age was not part of this audit.',
    });
  });
});

describeUnlessProved('scope', import.meta.url, PROGRAM_FILES, () => {
  const SUBJECTS: TestSubject[] = [
    { kind: 'key', id: 'in-1', pci_scope: 'cde', account_kind: 'application' },
    { kind: 'key', id: 'in-2', pci_scope: 'connected' },
    { kind: 'key', id: 'out-1', pci_scope: 'out' },
    ORGANISATION,
  ];
  const outcomes = (outcome: Observation['outcome'], out: Observation['outcome'] = 'fail') => [
    rotation('in-1', outcome),
    rotation('in-2', outcome),
    rotation('out-1', out),
  ];
  const PCI = { when: { pci_scope: ['cde', 'connected'] } };

  test('a violation out of scope is no exception', async () => {
    const frameworks = [framework([control('A-1', 'automated', 'rotation-max-age:direct')], PCI)];
    const assessment = await assessed({ subjects: SUBJECTS, observations: outcomes('pass'), frameworks });
    expect(finding(assessment)).toMatchObject({
      verdict: 'evidence-supports',
      because: 'rotation-max-age passes on both tested keys in scope.',
      mappings: [{ population: 2, outOfScope: 1, undecided: 0, findings: [] }],
    });
    expect(assessment.severities.high).toBe(1);
  });

  test('a subject whose scope nobody stated leaves the control open and is listed', async () => {
    const frameworks = [framework([control('A-1', 'automated', 'rotation-max-age:direct')], PCI)];
    const subjects = [
      ...SUBJECTS,
      ...Array.from({ length: 25 }, (_, n): TestSubject => ({ kind: 'key', id: `who-${n + 10}` })),
    ];
    const unknown = subjects.filter(({ id }) => id.startsWith('who')).map(({ id }) => rotation(id, 'pass'));
    const assessment = await assessed({
      subjects,
      observations: [...outcomes('pass'), ...unknown],
      frameworks,
    });
    expect(finding(assessment)).toMatchObject({
      verdict: 'insufficient-data',
      because: '"PCI DSS scope" is unknown for 25 keys.',
      mappings: [{ population: 2, outOfScope: 1, undecided: 25 }],
    });
    expect(assessment.frameworks[0]?.undecided).toEqual([
      {
        field: 'pci_scope',
        kind: 'key',
        subjects: 25,
        examples: Array.from({ length: 25 }, (_, n) => `who-${n + 10}`),
      },
    ]);
    expect(assessment.gaps[0]).toMatchObject({
      action:
        'State pci_scope for 25 keys, which the report lists, in the export or under applicability in keyproof.yaml.',
      missing: ['key.pci_scope'],
    });
  });

  test('an observation on a subject nobody lists is counted, as undecided', async () => {
    const frameworks = [framework([control('A-1', 'automated', 'rotation-max-age:direct')], PCI)];
    const observations = [...outcomes('pass'), rotation('stranger', 'fail')];
    const assessment = await assessed({ subjects: SUBJECTS, observations, frameworks });
    expect(finding(assessment)).toMatchObject({
      verdict: 'insufficient-data',
      mappings: [{ population: 2, undecided: 1, outOfScope: 1 }],
    });
  });

  test('a fact that may stay unknown makes a direct mapping partial and says so', async () => {
    const one = control('A-1', 'automated', 'rotation-max-age:direct');
    const mapping = {
      id: 'rotation-max-age',
      grade: 'direct' as const,
      limitation: 'Keys only.',
      when: { account_kind: ['application', 'unknown'] },
    };
    const frameworks = [framework([{ ...one, policies: [mapping] }], PCI)];
    const assessment = await assessed({ subjects: SUBJECTS, observations: outcomes('pass'), frameworks });
    expect(finding(assessment)).toMatchObject({
      verdict: 'partly-supported',
      because:
        'rotation-max-age passes on both tested keys in scope; "kind of account" is unknown for 1 key, counted in part only.',
      mappings: [
        {
          grade: 'partial',
          limitation: 'Keys only. Counted in part only: "kind of account" is unknown for 1 key.',
        },
      ],
    });
  });

  test('the organisation is in scope as soon as one of its subjects is', async () => {
    const frameworks = [framework([control('A-1', 'partial', 'gov-policy-current:partial')], PCI)];
    const failed = observation('gov-policy-current', 'organisation', 'Northbridge Bank', 'fail');
    const judge = async (subjects: TestSubject[]) =>
      finding(await assessed({ subjects, observations: [failed], policies: [POLICY], frameworks }));
    expect((await judge(SUBJECTS)).verdict).toBe('exception');
    expect((await judge([ORGANISATION, ...keys('k1')])).because).toBe(
      '"PCI DSS scope" is unknown for the organisation.',
    );
    expect((await judge([ORGANISATION, { kind: 'key', id: 'k1', pci_scope: 'out' }])).verdict).toBe(
      'not-tested',
    );
    const stated: TestSubject = { ...ORGANISATION, pci_scope: 'connected' };
    expect(await judge([stated])).toMatchObject({
      verdict: 'exception',
      mappings: [{ findings: [failed.id] }],
    });
  });
});

describeUnlessProved('facts about the entity', import.meta.url, PROGRAM_FILES, () => {
  const MEMBER = { when: { finra_member: [true] } };
  const subjects = [...keys('key-1', 'key-2'), ORGANISATION];
  const observations = ['key-1', 'key-2'].map((id) => rotation(id, 'pass'));

  async function memberFirm(
    stated: boolean | undefined,
    one = control('A-1', 'automated', 'rotation-max-age:direct'),
  ) {
    const applicability = stated === undefined ? {} : { finra_member: stated };
    const frameworks = [framework([{ ...one, ...MEMBER }])];
    return assessed({ plan: plan({ applicability }), subjects, observations, frameworks });
  }

  test('stated as needed: the evidence counts, and the assessment repeats the statement', async () => {
    const assessment = await memberFirm(true);
    expect(finding(assessment)).toMatchObject({
      verdict: 'evidence-supports',
      mappings: [{ population: 2 }],
    });
    expect(assessment.frameworks[0]?.undecided).toEqual([]);
    expect(assessment.plan.applicability).toEqual({ finra_member: true });
  });

  test('not stated: nothing counts, and the fact to state is named once, not for every key', async () => {
    const assessment = await memberFirm(undefined);
    expect(finding(assessment)).toMatchObject({
      verdict: 'insufficient-data',
      because: '"member firm of FINRA" is not stated for the entity.',
      mappings: [{ population: 0, findings: [] }],
    });
    expect(assessment.frameworks[0]?.undecided).toEqual([
      { field: 'finra_member', kind: 'organisation', subjects: 1, examples: ['Northbridge Bank'] },
    ]);
    expect(assessment.gaps[0]).toMatchObject({
      action: 'State finra_member under applicability in keyproof.yaml.',
      missing: ['applicability.finra_member in keyproof.yaml'],
    });
  });

  test('not stated: a control for a person says so too, and so does its line of the checklist', async () => {
    const assessment = await memberFirm(undefined, control('A-1', 'manual'));
    expect(finding(assessment)).toMatchObject({
      verdict: 'not-tested',
      because: 'No policy tests it; a person must ask; "member firm of FINRA" is not stated for the entity.',
    });
    expect(assessment.gaps[0]?.action).toMatch(/^State finra_member under applicability .* Ask: /);
    expect(assessment.gaps[0]?.missing).toEqual(['applicability.finra_member in keyproof.yaml']);
  });

  test.each([
    ['a control policies test', control('A-1', 'automated', 'rotation-max-age:direct')],
    ['a control for a person', control('A-1', 'manual')],
  ])('stated otherwise: %s is not applicable, with the statement as the reason', async (_, one) => {
    const assessment = await memberFirm(false, one);
    expect(finding(assessment)).toMatchObject({
      verdict: 'not-applicable',
      because: 'keyproof.yaml states finra_member: false.',
    });
    expect(assessment.gaps).toEqual([]);
  });

  test('a failure is no exception for an entity that the control does not concern, and is still a failed check', async () => {
    const assessment = await assessed({
      plan: plan({ applicability: { finra_member: false } }),
      subjects,
      observations: [rotation('key-1', 'fail'), rotation('key-2', 'pass')],
      frameworks: [framework([control('A-1', 'automated', 'rotation-max-age:direct')], MEMBER)],
    });
    expect(finding(assessment)).toMatchObject({ verdict: 'not-applicable', mappings: [{ findings: [] }] });
    expect(assessment.outcomes.fail).toBeGreaterThan(0);
  });
});

describeUnlessProved('the policies', import.meta.url, PROGRAM_FILES, () => {
  test('their outcomes add up to their population and to the totals', async () => {
    const observations = [
      rotation('k1', 'fail', { severity: 'critical' }),
      rotation('k2', 'no-evidence', { missing: ['key.created', 'key.last_rotated'] }),
      rotation('k3', 'no-evidence'),
      rotation('k4', 'not-applicable'),
      rotation('k5', 'error'),
      observation('inv-owner-assigned', 'key', 'k1', 'fail'),
      ...['k2', 'k3', 'k4', 'k5'].map((id) => observation('inv-owner-assigned', 'key', id, 'pass')),
    ];
    const policies = [ROTATION, OWNER];
    const assessment = await assessed({
      subjects: keys('k1', 'k2', 'k3', 'k4', 'k5'),
      observations,
      policies,
    });
    expect(assessment.policies).toMatchObject([
      { id: 'inv-owner-assigned', population: 5, severities: { high: 1 } },
      {
        id: 'rotation-max-age',
        population: 5,
        outcomes: {
          fail: 1,
          'no-evidence': 2,
          error: 1,
          'not-applicable': 1,
          pass: 0,
          waived: 0,
          attested: 0,
        },
        severities: { critical: 1, high: 0, medium: 0, low: 0 },
        missing: [
          { field: 'key.last_rotated', subjects: 2 },
          { field: 'key.created', subjects: 1 },
        ],
        reasons: [{ reason: 'the key is revoked', subjects: 1 }],
        errors: [{ message: 'division by zero', subjects: 1 }],
        set: {},
      },
    ]);
    expect(assessment).toMatchObject({
      subjects: { key: 5, vendor: 0 },
      outcomes: { fail: 2, pass: 4 },
      severities: { critical: 1, high: 1 },
    });
    expect(assessment.incomplete).toEqual([
      {
        kind: 'policy-error',
        message: 'Policy rotation-max-age could not be evaluated on 1 key: division by zero.',
      },
    ]);
  });

  test('a changed threshold says what it was, who changed it and why', async () => {
    const changed = { ...ROTATION, params: { days: 120 }, defaults: { days: 90 } };
    const origin = { kind: 'threshold', by: 'CISO', reason: 'TRA 2026-07' } as const;
    const thresholds = { 'rotation-max-age': { params: { days: 120 }, origins: { days: origin } } };
    const scene = { subjects: keys('k1'), observations: [rotation('k1', 'pass')] };
    const assessment = await assessed({ ...scene, policies: [changed], plan: plan({ thresholds }) });
    expect(assessment.policies[0]).toMatchObject({
      params: { days: 120 },
      set: { days: { from: 90, origin } },
    });
    expect(assessment.policies[0]).not.toHaveProperty('defaults');
  });

  test('nothing evaluated is said, never passed over', async () => {
    const kinds = async (scene: Scene) => (await assessed(scene)).incomplete.map(({ kind }) => kind);
    expect(await kinds({ subjects: [ORGANISATION], observations: [] })).toEqual(['nothing-evaluated']);
    expect(await kinds({ subjects: keys('k1'), observations: [rotation('k1', 'not-applicable')] })).toEqual([
      'nothing-evaluated',
    ]);
    expect(await kinds({ subjects: keys('k1'), observations: [rotation('k1', 'no-evidence')] })).toEqual([
      'nothing-evaluated',
    ]);
    expect(await kinds({ subjects: keys('k1'), observations: [] })).toEqual([
      'policy-error',
      'nothing-evaluated',
    ]);
  });
});

describeUnlessProved('the gap checklist', import.meta.url, PROGRAM_FILES, () => {
  test('states no severity where the framework leaves it to people, and keeps the order', async () => {
    const controls = [
      control('A-1', 'automated', 'inv-owner-assigned:direct'),
      control('A-2', 'automated', 'rotation-max-age:direct'),
    ];
    const assessment = await assessed({
      subjects: keys('key-1'),
      policies: [ROTATION, OWNER],
      observations: [
        observation('inv-owner-assigned', 'key', 'key-1', 'fail', { severity: 'low' }),
        rotation('key-1', 'fail', { severity: 'critical' }),
      ],
      frameworks: [framework(controls, { severityLeftToPeople: true })],
    });
    expect(assessment.gaps.map(({ control: id, severity }) => [id, severity])).toEqual([
      ['A-2', null],
      ['A-1', null],
    ]);
  });

  test('lists what is not supported, worst first, each with what to do', async () => {
    const frameworks = [
      framework([
        control('A-1', 'manual'),
        control('A-2', 'partial', 'inv-owner-assigned:partial'),
        control('A-3', 'automated', 'rotation-max-age:direct', 'inv-owner-assigned:supporting'),
        control('A-4', 'automated', 'inv-owner-assigned:direct'),
        control('A-5', 'partial', 'vendor-access-offboarded:direct'),
        control('A-6', 'partial', 'rotation-max-age:partial', 'vendor-access-offboarded:partial'),
      ]),
    ];
    const observations = [
      rotation('k1', 'fail', { severity: 'critical' }),
      rotation('k2', 'no-evidence'),
      observation('inv-owner-assigned', 'key', 'k1', 'pass'),
      observation('inv-owner-assigned', 'key', 'k2', 'pass'),
    ];
    const policies = [ROTATION, OWNER, VENDOR];
    const { gaps } = await assessed({ subjects: keys('k1', 'k2'), observations, policies, frameworks });
    const said = gaps.map(({ control: id, severity, failed, rules, missing, action }: PoamItem) => ({
      id,
      severity,
      failed,
      rules,
      missing,
      action,
    }));
    expect(said).toEqual([
      {
        id: 'A-3',
        severity: 'critical',
        failed: 1,
        rules: ['rotation-max-age'],
        missing: ['key.last_rotated'],
        action: 'Remedy rotation-max-age.',
      },
      {
        id: 'A-6',
        severity: 'critical',
        failed: 1,
        rules: ['rotation-max-age'],
        missing: ['key.last_rotated', 'vendor register (no export supplied)'],
        action: 'Remedy rotation-max-age.',
      },
      {
        id: 'A-5',
        severity: null,
        failed: 0,
        rules: ['vendor-access-offboarded'],
        missing: ['vendor register (no export supplied)'],
        action: 'Supply the vendor register. Ask: Who answers for A-5?',
      },
      {
        id: 'A-2',
        severity: null,
        failed: 0,
        rules: ['inv-owner-assigned'],
        missing: [],
        action: 'Ask: Who answers for A-2?',
      },
      { id: 'A-1', severity: null, failed: 0, rules: [], missing: [], action: 'Ask: Who answers for A-1?' },
    ]);
  });
});

describeUnlessProved('a million keys', import.meta.url, PROGRAM_FILES, () => {
  test('a million keys: 2,000,000 observations are counted by the database, 1,000 a policy are carried', async () => {
    const store = await memoryStore([ORGANISATION], [], ['keys']);
    await store.run(`INSERT INTO stated (kind, id, pci_scope)
      SELECT 'key', format('key-{:07d}', i), CASE i % 4 WHEN 0 THEN 'cde' WHEN 1 THEN 'connected' ELSE 'out' END FROM range(1000000) t(i)`);
    for (const [rule, prefix] of [
      ['rotation-max-age', 'a'],
      ['inv-owner-assigned', 'b'],
    ]) {
      await store.run(`INSERT INTO observations SELECT format('${prefix}{:015x}', i), '${rule}', 'key', format('key-{:07d}', i),
        CASE WHEN i % 100 = 99 OR i = 500000 THEN 'fail' ELSE 'pass' END,
        CASE WHEN i % 100 = 99 OR i = 500000 THEN 'low' END, '[]', [], [], NULL, [], NULL, NULL, NULL FROM range(1000000) t(i)`);
    }
    const assessment = await assess({
      plan: plan(),
      store,
      policies: [ROTATION, OWNER],
      policyBundleSha256: 'a'.repeat(64),
      frameworks: [
        framework([control('A-1', 'automated', 'rotation-max-age:direct')], { when: { pci_scope: ['cde'] } }),
      ],
      frameworksSha256: 'b'.repeat(64),
      files: [],
      incomplete: [],
      toolVersion: '0.1.0',
    });
    await store.close();
    expect(assessment.outcomes).toMatchObject({ pass: 1_979_998, fail: 20_002 });
    expect(finding(assessment)).toMatchObject({
      because: 'rotation-max-age fails (low, 1 of 250,000 tested keys in scope).',
      mappings: [{ population: 250_000, outOfScope: 750_000, findings: ['a00000000007a120'] }],
    });
    const carried = assessment.observations.filter((one) => one.ruleId === 'rotation-max-age');
    expect(carried).toHaveLength(1000);
    expect(carried.map((one) => one.id)).toContain('a00000000007a120');
  });
});

test('the same evidence in another order gives the same document, byte for byte', async () => {
  const subjects = keys('k1', 'k2', 'k3');
  const observations = [rotation('k1', 'fail'), rotation('k2', 'fail'), rotation('k3', 'error')];
  const { frameworks } = loadFrameworks(null);
  const forward = await assessed({ subjects, observations, frameworks });
  const backward = await assessed({
    subjects: subjects.toReversed(),
    observations: observations.toReversed(),
    frameworks,
  });
  expect(JSON.stringify(backward)).toBe(JSON.stringify(forward));
});

describeUnlessProved('a control counts the elements that it takes', import.meta.url, PROGRAM_FILES, () => {
  const element = (id: string, title: string) => ({ id, title, shows: title, criterion: 'none' as const });
  const LOGS = policy('log-integrity', 'key', {
    elements: [element('deletion', 'deletion of entries'), element('readers', 'readers of the logs')],
  });
  const result = (id: string, outcome: Observation['outcome'], rest = {}) => ({
    element: id,
    outcome,
    severity: outcome === 'fail' ? ('low' as const) : null,
    missing: [],
    reasons: [],
    ...rest,
  });
  const on = (id: string, outcome: Observation['outcome'], rest: Partial<Observation> = {}) =>
    observation('log-integrity', 'key', id, outcome, { missing: [], ...rest });
  const observations = [
    on('k1', 'fail', {
      severity: 'low',
      missing: ['key.readers'],
      elements: [result('deletion', 'fail'), result('readers', 'no-evidence', { missing: ['key.readers'] })],
    }),
    on('k2', 'fail', { severity: 'low', elements: [result('deletion', 'pass'), result('readers', 'fail')] }),
    on('k3', 'pass'),
    on('out', 'fail', { severity: 'low', elements: [result('deletion', 'fail'), result('readers', 'fail')] }),
  ];
  const taking = (id: string, ...elements: string[]) => {
    const one = control(id, 'partial', 'log-integrity:partial');
    return { ...one, policies: one.policies.map((mapping) => ({ ...mapping, elements })) };
  };
  const scene = {
    subjects: [
      ...['k1', 'k2', 'k3'].map((id) => ({ kind: 'key' as const, id, pci_scope: 'cde' })),
      { kind: 'key' as const, id: 'out', pci_scope: 'out' },
    ],
    observations,
    policies: [LOGS],
    frameworks: [
      framework([taking('A-1', 'deletion'), taking('A-2', 'readers'), taking('A-3', 'deletion', 'readers')], {
        when: { pci_scope: ['cde'] },
      }),
    ],
  };

  test('in its verdict, population, findings, missing evidence and reason', async () => {
    const assessment = await assessed(scene);
    const [k1, k2] = observations.map(({ id }) => id);
    const said = assessment.frameworks[0]?.controls.map(({ id, because, mappings: [mapping] }) => ({
      id,
      because,
      outcomes: Object.entries(mapping?.outcomes ?? {}).filter(([, count]) => count > 0),
      findings: mapping?.findings,
    }));
    expect(said).toEqual([
      {
        id: 'A-1',
        because: 'Deletion of entries: log-integrity fails (low, 1 of 3 tested keys in scope).',
        outcomes: [
          ['fail', 1],
          ['pass', 2],
        ],
        findings: [k1],
      },
      {
        id: 'A-2',
        because:
          'Readers of the logs: log-integrity fails (low, 1 of 2 tested keys in scope); other evidence is missing.',
        outcomes: [
          ['fail', 1],
          ['no-evidence', 1],
          ['pass', 1],
        ],
        findings: [k2],
      },
      {
        id: 'A-3',
        because: 'log-integrity fails (low, 2 of 3 tested keys in scope).',
        outcomes: [
          ['fail', 2],
          ['pass', 1],
        ],
        findings: [k1, k2],
      },
    ]);
    expect(assessment.gaps.find(({ control: id }) => id === 'A-1')?.missing).toEqual([]);
    expect(assessment.gaps.find(({ control: id }) => id === 'A-2')?.missing).toEqual(['key.readers']);
  });

  test('and the controls of every finding add up to the failures of the controls', async () => {
    const assessment = await assessed(scene);
    const listed = assessment.observations.map(({ subject, controls }) => [
      subject.id,
      controls.map(({ control: id }) => id),
    ]);
    expect(listed).toEqual([
      ['k1', ['A-1', 'A-3']],
      ['k2', ['A-2', 'A-3']],
      ['out', []],
    ]);
    for (const { id, mappings } of assessment.frameworks[0]?.controls ?? []) {
      const counted = listed.filter(([, controls]) => controls?.includes(id));
      expect(counted).toHaveLength(mappings.reduce((sum, mapping) => sum + mapping.outcomes.fail, 0));
    }
  });

  test('and what decides an element evaluates something, though no rule is decided as a whole', async () => {
    const incomplete = async (outcome: Observation['outcome']) => {
      const elements = [
        result('deletion', outcome),
        result('readers', 'no-evidence', { missing: ['key.readers'] }),
      ];
      const scene = {
        subjects: keys('k1'),
        policies: [LOGS],
        observations: [on('k1', 'no-evidence', { missing: ['key.readers'], elements })],
      };
      return (await assessed(scene)).incomplete.map(({ kind }) => kind);
    };
    expect(await incomplete('pass')).toEqual([]);
    expect(await incomplete('no-evidence')).toEqual(['nothing-evaluated']);
    expect(await incomplete('not-applicable')).toEqual(['nothing-evaluated']);
  });

  test('and the policy has the outcomes of each of its elements', async () => {
    const [logs] = (await assessed(scene)).policies;
    expect(
      logs?.elements.map(({ id, outcomes }) => [id, outcomes.fail, outcomes['no-evidence'], outcomes.pass]),
    ).toEqual([
      ['deletion', 2, 0, 2],
      ['readers', 2, 1, 1],
    ]);
  });
});

describeUnlessProved(
  'a control that fails by a default and by more than a default',
  import.meta.url,
  PROGRAM_FILES,
  () => {
    test('names what is more than a default, if failures of defaults are no exceptions', async () => {
      const elements = [
        {
          id: 'clauses',
          title: 'clauses',
          shows: 'Whether all are there.',
          criterion: { params: ['max_age_days'] },
        },
        { id: 'in-force', title: 'in force', shows: 'Whether it is.', criterion: 'none' as const },
        { id: 'other', title: 'other', shows: 'Nothing here.', criterion: 'none' as const },
      ];
      const failed = (element: string, severity: 'critical' | 'high') =>
        rotation(`k-${element}`, 'fail', {
          severity,
          violations: [{ element, message: `${element} is wrong`, facts: {}, records: [] }],
          elements: elements.map(({ id }) => ({
            element: id,
            outcome: id === element ? ('fail' as const) : ('pass' as const),
            severity: id === element ? severity : null,
            missing: [],
            reasons: [],
          })),
        });
      const controls = [control('A-1', 'partial', 'rotation-max-age:partial', 'by-default:partial')].map(
        (one) => ({
          ...one,
          policies: one.policies.map((mapping) =>
            mapping.id === 'by-default' ? mapping : { ...mapping, elements: ['clauses', 'in-force'] },
          ),
        }),
      );
      const limited = policy('by-default', 'key', { criterion: { params: ['max_age_days'] } });
      const scene = (observes?: string) => ({
        subjects: keys('k-clauses', 'k-in-force'),
        observations: [
          failed('clauses', 'critical'),
          failed('in-force', 'high'),
          observation('by-default', 'key', 'k-clauses', 'fail', { severity: 'critical' }),
        ],
        frameworks: [framework(controls, observes === undefined ? {} : { observation: observes })],
        policies: [policy('rotation-max-age', 'key', { elements }), limited],
      });
      const observed = await assessed(scene('observation'));
      const observing = finding(observed);
      expect(observing.because).toMatch(
        /^In force: in-force is wrong \(high, 1 of 2 tested keys, 1 more against keyproof's default only\); observation against/,
      );
      expect(observing.mappings).toMatchObject([
        { defaultFailures: 1, outcomes: { fail: 2 } },
        { defaultFailures: 1, outcomes: { fail: 1 } },
      ]);
      expect(observed.gaps).toMatchObject([{ failed: 1, severity: 'high', rules: ['rotation-max-age'] }]);
      expect(observed.gaps[0]?.action).toMatch(
        /^Remedy rotation-max-age\. State the entity's own limits .*\(by-default\)/,
      );
      const all = await assessed(scene());
      expect(all.gaps).toMatchObject([{ failed: 3, severity: 'critical' }]);
      const counting = finding(all);
      expect(counting.because).toMatch(/clauses, in force: clauses is wrong \(critical, both/i);
      expect(counting.mappings[0]?.defaultFailures).toBeUndefined();
    });
  },
);

describeUnlessProved('a word of the template of the standard', import.meta.url, PROGRAM_FILES, () => {
  const suggestions = { exception: 'Not in Place' };
  const limited = policy('rotation-max-age', 'key', { criterion: { params: ['max_age_days'] } });
  const observations = [rotation('k1', 'fail')];
  const judged = (own_limit: boolean, rule = limited) => {
    const controls = [control('A-1', 'partial', 'rotation-max-age:partial')].map((one) => ({
      ...one,
      policies: one.policies.map((mapping) => ({ ...mapping, ...(own_limit ? { own_limit } : {}) })),
    }));
    const frameworks = [framework(controls, { suggestions })];
    return assessed({ subjects: keys('k1'), observations, frameworks, policies: [rule] });
  };

  test("is not suggested for an exception against nothing but a default of keyproof's", async () => {
    const found = finding(await judged(false));
    expect([found.verdict, found.suggestion]).toEqual(['exception', undefined]);
  });

  test('is suggested if the default is the number of the control, or there is no limit', async () => {
    expect(finding(await judged(true)).suggestion).toBe('Not in Place');
    expect(finding(await judged(true)).because).toContain(
      "keyproof's default (max_age_days), no stricter than the control's own",
    );
    expect(finding(await judged(false, ROTATION)).suggestion).toBe('Not in Place');
  });

  test('is suggested if one of the elements that failed has the number of the control, and not for the others', async () => {
    const elements = ['yearly', 'removal'].map((id) => ({
      id,
      title: id,
      shows: `Whether ${id} holds.`,
      criterion: { params: ['max_age_days'] },
    }));
    const failing = async (element: string) => {
      const results = elements.map(({ id }) => ({
        element: id,
        outcome: id === element ? ('fail' as const) : ('pass' as const),
        severity: id === element ? ('high' as const) : null,
        missing: [],
        reasons: [],
      }));
      const controls = [control('A-1', 'partial', 'rotation-max-age:partial')].map((one) => ({
        ...one,
        policies: one.policies.map((mapping) => ({
          ...mapping,
          elements: ['yearly', 'removal'],
          own_limit: ['yearly'],
        })),
      }));
      const frameworks = [framework(controls, { suggestions })];
      const rule = { ...limited, elements };
      const failed = [rotation('k1', 'fail', { elements: results })];
      return finding(
        await assessed({ subjects: keys('k1'), observations: failed, frameworks, policies: [rule] }),
      );
    };
    expect((await failing('yearly')).suggestion).toBe('Not in Place');
    expect((await failing('removal')).suggestion).toBeUndefined();
  });
});
