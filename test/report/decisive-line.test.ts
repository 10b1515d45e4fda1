import { expect, test } from 'vitest';
import type { ControlResult, MappingResult, PolicyResult } from '../../src/model/index.js';
import { decisiveLine } from '../../src/report/pdf/view/decisive-line.js';

const PASSES = { pass: 30, fail: 0, 'no-evidence': 0, 'not-applicable': 0, attested: 0, waived: 0, error: 0 };

const POLICY = {
  id: 'rotation-max-age',
  title: 'Keys are rotated in time',
  subject: 'key',
} as unknown as PolicyResult;
const context = {
  policies: new Map([[POLICY.id, POLICY]]),
  labels: new Map<string, string>(),
};

function mapping(rest: Partial<MappingResult>): MappingResult {
  return {
    ruleId: POLICY.id,
    grade: 'partial',
    elements: [],
    limits: [],
    inPart: false,
    limitation: null,
    population: 30,
    undecided: 0,
    outOfScope: 0,
    outcomes: PASSES,
    findings: [],
    ...rest,
  };
}

function line(state: 'exception' | 'observation' | 'partly-supported', ...mappings: MappingResult[]): string {
  return decisiveLine({ because: 'why', ask: null, mappings } as unknown as ControlResult, state, context);
}

test('names the elements that count, not the policy that tests more', () => {
  const part = mapping({ inPart: true, elements: [{ id: 'a', title: 'report on Form 6-K' }] });
  expect(line('partly-supported', part)).toBe(
    `30 of 30 keys tested passed: report on Form 6-K (${POLICY.id}).`,
  );
  expect(line('partly-supported', mapping({}))).toContain(POLICY.title);
});

test('beside an exception, what fails against a default only neither decides nor counts', () => {
  const fails = (fail: number, defaultFailures?: number) =>
    mapping({
      outcomes: { ...PASSES, fail, pass: 30 - fail },
      ...(defaultFailures ? { defaultFailures } : {}),
    });
  expect(line('exception', fails(9, 9), fails(5, 3))).toMatch(/^2 of 30 keys tested failed: [^;]*$/);
  expect(line('observation', fails(9, 9))).toMatch(/^9 of 30 keys tested failed/);
});
