import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Assessment, ControlResult, Observation, Subject } from '../../src/model/index.js';
import { renderFormats } from '../../src/report/index.js';
import { makeAssessment } from './fixture.js';
import { memorySink, packOf } from './pack-of.js';

const [policy] = makeAssessment({ findings: 1 }).policies;
const source = (record: string) => ({ file: 'exports/keys.csv', record, sha256: 'cd'.repeat(32) });

function control(id: string, ruleId: string, grade: 'direct' | 'partial'): ControlResult {
  return { id, mappings: [{ ruleId, grade }] } as ControlResult;
}

const assessment: Assessment = {
  ...makeAssessment({ findings: 1 }),
  policies: policy ? [{ ...policy, id: 'a-rule', title: '@Title', remediation: 'Rotate,\nthen tell.' }] : [],
  frameworks: [
    {
      id: 'pci-dss-4.0.1',
      controls: [control('3.6.1', 'a-rule', 'direct'), control('9.9', 'b-rule', 'direct')],
    },
    { id: 'soc2-2017', controls: [control('CC6.1', 'a-rule', 'partial')] },
  ] as Assessment['frameworks'],
};

function failed(id: string, ruleId: string, rest: Partial<Observation> = {}): Observation {
  return {
    id,
    ruleId,
    subject: { kind: 'key', id: 'k1' },
    outcome: 'fail',
    severity: 'high',
    violations: [
      { message: 'too old, by "far"', facts: { days: 412 }, records: [source('row 2'), source('row 3')] },
      { message: 'second', facts: {}, records: [source('row 2')] },
    ],
    missing: [],
    reasons: [],
    error: null,
    ...rest,
  };
}

const SUBJECTS: Subject[] = [
  {
    kind: 'key',
    id: 'k1',
    label: null,
    owner: null,
    status: null,
    facts: { environment: 'production' },
    source: null,
  },
];

async function findings(observations: readonly Observation[]): Promise<string> {
  const sink = memorySink();
  expect(await renderFormats(packOf(assessment, observations, SUBJECTS), ['findings'], sink)).toEqual([]);
  return sink.files.get('findings.csv') ?? '';
}

const rowsOf = (csv: string): Record<string, string>[] =>
  parse(csv, { columns: true, bom: true, record_delimiter: '\r\n' });

describe('findings.csv', () => {
  it('lists every failed observation, worst first, with the first record and no formula', async () => {
    const csv = await findings([
      failed('02', 'a-rule'),
      failed('01', 'b-rule', { outcome: 'pass', severity: null, violations: [] }),
      failed('04', 'c-rule', {
        subject: { kind: 'vendor', id: 'k1' },
        severity: 'critical',
        violations: [{ message: '=HYPERLINK("x")', facts: {}, records: [] }],
      }),
    ]);
    expect(csv.split('\r\n')[0]).toBe(
      '\ufefffinding_id,rule_id,title,severity,subject_kind,subject_id,environment,message,source_file,source_record,source_sha256,records,controls,remediation',
    );
    expect(rowsOf(csv)).toEqual([
      {
        finding_id: '04',
        rule_id: 'c-rule',
        title: '',
        severity: 'critical',
        subject_kind: 'vendor',
        subject_id: 'k1',
        environment: '',
        message: `'=HYPERLINK("x")`,
        source_file: '',
        source_record: '',
        source_sha256: '',
        records: '0',
        controls: '',
        remediation: '',
      },
      {
        finding_id: '02',
        rule_id: 'a-rule',
        title: `'@Title`,
        severity: 'high',
        subject_kind: 'key',
        subject_id: 'k1',
        environment: 'production',
        message: 'too old, by "far"; second',
        source_file: 'exports/keys.csv',
        source_record: 'row 2',
        source_sha256: 'cd'.repeat(32),
        records: '2',
        controls: 'pci-dss-4.0.1 3.6.1 (direct); soc2-2017 CC6.1 (partial)',
        remediation: 'Rotate,\nthen tell.',
      },
    ]);
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
        const violations = [{ message, facts: {}, records: [] }];
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
