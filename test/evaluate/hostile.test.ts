import { describe, expect, test } from 'vitest';
import { NATIVE_BUILTINS } from '../../dist/opa/index.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';
import { compileRules, evaluateRules, of } from './run-rules.js';

const MEGABYTE = 'a'.repeat(2 ** 20);
const HUNDRED_THOUSAND = 'a'.repeat(100_000);
const data = { megabyte: MEGABYTE, many: HUNDRED_THOUSAND };
const PASS = 'result := {"outcome": "pass"}';
const times = (count: number, text: string) => Array.from({ length: count }, () => text).join(', ');

/** Evaluates a rule that does something to subject 1 of three, beside one that never does anything, and checks that only it suffers. */
async function outcomeOfOne(body: string, limits: Parameters<typeof evaluateRules>[2]) {
  const hostile = `result := answer if input.n == 1\n\n${PASS} if input.n != 1\n\n${body}`;
  const compiled = await compileRules({ hostile, good: PASS });
  const { observations } = await evaluateRules(compiled, 3, { workers: 1, data, ...limits });
  expect(of(observations, 'good').map(({ outcome }) => outcome)).toEqual(['pass', 'pass', 'pass']);
  for (const n of [0, 2]) expect(of(observations, 'hostile', n)[0]?.outcome).toBe('pass');
  const [one] = of(observations, 'hostile', 1);
  return { outcome: one?.outcome, error: one?.error };
}

const answered = (condition: string) => `answer := {"outcome": "pass"} if ${condition}`;
const message = (text: string) =>
  `answer := {"outcome": "fail", "violations": {{"message": ${text}, "facts": {}}}}`;

