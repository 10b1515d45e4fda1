import fc from 'fast-check';
import { type Observation, OUTCOMES, SEVERITIES, SUBJECT_KINDS } from '../../src/model/index.js';

/** Texts that a separator, a quote, SQL, JSON or a table of text could break. */
const HOSTILE = [
  '; ',
  'a; b',
  '"',
  `'; DROP TABLE observations; --`,
  '',
  ' ',
  '[]',
  '{}',
  'null',
  '\\u0000',
  '\u0000',
];

const text = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary' }), fc.string());

const facts = fc.dictionary(
  fc.oneof(text, fc.constant('__proto__')),
  fc.oneof(
    text,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
    fc.array(text),
  ),
  { maxKeys: 4 },
);

const source = fc.record({ file: text, record: text, sha256: text }, { requiredKeys: ['file', 'record'] });

const violation = fc.record(
  {
    element: text,
    message: text,
    severity: fc.constantFrom(...SEVERITIES),
    facts,
    records: fc.array(source, { maxLength: 3 }),
  },
  { requiredKeys: ['element', 'message', 'facts', 'records'] },
);

const element = fc.record({
  element: text,
  outcome: fc.constantFrom(...OUTCOMES),
  severity: fc.option(fc.constantFrom(...SEVERITIES)),
  missing: fc.array(text, { maxLength: 3 }),
  reasons: fc.array(text, { maxLength: 3 }),
});

/** Any observation, as JSON leaves it. */
const anyObservation: fc.Arbitrary<Observation> = fc
  .record({
    id: text,
    ruleId: text,
    subject: fc.record({ kind: fc.constantFrom(...SUBJECT_KINDS), id: text }),
    outcome: fc.constantFrom(...OUTCOMES),
    severity: fc.option(fc.constantFrom(...SEVERITIES)),
    violations: fc.array(violation, { maxLength: 3 }),
    missing: fc.array(text, { maxLength: 3 }),
    reasons: fc.array(text, { maxLength: 3 }),
    error: fc.option(text),
    elements: fc.array(element, { maxLength: 3 }),
  })
  .map((observation) => JSON.parse(JSON.stringify(observation)) as Observation);

/** Observations, each with an id of its own. */
export const anyObservations = fc.uniqueArray(anyObservation, { selector: ({ id }) => id, maxLength: 30 });
