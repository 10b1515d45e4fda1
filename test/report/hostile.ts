import fc from 'fast-check';
import type { Assessment } from '../../src/model/index.js';
import { makeAssessment } from './fixture.js';

/** Text that breaks renderers which print it as it comes. */
export const HOSTILE: readonly string[] = [
  '<script>alert(1)</script>',
  '</script><script>alert(1)</script>',
  '</style><img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  "' onmouseover='alert(1)",
  '`onfocus=alert(1)`',
  '{{constructor.constructor "return process"}}',
  '{{{raw}}} {{> icons}} {{/if}}',
  '<!-- --> ]]> &lt;script&gt; &#60;',
  '\u202edrowssap\u202c \u2066x\u2069',
  'a\u0000b\u0007c\u001b[31m\u009b',
  '\ud800 half a pair \udc00',
  '👩‍👩‍👧 ключ 鍵 مفتاح',
  '=HYPERLINK("http://x")',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  'line\r\nbreak\u2028\u2029',
  '| pipe ` tick * star _ under [link](javascript:alert(1)) ![x](http://x)',
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  '__proto__',
  'constructor',
  '',
  ' ',
  'x'.repeat(5000),
];

/** Values that renderers compute with or look up; everything else in an assessment is free text. */
const FIXED = new Set(
  'schemaVersion outcome severity verdict kind state status grade failOn formats evidence domain subject effort date asOf from to'.split(
    ' ',
  ),
);

/** Replaces every free text of a document with one of the texts given; equal texts stay equal, so that ids still meet. */
export const withTexts = <T>(document: T, texts: readonly string[]): T => {
  const given = new Map<string, string>();
  const other = (text: string): string => {
    const replaced = given.get(text) ?? texts[given.size % texts.length] ?? '';
    given.set(text, replaced);
    return replaced;
  };
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return FIXED.has(key) ? value : other(value);
    if (Array.isArray(value)) return value.map((item) => walk(item, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, walk(item, name)]));
  };
  return walk(document, '') as T;
};

const anyText = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ maxLength: 60 }),
);

/** Assessments of any size whose free texts may be anything. */
export const anyAssessment: fc.Arbitrary<Assessment> = fc
  .record({
    findings: fc.integer({ min: 0, max: 25 }),
    complete: fc.boolean(),
    keys: fc.integer({ min: 0, max: 50 }),
    texts: fc.array(anyText, { minLength: 1, maxLength: 30 }),
    strip: fc.boolean(),
  })
  .map(({ findings, complete, keys, texts, strip }) => {
    const assessment = withTexts(makeAssessment({ findings, complete, keys }), texts);
    return strip ? emptied(assessment) : assessment;
  });

/** What is left when nothing could be read. */
export const emptied = (assessment: Assessment): Assessment => ({
  ...assessment,
  plan: { ...assessment.plan, period: null, formats: ['html'], applicability: {} },
  inputs: [],
  population: [],
  policies: [],
  frameworks: [],
  gaps: [],
  subjectFailures: [],
  actions: [],
  missingEvidence: [],
  observations: [],
  outcomes: { fail: 0, 'no-evidence': 0, error: 0, waived: 0, attested: 0, pass: 0, 'not-applicable': 0 },
  severities: { critical: 0, high: 0, medium: 0, low: 0 },
  subjects: { key: 0, principal: 0, repository: 0, route: 0, vendor: 0, incident: 0, organisation: 0 },
});
