import { describe, expect, it } from 'vitest';
import { readingsOf } from '../../src/evaluate/readings.js';
import { settleElements } from '../../src/evaluate/settle-elements.js';
import { settleReadings } from '../../src/evaluate/settle-readings.js';
import type { Contradiction, Observation, Outcome } from '../../src/model/index.js';

const source = (record: string) => ({ file: 'keys.csv', record, sha256: '0'.repeat(64) });

function contradiction(field: string, values: string[], joined = false): Contradiction {
  const readings = values.map((value, n) => ({ value, source: source(`row ${n + 2}`) }));
  return { field, joined, readings };
}

function dossierOf(contradictions: Contradiction[]): Uint8Array {
  const nothing = Object.fromEntries(contradictions.map(({ field }) => [field, null]));
  return new TextEncoder().encode(JSON.stringify({ key: { key_id: 'k', ...nothing }, contradictions }));
}

/** An observation of a rule that looks at the key alone. */
function observed(outcome: Outcome, more: Partial<Observation> = {}): Observation {
  return {
    id: 'x',
    ruleId: 'r',
    subject: { kind: 'key', id: 'k' },
    outcome,
    severity: outcome === 'fail' ? 'high' : null,
    violations: [],
    missing: [],
    reasons: [],
    error: null,
    elements: [],
    ...more,
  };
}

type Rule = (key: { [field: string]: string | null }) => Observation;

/** What is decided of a key by a rule, as the evaluator goes about it. */
function decided(contradictions: Contradiction[], rule: Rule): Observation {
  const bytes = dossierOf(contradictions);
  const readings = readingsOf('key', bytes);
  const run = (dossier: Uint8Array) => rule(JSON.parse(new TextDecoder().decode(dossier)).key);
  if (readings === null) return run(bytes);
  const read = (some: typeof readings.whole) =>
    some.map((reading) => ({ reading, observation: run(reading.dossier) }));
  return settleReadings(run(bytes), readings, {
    whole: read(readings.whole),
    partial: read(readings.partial),
  });
}

/** Fails if a field has one of some values, does not know if it has none, and else has another outcome. */
function failsBy(
  field: string,
  bad: string[],
  otherwise: Outcome = 'pass',
  unknown: Outcome = 'no-evidence',
): Rule {
  return (key) => {
    const value = key[field] ?? null;
    if (value === null)
      return observed(unknown, { missing: unknown === 'no-evidence' ? [`key.${field}`] : [] });
    if (!bad.includes(value)) return observed(otherwise);
    const records = [source('row 2')];
    return observed('fail', {
      violations: [{ element: 'r', message: `${field} is ${value}`, facts: {}, records }],
    });
  };
}

const TIER = contradiction('risk_tier', ['critical', 'high']);

