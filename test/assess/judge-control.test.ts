import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { because } from '../../src/assess/because.js';
import { judgeControl, SIGNALS, type Signal, signalOf } from '../../src/assess/judge-control.js';
import { type MappingState, noOutcomes, total } from '../../src/assess/mapping-state.js';
import {
  type ControlStatus,
  type Grade,
  OUTCOMES,
  type Outcome,
  type Verdict,
} from '../../src/model/index.js';
import { control } from './fixtures.js';

const GRADES: readonly Grade[] = ['direct', 'partial', 'supporting'];
const STATUSES: readonly ControlStatus[] = ['automated', 'partial', 'manual', 'not-applicable'];

const NOTHING_STATED = { stated: { against: [], unstated: [] }, statedBy: new Map() };

function state(outcomes: Partial<MappingState['outcomes']>, rest: Partial<MappingState> = {}): MappingState {
  const counts = { ...noOutcomes(), ...outcomes };
  return {
    ruleId: 'rotation-max-age',
    kind: 'key',
    use: { ruleId: 'rotation-max-age', predicate: {}, taken: null },
    elements: [],
    inPart: false,
    limits: [],
    byDefault: false,
    observed: false,
    defaultFailures: 0,
    severityBeyondDefaults: null,
    failedBeyondDefaults: [],
    failed: [],
    grade: 'direct',
    limitation: null,
    population: total(counts),
    outOfScope: 0,
    notStated: 0,
    undecided: 0,
    undecidedFields: [],
    acceptedFields: [],
    outcomes: counts,
    waiting: 0,
    severity: null,
    findings: [],
    worst: null,
    worstElement: null,
    severityShown: true,
    missing: [],
    unevaluated: 0,
    supplied: true,
    inputGaps: [],
    ...rest,
  };
}

test('a verdict names the limit of what its first sentence is about, not of all that failed', () => {
  const mapping = state(
    { fail: 2 },
    {
      elements: [
        { id: 'enforced', title: 'end of an expired key' },
        { id: 'lifetime', title: 'life of the secret' },
      ],
      limits: [
        { whose: 'none', text: 'no limit' },
        { whose: 'keyproof', text: "keyproof's default (max_lifetime_days)" },
      ],
      failed: ['enforced', 'lifetime'],
      worst: 'expired on 2026-09-01, and is still active',
    },
  );
  const says = (worstElement: string) =>
    because(control('8.6.3', 'partial'), 'exception', [{ ...mapping, worstElement }], NOTHING_STATED);
  expect(says('enforced')).toBe('Expired on 2026-09-01, and is still active (both tested keys).');
  expect(says('lifetime')).toContain("(both tested keys, limit: keyproof's default (max_lifetime_days))");
});

