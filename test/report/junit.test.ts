import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { parse, type TestSuites } from 'junit2json';
import { describe, expect, it } from 'vitest';
import { noOutcomes } from '../../src/assess/mapping-state.js';
import type { Assessment, JudgedObservation } from '../../src/model/index.js';
import { renderFormats } from '../../src/report/index.js';
import { makeAssessment } from './fixture.js';
import { anyAssessment, HOSTILE } from './hostile.js';
import { memorySink, packOf } from './pack-of.js';

const base = makeAssessment({ findings: 1 });
const [policy] = base.policies;
const [input] = base.inputs;
if (policy === undefined || input === undefined) throw new Error('The fixture is empty.');

function observed(id: string, rest: Partial<JudgedObservation> = {}): JudgedObservation {
  return {
    id,
    ruleId: policy?.id ?? '',
    subject: { kind: 'key', id: `k${id}` },
    outcome: 'fail',
    severity: 'high',
    violations: [
      {
        element: 'age',
        message: 'too old',
        facts: {},
        records: [{ file: 'exports/keys.csv', record: 'row 7' }],
      },
    ],
    missing: [],
    reasons: [],
    error: null,
    elements: [],
    controls: [],
    ...rest,
  };
}

const undecided = { violations: [], severity: null };

const assessment: Assessment = {
  ...base,
  inputs: [{ ...input, path: 'exports/keys.csv', lineOffset: 0 }],
  policies: [
    {
      ...policy,
      subject: 'key',
      population: 2399,
      reasons: [{ reason: 'the key is not active', subjects: 538 }],
      outcomes: {
        ...noOutcomes(),
        fail: 3,
        error: 1,
        'no-evidence': 89,
        'not-applicable': 538,
        attested: 2,
        pass: 1766,
      },
    },
  ],
  observations: [
    observed('1'),
    observed('2', { outcome: 'error', error: 'took longer than 5 s', ...undecided }),
    observed('3', { outcome: 'no-evidence', missing: ['key.expires', 'key.owner'], ...undecided }),
  ],
};

async function junit(of: Assessment): Promise<string> {
  const sink = memorySink();
  expect(await renderFormats(packOf(of), ['junit'], sink)).toEqual([]);
  return sink.files.get('junit.xml') ?? '';
}

async function suitesOf(of: Assessment): Promise<TestSuites> {
  const read = await parse(await junit(of));
  if (read === undefined || read === null || !('testsuite' in read)) throw new Error('There are no suites.');
  return read as TestSuites;
}

describe('junit.xml', () => {
  it('is a suite a policy and a case a subject, as junit2json reads it', async () => {
    const { testsuite, ...counts } = await suitesOf(assessment);
    expect(counts).toMatchObject({ tests: 8, failures: 2, errors: 1, skipped: 4 });
    const [suite] = testsuite ?? [];
    expect(suite).toMatchObject({ name: policy.id, tests: 8, failures: 2, errors: 1, skipped: 4 });
    expect(suite?.testcase?.map(({ name }) => name)).toEqual([
      'key k1',
      'key k2',
      'key k3',
      'further 2 keys: failed',
      'further 88 keys: no evidence',
      '2 keys: attested',
      '1,766 keys: passed',
      '538 keys: not applicable',
    ]);
    expect(suite?.testcase?.[0]?.failure?.[0]).toMatchObject({
      message: 'too old',
      inner: 'too old\n  row 7 of exports/keys.csv\nfinding 1',
    });
    expect(suite?.testcase?.[1]?.error?.[0]).toMatchObject({ message: 'took longer than 5 s' });
    expect(suite?.testcase?.[2]?.skipped?.[0]).toMatchObject({
      message: 'Not known: key: date of expiry; key: owner',
    });
    expect(suite?.testcase?.[3]?.failure?.[0]).toMatchObject({
      message: '2 keys: failed; each is in findings.csv',
    });
    expect(suite?.testcase?.[7]?.skipped?.[0]).toMatchObject({ inner: 'the key is not active' });
  });

  it('states the file and line of the first record, and counts subjects in properties', async () => {
    const read = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' }).parse(
      await junit(assessment),
    );
    const suite = read.testsuites.testsuite;
    expect(suite.testcase[0]).toMatchObject({ file: 'exports/keys.csv', line: '7', classname: policy.id });
    const properties = Object.fromEntries(
      suite.properties.property.map(({ name, value }: { name: string; value: string }) => [name, value]),
    );
    expect(properties).toMatchObject({ population: '2399', passed: '1766', failed: '3', attested: '2' });
  });

  it('names what is missing in words, and its paths as properties of the case', async () => {
    const text = await junit(assessment);
    const read = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' }).parse(text);
    const [, , undecidedCase] = read.testsuites.testsuite.testcase;
    expect(undecidedCase.properties.property).toEqual([
      { name: 'missing', value: 'key.expires' },
      { name: 'missing', value: 'key.owner' },
    ]);
    expect(undecidedCase.skipped.message).not.toContain('key.');
  });

  it('counts what was not tested as skipped, never as passed', async () => {
    const outcomes = { ...noOutcomes(), attested: 1, waived: 1, 'no-evidence': 1, 'not-applicable': 1 };
    const policies = [{ ...policy, population: 4, outcomes }];
    const { testsuite } = await suitesOf({ ...assessment, policies, observations: [] });
    expect(testsuite?.[0]).toMatchObject({ tests: 4, skipped: 4, failures: 0, errors: 0 });
  });

  it('is well-formed XML with the same text, whatever the text', async () => {
    const reader = new XMLParser({
      ignoreAttributes: false,
      attributeNamePrefix: '',
      trimValues: false,
      parseAttributeValue: false,
      parseTagValue: false,
      processEntities: true,
      htmlEntities: true,
    });
    const text = fc.oneof(
      fc.constantFrom(...HOSTILE.filter((one) => one.length < 1000)),
      fc.string({ unit: 'binary' }),
    );
    await fc.assert(
      fc.asyncProperty(text, async (message) => {
        const error = `x${message}x`;
        const xml = await junit({
          ...assessment,
          policies: [{ ...policy, outcomes: { ...noOutcomes(), error: 1 } }],
          observations: [observed('1', { outcome: 'error', error, ...undecided })],
        });
        expect(XMLValidator.validate(xml)).toBe(true);
        const read = reader.parse(xml).testsuites.testsuite.testcase.error.message;
        expect(read).toBe(shown(error));
      }),
      { numRuns: 200 },
    );
  });

  it('is well-formed for any assessment, and its counts are those of its cases', async () => {
    await fc.assert(
      fc.asyncProperty(anyAssessment, async (any) => {
        const xml = await junit(any);
        expect(XMLValidator.validate(xml)).toBe(true);
        const count = (tag: string) => xml.split(`<${tag}`).length - 1;
        const [, tests, failures, errors, skipped] =
          /^<testsuites [^\n]*tests="(\d+)" failures="(\d+)" errors="(\d+)" skipped="(\d+)">$/m.exec(xml) ??
          [];
        expect([tests, failures, errors, skipped].map(Number)).toEqual([
          count('testcase '),
          count('failure '),
          count('error '),
          count('skipped '),
        ]);
      }),
      { numRuns: 40 },
    );
  });
});

/** What a report prints of a text: what cannot be seen is named. */
function shown(text: string): string {
  return text.replace(
    /(?![\t\n])\p{Cc}|\p{Bidi_Control}|\p{Cs}|\p{Noncharacter_Code_Point}|\ufeff/gu,
    (found) => `[U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
  );
}
