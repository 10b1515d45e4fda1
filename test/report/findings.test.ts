import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noOutcomes } from '../../src/assess/mapping-state.js';
import type { Assessment, JudgedObservation, Limit, Subject } from '../../src/model/index.js';
import { renderFormats } from '../../src/report/index.js';
import { makeAssessment } from './fixture.js';
import { memorySink, packOf } from './pack-of.js';

const [policy] = makeAssessment({ findings: 1 }).policies;
const source = (record: string) => ({ file: 'exports/keys.csv', record, sha256: 'cd'.repeat(32) });

const DEFAULT: Limit = { whose: 'keyproof', text: "keyproof's default (max_age_days)" };
const NO_LIMIT: Limit = { whose: 'none', text: 'no limit' };

const element = (id: string, title: string) => ({
  id,
  title,
  shows: null,
  criterion: null,
  limit: id === 'age' ? DEFAULT : NO_LIMIT,
  outcomes: policy?.outcomes ?? noOutcomes(),
});

const assessment: Assessment = {
  ...makeAssessment({ findings: 1 }),
  actions: makeAssessment({ findings: 1 })
    .actions.slice(0, 1)
    .map((action) => ({ ...action, ruleId: 'a-rule', priority: 7 })),
  policies: policy
    ? [
        {
          ...policy,
          id: 'a-rule',
          title: '@Title',
          remediation: 'Rotate,\nthen tell.',
          elements: [
            element('age', 'age of the secret'),
            element('owner', 'an owner'),
            element('a-rule', 'else'),
          ],
        },
      ]
    : [],
};

function failed(id: string, ruleId: string, rest: Partial<JudgedObservation> = {}): JudgedObservation {
  return {
    id,
    ruleId,
    subject: { kind: 'key', id: 'k1' },
    outcome: 'fail',
    severity: 'high',
    violations: [
      {
        element: 'age',
        message: 'too old, by "far"',
        facts: { days: 412 },
        records: [source('row 2'), source('row 3')],
      },
      { element: 'a-rule', message: 'second', facts: {}, records: [source('row 2')] },
    ],
    missing: [],
    reasons: [],
    error: null,
    elements: [],
    controls: [],
    ...rest,
  };
}

const SUBJECTS: Subject[] = [
  {
    kind: 'key',
    id: 'k1',
    label: null,
    owner: 'Ida Thorsen',
    status: null,
    facts: { environment: 'production' },
    life: null,
    source: null,
  },
  person('p1', 'Ida Thorsen', 'left'),
];

function person(id: string, label: string, status: string | null): Subject {
  return { kind: 'principal', id, label, owner: null, status, facts: {}, life: null, source: null };
}

async function findings(
  observations: readonly JudgedObservation[],
  subjects: readonly Subject[] = SUBJECTS,
): Promise<string> {
  const sink = memorySink();
  expect(await renderFormats(packOf(assessment, observations, subjects), ['findings'], sink)).toEqual([]);
  return sink.files.get('findings.csv') ?? '';
}

const rowsOf = (csv: string): Record<string, string>[] =>
  parse(csv, { columns: true, bom: true, record_delimiter: '\r\n' });

describe('findings.csv', () => {
  it('lists every failed observation, worst first, with the first record and no formula', async () => {
    const csv = await findings([
      failed('02', 'a-rule', {
        controls: [
          { framework: 'pci-dss-4.0.1', control: '3.6.1', grade: 'direct' },
          { framework: 'soc2-2017', control: 'CC6.1', grade: 'partial' },
        ],
      }),
      failed('01', 'b-rule', { outcome: 'pass', severity: null, violations: [] }),
      failed('04', 'c-rule', {
        subject: { kind: 'vendor', id: 'k1' },
        severity: 'critical',
        violations: [{ element: 'c-rule', message: '=HYPERLINK("x")', facts: {}, records: [] }],
      }),
    ]);
    expect(csv.split('\r\n')[0]).toBe(
      '\ufefffinding_id,rule_id,title,elements,limit,severity,subject_kind,subject_id,environment,owner,owner_status,first_seen,due_suggested,exception,priority,message,source_file,source_record,source_sha256,records,controls,scope,scope_stated_by,remediation,explain',
    );
    expect(rowsOf(csv)).toEqual([
      {
        finding_id: '04',
        rule_id: 'c-rule',
        title: '',
        elements: '',
        limit: NO_LIMIT.text,
        severity: 'critical',
        subject_kind: 'vendor',
        subject_id: 'k1',
        environment: '',
        owner: '',
        owner_status: '',
        first_seen: '',
        due_suggested: '2026-10-07',
        exception: '',
        priority: '',
        message: `'=HYPERLINK("x")`,
        source_file: '',
        source_record: '',
        source_sha256: '',
        records: '0',
        controls: '',
        scope: '',
        scope_stated_by: '',
        remediation: '',
        explain: 'keyproof explain 04',
      },
      {
        finding_id: '02',
        rule_id: 'a-rule',
        title: `'@Title`,
        elements: 'age of the secret; else',
        limit: `age of the secret: ${DEFAULT.text}; else: ${NO_LIMIT.text}`,
        severity: 'high',
        subject_kind: 'key',
        subject_id: 'k1',
        environment: 'production',
        owner: 'Ida Thorsen',
        owner_status: 'left',
        first_seen: '',
        due_suggested: '2026-10-14',
        exception: '',
        priority: '7',
        message: 'too old, by "far"; second',
        source_file: 'exports/keys.csv',
        source_record: 'row 2',
        source_sha256: 'cd'.repeat(32),
        records: '2',
        controls: 'pci-dss-4.0.1 3.6.1 (direct); soc2-2017 CC6.1 (partial)',
        scope: '',
        scope_stated_by: '',
        remediation: 'Rotate,\nthen tell.',
        explain: 'keyproof explain 02',
      },
    ]);
  });

  it('states no status of an owner whose name two people have who differ in it', async () => {
    const two = [...SUBJECTS, person('p2', 'Ida Thorsen', 'active')];
    const csv = await findings([failed('02', 'a-rule')], two);
    expect(rowsOf(csv)).toMatchObject([{ owner: 'Ida Thorsen', owner_status: '' }]);
    const alike = [...SUBJECTS, person('p2', 'Ida Thorsen', 'left')];
    expect(rowsOf(await findings([failed('02', 'a-rule')], alike))).toMatchObject([{ owner_status: 'left' }]);
  });

  it('is a header where nothing failed', async () => {
    expect((await findings([])).split('\r\n')).toHaveLength(2);
  });

  it.each(['=1', '+1', '-1', '@a', '\tx', '\rx'])('guards a cell that begins like %j', async (id) => {
    const csv = await findings([failed('x', 'a-rule', { subject: { kind: 'key', id } })]);
    expect(rowsOf(csv)).toMatchObject([{ subject_id: `'${id}` }]);
  });

  it('keeps every text in its cell', async () => {
    const text = fc.string({ unit: 'binary' });
    await fc.assert(
      fc.asyncProperty(text, text, async (id, message) => {
        const violations = [{ element: 'a-rule', message, facts: {}, records: [] }];
        const csv = await findings([failed('x', 'a-rule', { subject: { kind: 'key', id }, violations })]);
        const [row, ...more] = rowsOf(csv);
        expect(more).toEqual([]);
        expect(
          [row?.['subject_id'], row?.['message']].map((cell) => cell?.replace(/^'(?=[=+\-@\t\r])/, '')),
        ).toEqual([id, message]);
      }),
    );
  });
});