test('an exception stands before observations against defaults', () => {
  const observed = state({ fail: 1 }, { observed: true, worst: 'older than the default' });
  const failed = state({ fail: 1 }, { worst: 'still active' });
  const said = because(control('APD-5', 'partial'), 'exception', [observed, failed], NOTHING_STATED);
  expect(said).toMatch(/^Still active .*; observation against keyproof's default: older than the default/);
});

describe('the signal of a mapping', () => {
  const CASES: readonly (readonly [what: string, state: MappingState, signal: Signal])[] = [
    ['one failure among a thousand passes', state({ fail: 1, pass: 999 }), 'fails'],
    ['a failure beside missing evidence', state({ fail: 1, 'no-evidence': 5 }), 'fails'],
    ['evidence missing on one subject', state({ pass: 999, 'no-evidence': 1 }), 'lacks'],
    [
      'time not over on one subject',
      state({ pass: 999, 'no-evidence': 1 }, { waiting: 1 }),
      'passes-in-part',
    ],
    ['time not over, and evidence missing', state({ 'no-evidence': 2 }, { waiting: 1 }), 'lacks'],
    ['time not over on all', state({ 'no-evidence': 1 }, { waiting: 1 }), 'silent'],
    ['an error on one subject', state({ pass: 999, error: 1 }), 'lacks'],
    ['one subject of unknown scope', state({ pass: 999 }, { undecided: 1 }), 'lacks'],
    ['one subject without any observation', state({ pass: 999 }, { unevaluated: 1 }), 'lacks'],
    ['no export supplied at all', state({}, { supplied: false }), 'lacks'],
    ['a policy that was not run', state({}, { kind: null }), 'lacks'],
    ['everything passed', state({ pass: 3 }), 'passes'],
    ['passed where it applies', state({ pass: 3, 'not-applicable': 9 }), 'passes'],
    ['passed, others out of scope', state({ pass: 3 }, { outOfScope: 9 }), 'passes'],
    ['passed, one waived', state({ pass: 3, waived: 1 }), 'waived'],
    ['passed, one attested', state({ pass: 3, attested: 1 }), 'passes-in-part'],
    [
      'passed, but records were rejected',
      state({ pass: 3 }, { inputGaps: ['1 rejected record'] }),
      'passes-in-part',
    ],
    ['failed against defaults only', state({ fail: 1 }, { observed: true }), 'observes'],
    ['nothing failed, whatever the limits', state({ pass: 1 }, { observed: true }), 'passes'],
    ['only attested', state({ attested: 1 }), 'attests'],
    ['attested and waived', state({ attested: 1, waived: 1 }), 'waived'],
    ['only waived', state({ waived: 2 }), 'waived'],
    ['one waived, one without evidence', state({ waived: 1, 'no-evidence': 1 }), 'lacks'],
    ['one waived, one failed', state({ waived: 1, fail: 1 }), 'fails'],
    ['not applicable everywhere', state({ 'not-applicable': 9 }), 'silent'],
    ['all out of scope', state({}, { outOfScope: 9 }), 'silent'],
    ['an export that holds nothing', state({}), 'silent'],
  ];

  test.each(CASES)('%s', (_, mapping, signal) => {
    expect(signalOf(mapping)).toBe(signal);
  });
});

/** The rules in words, written a second time and in another way, so that the table is checked and not repeated. */
function expected(status: ControlStatus, mappings: readonly { grade: Grade; signal: Signal }[]): Verdict {
  if (status === 'not-applicable') return 'not-applicable';
  const counting = mappings.filter(({ grade }) => grade === 'direct' || grade === 'partial');
  const signals = new Set(counting.map(({ signal }) => signal));
  if (signals.has('fails')) return 'exception';
  if (signals.has('lacks') || signals.has('observes')) return 'insufficient-data';
  if (signals.has('waived')) return 'exception-accepted';
  const directPasses = counting.some(({ grade, signal }) => grade === 'direct' && signal === 'passes');
  const clean = !signals.has('passes-in-part') && !signals.has('attests');
  if (status === 'automated' && directPasses && clean) return 'evidence-supports';
  if (signals.has('passes') || signals.has('passes-in-part')) return 'partly-supported';
  return signals.has('attests') ? 'attested' : 'not-tested';
}

test('the truth table gives every combination of up to three mappings its verdict', () => {
  const kinds = GRADES.flatMap((grade) => SIGNALS.map((signal) => ({ grade, signal })));
  const sets = [[], ...kinds.map((a) => [a]), ...kinds.flatMap((a) => kinds.map((b) => [a, b]))];
  const triples = kinds.flatMap((a) => kinds.flatMap((b) => kinds.map((c) => [a, b, c])));
  const seen = new Set<Verdict>();
  for (const status of STATUSES) {
    for (const mappings of [...sets, ...triples]) {
      const verdict = judgeControl(status, mappings);
      seen.add(verdict);
      if (verdict !== expected(status, mappings)) {
        expect({ status, mappings, verdict }).toEqual({
          status,
          mappings,
          verdict: expected(status, mappings),
        });
      }
    }
  }
  expect(seen.size).toBe(8);
});

test('a supporting mapping never changes a verdict', () => {
  for (const signal of SIGNALS) {
    expect(judgeControl('partial', [{ grade: 'supporting', signal }])).toBe('not-tested');
    expect(
      judgeControl('automated', [
        { grade: 'direct', signal: 'passes' },
        { grade: 'supporting', signal },
      ]),
    ).toBe('evidence-supports');
  }
});

/** From worst to best; not tested and attested are not better than tested in part. */
const RANK: readonly Verdict[] = [
  'exception',
  'insufficient-data',
  'exception-accepted',
  'not-tested',
  'attested',
  'partly-supported',
  'evidence-supports',
];

function judge(status: ControlStatus, mappings: readonly MappingState[]): number {
  const signals = mappings.map((one) => ({ grade: one.grade, signal: signalOf(one) }));
  return RANK.indexOf(judgeControl(status, signals));
}

const arbitraryOutcomes = fc
  .array(fc.tuple(fc.constantFrom<Outcome>(...OUTCOMES), fc.nat({ max: 3 })), { maxLength: 7 })
  .map((pairs) => Object.fromEntries(pairs));
const arbitraryState = fc
  .tuple(
    arbitraryOutcomes,
    fc.record({
      grade: fc.constantFrom(...GRADES),
      undecided: fc.nat({ max: 1 }),
      outOfScope: fc.nat({ max: 1 }),
      unevaluated: fc.nat({ max: 1 }),
      supplied: fc.boolean(),
      observed: fc.boolean(),
      inputGaps: fc.constantFrom<string[]>([], ['1 rejected record']),
    }),
  )
  .map(([outcomes, rest]) => state(outcomes, rest));
const arbitraryControl = fc.record({
  status: fc.constantFrom<ControlStatus>('automated', 'partial', 'manual'),
  mappings: fc.array(arbitraryState, { minLength: 1, maxLength: 4 }),
  at: fc.nat(),
});

/** Changes one mapping, and asks that the verdict never gets better. */
function neverImproves(change: (mapping: MappingState) => MappingState): void {
  fc.assert(
    fc.property(arbitraryControl, ({ status, mappings, at }) => {
      const index = at % mappings.length;
      const changed = mappings.map((mapping, each) => (each === index ? change(mapping) : mapping));
      expect(judge(status, changed)).toBeLessThanOrEqual(judge(status, mappings));
    }),
    { numRuns: 2000 },
  );
}

const more = (outcome: Outcome) => (mapping: MappingState) =>
  state(
    { ...mapping.outcomes, [outcome]: mapping.outcomes[outcome] + 1 },
    {
      ...mapping,
      population: mapping.population + 1,
      outcomes: { ...mapping.outcomes, [outcome]: mapping.outcomes[outcome] + 1 },
    },
  );

describe('whatever is known, a verdict never gets better by', () => {
  test('one more failure', () => neverImproves(more('fail')));
  test('one more subject without evidence', () => neverImproves(more('no-evidence')));
  test('one more error', () => neverImproves(more('error')));
  test('one more subject of unknown scope', () =>
    neverImproves((mapping) => ({ ...mapping, undecided: mapping.undecided + 1 })));
  test('one more subject that was not evaluated', () =>
    neverImproves((mapping) => ({ ...mapping, unevaluated: mapping.unevaluated + 1 })));
  test('one more rejected record', () =>
    neverImproves((mapping) => ({ ...mapping, inputGaps: [...mapping.inputGaps, '1 rejected record'] })));
  test('losing every passing subject and its export', () =>
    neverImproves((mapping) => {
      const outcomes = { ...noOutcomes(), fail: mapping.outcomes.fail };
      return { ...mapping, outcomes, population: outcomes.fail, outOfScope: 0, supplied: false };
    }));
});
