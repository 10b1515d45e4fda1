import { beforeAll, expect, test } from 'vitest';
import type { Observation } from '../../src/model/index.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';
import { type CompiledRules, compileRules, evaluateRules, of, type Rules } from './run-rules.js';

const RULES: Rules = {
  good: 'result := {"outcome": "pass"}',
  even: 'result := {"outcome": "fail", "violations": {{"message": sprintf("%d is even", [input.n]), "facts": {"n": input.n}, "records": [input.source]}}} if input.n % 2 == 0\n\nresult := {"outcome": "pass"} if input.n % 2 == 1',
  conflict:
    'result := "a" if input.n == 3\n\nresult := "b" if input.n == 3\n\nresult := {"outcome": "pass"} if input.n != 3',
  silent: 'result := {"outcome": "pass"} if input.n < 0',
  slow: 'result := {"outcome": "fail"} if {\n\tinput.n in data.slow\n\tsome a in numbers.range(1, 30000)\n\tsome b in numbers.range(1, 30000)\n\ta + b == -1\n} else := {"outcome": "pass"}',
  greedy:
    'result := {"outcome": "pass", "x": [c | input.n in data.greedy; some a in numbers.range(1, 3000); some b in numbers.range(1, 3000); c := [a, b]]}',
  exact:
    'result := {"outcome": "fail", "violations": {{"message": {"b", input.n, "a"}, "facts": {"serial": 12345678901234567890, "words": {"z", "日本", "a", "ß"}, "nested": [{"b": {2, 10, 1}, "a": 1}]}}}}',
};

const ids = Object.keys(RULES);
let compiled: CompiledRules;

/** Subjects on which a policy never ends, and on which one wants more memory than it may have. */
type Demands = { slow?: number[]; greedy?: number[] };

const run = (
  subjects: number,
  { slow, greedy = [], ...options }: Demands & { workers?: number; buckets?: number } = {},
) =>
  evaluateRules(compiled, subjects, {
    data: { slow: slow ?? [], greedy },
    maxMemoryMb: slow === undefined ? 128 : 3000,
    ...options,
  });

describeUnlessProved('evaluation in worker threads', import.meta.url, PROGRAM_FILES, () => {
  beforeAll(async () => {
    compiled = await compileRules(RULES);
  });

  test('every policy answers for every subject, with the records it relied on', async () => {
    const { observations, result, seen } = await run(10);
    expect(result.subjects).toBe(10);
    expect(observations).toHaveLength(10 * ids.length);
    expect(of(observations, 'even').filter(({ outcome }) => outcome === 'fail')).toHaveLength(5);
    expect(of(observations, 'even', 4)[0]?.violations).toEqual([
      {
        element: 'even',
        message: '4 is even',
        facts: { n: 4 },
        records: [{ file: 'keys.csv', record: 'row 6' }],
      },
    ]);
    expect(seen.at(-1)).toBe(10);
  });

  test('sets come in OPA\u2019s order, big integers with every digit, text as it is', async () => {
    const { observations } = await run(1);
    const [violation] = of(observations, 'exact', 0)[0]?.violations ?? [];
    expect(JSON.stringify(violation?.facts)).toBe(
      '{"nested":[{"a":1,"b":[1,2,10]}],"serial":"12345678901234567890","words":["a","z","ß","日本"]}',
    );
    expect(violation?.message).toBe('[0,"a","b"]');
  });

  test('a policy that throws on one subject is an error there and nowhere else', async () => {
    const { observations } = await run(10);
    expect(of(observations, 'conflict', 3)[0]).toMatchObject({
      outcome: 'error',
      error: expect.stringContaining('conflict'),
    });
    expect(of(observations, 'conflict').filter(({ outcome }) => outcome === 'pass')).toHaveLength(9);
    expect(of(observations, 'good', 3)[0]?.outcome).toBe('pass');
    expect(of(observations, 'even', 3)[0]?.outcome).toBe('pass');
  });

  test('a policy without an answer is an error, not a pass', async () => {
    const { observations } = await run(2);
    expect(of(observations, 'silent').map(({ outcome, error }) => [outcome, error])).toEqual([
      ['error', 'the policy gave no result'],
      ['error', 'the policy gave no result'],
    ]);
  });

  test('a policy that takes more memory than it may is an error on that subject; the rest stands', async () => {
    const { observations } = await run(8, { greedy: [5] });
    expect(of(observations, 'greedy', 5)[0]?.outcome).toBe('error');
    expect(of(observations, 'greedy').filter(({ outcome }) => outcome === 'pass')).toHaveLength(7);
    expect(of(observations, 'good', 5)[0]?.outcome).toBe('pass');
  });

  test('a policy that never ends on one subject is stopped there; everything else stands', async () => {
    const { observations } = await run(9, { slow: [6] });
    expect(of(observations, 'slow', 6)[0]).toMatchObject({
      outcome: 'error',
      error: 'the policy did not finish within 700 ms',
    });
    expect(of(observations, 'slow').filter(({ outcome }) => outcome === 'pass')).toHaveLength(8);
    expect(of(observations, 'good').every(({ outcome }) => outcome === 'pass')).toBe(true);
  });

  test('a policy that never ends on several subjects is given up for all of them, in every bucket', async () => {
    const { observations } = await run(12, { slow: [1, 4, 7, 10], buckets: 3 });
    expect(new Set(of(observations, 'slow').map(({ error }) => error))).toEqual(
      new Set(['the policy ran over its time limit of 700 ms on several subjects, so it was given up']),
    );
    expect(of(observations, 'slow')).toHaveLength(12);
    expect(of(observations, 'even').filter(({ outcome }) => outcome === 'fail')).toHaveLength(6);
  });

  test('the number of workers and buckets changes nothing but the order', async () => {
    const sorted = (observations: Observation[]) =>
      observations.map((observation) => JSON.stringify(observation)).sort();
    const [one, two] = await Promise.all([run(20, { workers: 1 }), run(20, { workers: 2, buckets: 5 })]);
    expect(sorted(two.observations)).toEqual(sorted(one.observations));
  });

  test('no subjects, no observations', async () => {
    expect((await run(0)).observations).toEqual([]);
  });
});