describe('a rule on a subject whose records contradict each other', () => {
  it('is asked once if none do', () => {
    expect(readingsOf('key', dossierOf([]))).toBeNull();
  });

  it('has no evidence if one reading fails and another does not', () => {
    for (const [otherwise, unknown] of [
      ['pass', 'no-evidence'],
      ['pass', 'pass'],
      ['not-applicable', 'not-applicable'],
      ['pass', 'fail'],
    ] as const)
      expect(decided([TIER], failsBy('risk_tier', ['critical'], otherwise, unknown))).toEqual(
        observed('no-evidence', { missing: ['key.risk_tier (records disagree)'] }),
      );
  });

  it('has no evidence if every reading passes and the field is needed', () => {
    expect(decided([TIER], failsBy('risk_tier', [])).outcome).toBe('no-evidence');
  });

  it('fails if every reading fails, and cites both records', () => {
    expect(decided([TIER], failsBy('risk_tier', ['critical', 'high']))).toEqual(
      observed('fail', {
        violations: [
          {
            element: 'r',
            message: 'risk_tier is critical',
            facts: {},
            records: [source('row 2'), source('row 3')],
          },
        ],
        missing: ['key.risk_tier (records disagree)'],
      }),
    );
  });

  it('keeps what does not depend on the field', () => {
    for (const outcome of ['pass', 'not-applicable', 'attested', 'fail', 'error'] as const)
      expect(decided([TIER], () => observed(outcome))).toEqual(observed(outcome));
  });

  it('tries every combination of two fields', () => {
    const both: Rule = ({ risk_tier, status }) =>
      risk_tier === 'critical' && status === 'active' ? observed('fail') : observed('pass');
    const status = contradiction('status', ['active', 'inactive']);
    expect(decided([TIER, status], both)).toEqual(
      observed('no-evidence', {
        missing: ['key.risk_tier (records disagree)', 'key.status (records disagree)'],
      }),
    );
  });

  it('never fails by a field that the rest of the dossier was joined by, and never passes by it', () => {
    const owner = contradiction('owner', ['jane', 'john'], true);
    expect(decided([owner], failsBy('owner', ['jane', 'john'])).outcome).toBe('no-evidence');
    expect(decided([owner], failsBy('owner', ['jane'], 'pass', 'pass')).outcome).toBe('no-evidence');
    expect(decided([owner, TIER], failsBy('risk_tier', ['critical', 'high'])).outcome).toBe('fail');
    expect(decided([owner, TIER], failsBy('risk_tier', ['critical', 'high'], 'pass', 'fail')).outcome).toBe(
      'fail',
    );
  });

  it('has no evidence if there are too many combinations to try', () => {
    const many = ['a', 'b', 'c', 'd', 'e', 'f'].map((field) => contradiction(field, ['x', 'y']));
    expect(decided(many, () => observed('pass')).outcome).toBe('no-evidence');
    expect(decided(many, () => observed('fail')).outcome).toBe('no-evidence');
  });
});

describe('a rule of several elements', () => {
  const policy = {
    id: 'r',
    severity: 'high',
    elements: ['a', 'b', 'c'].map((id) => ({ id, clean: 'pass' as const })),
  };
  const element = (id: string, outcome: Outcome, missing: string[] = []) => ({
    element: id,
    outcome,
    severity: outcome === 'fail' ? ('high' as const) : null,
    missing,
    reasons: [],
  });
  const violation = (id: string) => ({
    element: id,
    message: `${id} fails`,
    facts: {},
    records: [source('row 2')],
  });
  const open = 'key.risk_tier (records disagree)';

  function settled(unknown: Observation, critical: Observation, high: Observation): Observation {
    const readings = readingsOf('key', dossierOf([TIER]));
    if (readings === null) throw new Error('The tier is contradicted.');
    const whole = readings.whole.map((reading, n) => ({ reading, observation: n === 0 ? critical : high }));
    return settleElements(policy, unknown, readings, { whole, partial: [] });
  }

  it('lacks evidence for the elements that the field decides, and for no other', () => {
    const unknown = observed('no-evidence', {
      missing: ['key.risk_tier'],
      elements: [element('a', 'no-evidence', ['key.risk_tier']), element('b', 'pass'), element('c', 'pass')],
    });
    const failing = observed('fail', {
      violations: [violation('a')],
      elements: [element('a', 'fail'), element('b', 'pass'), element('c', 'pass')],
    });
    expect(settled(unknown, failing, observed('pass'))).toEqual(
      observed('no-evidence', {
        missing: [open],
        elements: [element('a', 'no-evidence', [open]), element('b', 'pass'), element('c', 'pass')],
      }),
    );
  });

  it('fails only by an element that fails by every reading', () => {
    const failing = (...ids: string[]) =>
      observed('fail', {
        violations: ids.map(violation),
        elements: ['a', 'b', 'c'].map((id) => element(id, ids.includes(id) ? 'fail' : 'pass')),
      });
    expect(settled(observed('pass'), failing('a'), failing('b'))).toEqual(
      observed('no-evidence', {
        missing: [open],
        elements: [
          element('a', 'no-evidence', [open]),
          element('b', 'no-evidence', [open]),
          element('c', 'pass'),
        ],
      }),
    );
    expect(settled(observed('pass'), failing('a', 'b'), failing('b'))).toEqual(
      observed('fail', {
        violations: [violation('b')],
        missing: [open],
        elements: [element('a', 'no-evidence', [open]), element('b', 'fail'), element('c', 'pass')],
      }),
    );
  });
});