describeUnlessProved('hostile policies', import.meta.url, PROGRAM_FILES, () => {
  describe('a policy that wants too much is an error on that subject, and everything else stands', () => {
    test.each([
      [
        '100 MB of output in one text',
        message(`concat("", [data.megabyte | some _ in numbers.range(1, 100)])`),
        'its result takes more than 8 MiB as text',
        {},
      ],
      [
        'a violation for everything it finds',
        `answer := {"outcome": "fail", "violations": {{"message": sprintf("%d", [i])} | some i in numbers.range(1, 30000)}}`,
        "the policy's answer takes more than 1048576 characters",
        {},
      ],
      ['an outcome of a megabyte', 'answer := {"outcome": data.megabyte}', 'the policy answered "aaa', {}],
      [
        'a text doubled again and again',
        `${Array.from({ length: 12 }, (_, i) => `t${i + 1} := concat("", [t${i}, t${i}])`).join('\n\n')}\n\nt0 := data.megabyte\n\n${answered('count(t12) > 0')}`,
        'opa_malloc: failed',
        {},
      ],
      [
        'a built-in with more text than may cross',
        answered(`not object.subset({"a": [${times(9, 'data.megabyte')}]}, {"b": 1})`),
        'an argument of object.subset takes more than 8 MiB as text',
        {},
      ],
      [
        'a built-in of OPA in Go with more memory than it may have',
        answered('count(net.cidr_expand("10.0.0.0/8")) > 0'),
        'net.cidr_expand wants more than 64 MiB of memory',
        { maxMemoryMb: 64 },
      ],
      [
        'a built-in in JavaScript with more memory than its thread has',
        `row := [[] | some _ in numbers.range(1, 1000)]\n\n${answered('count(sprintf("%v", [[row | some _ in numbers.range(1, 1500)]])) > 0')}`,
        'the policy took more than the 64 MiB of memory that its thread has',
        { maxMemoryMb: 64 },
      ],
    ])('%s', async (_name, body, error, limits) => {
      expect(await outcomeOfOne(body, { subjectTimeoutMs: 30_000, ...limits })).toMatchObject({
        outcome: 'error',
        error: expect.stringContaining(error) as string,
      });
    });

    test('and its error is no longer than a paragraph', async () => {
      const { error } = await outcomeOfOne('answer := {"outcome": data.megabyte}', {
        subjectTimeoutMs: 30_000,
      });
      expect(error?.length).toBeLessThan(1100);
    });
  });

  describe('a module of its own keeps what it does to itself', () => {
    const inModules = async (
      hostile: string,
      { data: own = {}, ...limits }: { data?: object; maxMemoryMb?: number; buckets?: number },
    ) => {
      const [theirs, ours] = await Promise.all([compileRules({ hostile }), compileRules({ good: PASS })]);
      const modules = [
        { ...ours, data: {} },
        { ...theirs, data: own },
      ];
      const { observations } = await evaluateRules(modules, 12, { subjectTimeoutMs: 700, ...limits });
      expect(of(observations, 'good').map(({ outcome }) => outcome)).toEqual(Array(12).fill('pass'));
      return new Set(of(observations, 'hostile').map(({ outcome, error }) => `${outcome}: ${error}`));
    };

    test('data that it cannot be loaded with', async () => {
      const many = Array.from({ length: 400_000 }, (_, index) => [index]);
      const said = await inModules(PASS, { data: { many }, maxMemoryMb: 16 });
      expect([...said]).toEqual([
        expect.stringMatching(/^error: the policy cannot be loaded: .*\(memory\.maxBytes\)$/),
      ]);
    });

    test('data that only its own module has', async () => {
      const reads = `result := {"outcome": "fail", "violations": {{"message": data.secret}}}`;
      expect([...(await inModules(reads, { data: { secret: 'mine' } }))]).toEqual(['fail: null']);
    });

    test('an endless loop on subjects of several buckets, given up in all of them', async () => {
      const endless = `result := {"outcome": "fail"} if {
	input.n in {0, 1, 2}
	some a in numbers.range(1, 30000)
	some b in numbers.range(1, 30000)
	a + b == -1
} else := {"outcome": "pass"}`;
      expect([...(await inModules(endless, { buckets: 3, maxMemoryMb: 3000 }))]).toEqual([
        'error: the policy ran over its time limit of 700 ms on several subjects, so it was given up',
      ]);
    });
  });

  describe('a policy that never ends is stopped at its time limit, and everything else stands', () => {
    test.each([
      [
        'walk',
        answered('count([1 | some _ in numbers.range(1, 100000000); walk(input, [["never"], _])]) == 0'),
      ],
      [
        'nested loops',
        answered(
          'count([1 | some a in numbers.range(1, 30000); some b in numbers.range(1, 30000); a + b < 0]) == 0',
        ),
      ],
      [
        'every path of a graph',
        `graph_of(names) := {name: names | some name in names}\n\n${answered('count(graph.reachable_paths(graph_of({n | some n in numbers.range(1, 14)}), {1})) > 0')}`,
      ],
      [
        'a regular expression on much text',
        answered(`not regex.match(\`((a{0,100}){0,10})?$x\`, concat("", [${times(30, 'data.megabyte')}]))`),
      ],
    ])('%s', async (_name, body) => {
      expect(await outcomeOfOne(body, { subjectTimeoutMs: 700 })).toMatchObject({
        outcome: 'error',
        error: expect.stringMatching(/did not finish within 700 ms|opa_malloc/) as string,
      });
    });
  });

  describe('what would never end by going back and forth comes to an end', () => {
    test.each([
      ['regex.match', 'not regex.match(`^(a+)+$`, concat("", [data.many, "b"]))'],
      ['regex.match with alternatives', 'not regex.match(`^(a|aa|a*)*$`, concat("", [data.many, "b"]))'],
      [
        'regex.replace',
        'regex.replace(concat("", [data.many, "b"]), `(a+a+)+c`, "x") == concat("", [data.many, "b"])',
      ],
      ['regex.split', 'count(regex.split(`(a*)*c`, concat("", [data.many, "b"]))) == 1'],
      ['regex.find_n', 'count(regex.find_n(`(a|a)*c`, concat("", [data.many, "b"]), -1)) == 0'],
      [
        'regex.find_all_string_submatch_n',
        'count(regex.find_all_string_submatch_n(`(a*)*(a*)*c`, concat("", [data.many, "b"]), -1)) == 0',
      ],
      ['regex.template_match', 'not regex.template_match("{(a+)+}", concat("", [data.many, "b"]), "{", "}")'],
      ['glob.match', 'not glob.match("*a*a*a*a*a*a*c", [], concat("", [data.many, "b"]))'],
      [
        'sprintf with a million zeros',
        'count(sprintf(concat("", ["%", replace(data.megabyte, "a", "0"), "d"]), [7])) > 0',
      ],
      [
        'sorting numbers with a million zeros inside',
        'count(sprintf("%v", [{to_number(concat("", ["1", replace(data.megabyte, "a", "0"), end])) | some end in ["1", "2"]}])) > 0',
      ],
      ['a comprehension of a million', 'count([n | some n in numbers.range(1, 1000000)]) == 1000000'],
    ])('%s', async (_name, condition) => {
      expect(await outcomeOfOne(answered(condition), { subjectTimeoutMs: 30_000 })).toEqual({
        outcome: 'pass',
        error: null,
      });
    });

    test('since nothing that reads patterns is written in JavaScript', () => {
      expect(Object.keys(NATIVE_BUILTINS).filter((name) => /^(regex|glob)\.|re_match/.test(name))).toEqual(
        [],
      );
    });
  });
});
