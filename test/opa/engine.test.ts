import { beforeAll, expect, it } from 'vitest';
import {
  compile,
  deterministicCapabilities,
  openEngine,
  RegoError,
  RegoEvaluationError,
  RegoMemoryError,
} from '../../dist/opa/index.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';

const SOURCE = `package p

echo := input

from_data := data.limits[input.name]

conflict := 1 if input.a

conflict := 2 if input.b

big := {sprintf("%d", [i]): concat("", [text | some _ in numbers.range(1, 10)]) |
	some i in numbers.range(1, input.n)
	text := "0123456789äöü"
}

ages := {age | some age in input.ages}

blown := count([[i, j] | some i in numbers.range(1, 5000); some j in numbers.range(1, 5000)])

hashed := crypto.sha256(hash_me)

default hash_me := "x"

hash_me := input if is_string(input)

expanded := net.cidr_expand(input)

`;

const ENTRYPOINTS = ['echo', 'from_data', 'conflict', 'big', 'ages', 'blown', 'hashed', 'expanded'].map(
  (name) => `p/${name}`,
);

let wasm: Uint8Array;

beforeAll(async () => {
  ({ wasm } = await compile({ modules: { 'p.rego': SOURCE }, entrypoints: ENTRYPOINTS, cacheDir: false }));
});

const caught = (run: () => unknown): unknown => {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
};

describeUnlessProved('openEngine', import.meta.url, PROGRAM_FILES, () => {
  it('names its entrypoints', () => {
    expect(openEngine(wasm).entrypoints).toEqual([...ENTRYPOINTS].sort());
  });

  it('takes bytes, a Node buffer inside a larger one, or a compiled module', () => {
    const padded = Buffer.concat([Buffer.from('xx'), wasm, Buffer.from('yy')]).subarray(2, wasm.length + 2);
    const module = new WebAssembly.Module(Uint8Array.from(wasm));
    for (const form of [wasm, padded, module]) expect(openEngine(form).evaluate('p/echo', 1)).toBe(1);
  });

  it('refuses what is no policy, as an Error', () => {
    const error = caught(() => openEngine(Buffer.from('no wasm')));
    expect(error).toBeInstanceOf(RegoEvaluationError);
    expect((error as Error).message).toMatch(/^the policy cannot be loaded: /);
  });
});

describeUnlessProved('evaluate', import.meta.url, PROGRAM_FILES, () => {
  it.each([
    [0],
    [false],
    [''],
    [null],
    [{ 'schlüssel "ä"': ['日本', '\u0000', '😀'] }],
    [[1.5, -2, 9007199254740991]],
  ])('hands input %j through unchanged', (input) => {
    expect(openEngine(wasm).evaluate('p/echo', input)).toEqual(input);
  });

  it('is undefined for an undefined entrypoint, and for input where there is none', () => {
    const policy = openEngine(wasm);
    expect(policy.evaluate('p/conflict', {})).toBeUndefined();
    expect(policy.evaluate('p/echo')).toBeUndefined();
    expect(policy.evaluateRaw('{}', 'p/conflict')).toEqual([]);
  });

  it('gives large results whole', () => {
    const big = openEngine(wasm).evaluate('p/big', { n: 20_000 }) as Record<string, string>;
    expect(Object.keys(big)).toHaveLength(20_000);
    expect(big['20000']).toBe('0123456789äöü'.repeat(10));
  });

  it('takes JSON as bytes, and gives integers that JavaScript has not got as it is told to', () => {
    const input = Buffer.from('{"id": 12345678901234567890, "small": 7}');
    expect(openEngine(wasm, { bigIntegers: 'text' }).evaluate('p/echo', input)).toEqual({
      id: '12345678901234567890',
      small: 7,
    });
    expect(openEngine(wasm).evaluate('p/echo', input)).toEqual({ id: 12345678901234567000, small: 7 });
  });

  it('is the same again and again, with memory that stays', () => {
    const policy = openEngine(wasm);
    policy.evaluate('p/big', { n: 2000 });
    const before = policy.memoryBytes();
    for (let round = 0; round < 50; round += 1) policy.evaluate('p/big', { n: 2000 });
    expect(policy.memoryBytes()).toBe(before);
    policy.reset();
    expect(policy.memoryBytes()).toBe(0);
    expect(policy.evaluate('p/echo', 1)).toBe(1);
  });
});

describeUnlessProved('evaluateRaw', import.meta.url, PROGRAM_FILES, () => {
  it('takes JSON as text, bytes, part of a buffer, or an ArrayBuffer', () => {
    const policy = openEngine(wasm);
    const text = '{"ages": [3, 1, 3]}';
    const bytes = new TextEncoder().encode(text);
    const part = Buffer.from(`xx${text}yy`).subarray(2, -2);
    const forms = [text, bytes, part, Uint8Array.from(bytes).buffer];
    for (const form of forms)
      expect(policy.evaluateRaw(form, 'p/echo')).toEqual([{ result: { ages: [3, 1, 3] } }]);
    expect([...(policy.evaluate('p/ages', JSON.parse(text)) as number[])].sort()).toEqual([1, 3]);
  });

  it('takes input larger than the memory it started with', () => {
    const input = JSON.stringify({ text: 'é'.repeat(3_000_000) });
    const [set] = openEngine(wasm).evaluateRaw(input, 'p/echo');
    expect(JSON.stringify(set?.result)).toBe(input);
  });

  it('refuses bytes that are no JSON', () => {
    const policy = openEngine(wasm);
    expect(caught(() => policy.evaluateRaw('{"a": ', 'p/echo'))).toBeInstanceOf(RegoEvaluationError);
    expect(policy.evaluateRaw('1', 'p/echo')).toEqual([{ result: 1 }]);
  });
});

describeUnlessProved('data', import.meta.url, PROGRAM_FILES, () => {
  it('is there from the start and can be replaced', () => {
    const policy = openEngine(wasm, { data: { limits: { max: 90 } } });
    expect(policy.evaluate('p/from_data', { name: 'max' })).toBe(90);
    policy.setData(Buffer.from('{"limits": {"max": 30}}'));
    expect(policy.evaluate('p/from_data', { name: 'max' })).toBe(30);
  });

  it('outlives an evaluation that failed', () => {
    const policy = openEngine(wasm, { data: { limits: { max: 90 } } });
    expect(caught(() => policy.evaluate('p/conflict', { a: true, b: true }))).toBeInstanceOf(
      RegoEvaluationError,
    );
    expect(policy.evaluate('p/from_data', { name: 'max' })).toBe(90);
  });
});

describeUnlessProved('failures', import.meta.url, PROGRAM_FILES, () => {
  it('name the entrypoint, and keep what was thrown as their cause', () => {
    const error = caught(() =>
      openEngine(wasm).evaluate('p/conflict', { a: true, b: true }),
    ) as RegoEvaluationError;
    expect(error).toBeInstanceOf(RegoError);
    expect(error).toMatchObject({ code: 'rego_evaluation_error', entrypoint: 'p/conflict' });
    expect(error.message).toContain('conflict');
    expect(error.cause).toBeInstanceOf(Error);
  });

  it('say what an unknown entrypoint is', () => {
    expect(caught(() => openEngine(wasm).evaluate('p/nope'))).toMatchObject({
      message: expect.stringContaining('the policy has no entrypoint p/nope; it has p/ages') as string,
    });
  });

  it('say what a policy has not got: a network, a built-in that only the host knows', async () => {
    const decl = { type: 'function', args: [], result: { type: 'string' } };
    const { builtins } = deterministicCapabilities();
    const capabilities = { builtins: [...builtins, 'http.send', { name: 'bank.tier', decl }] };
    const source = `package p\n\nsent := http.send({"method": "get", "url": "https://example.com"})\n\ntier := bank.tier()\n`;
    const modules = { 'p.rego': source };
    const entrypoints = ['p/sent', 'p/tier'];
    const compiled = await compile({ modules, entrypoints, capabilities, cacheDir: false });
    const policy = openEngine(compiled.wasm);
    expect(caught(() => policy.evaluate('p/sent'))).toMatchObject({
      message: expect.stringContaining('http.send needs a network') as string,
    });
    expect(caught(() => policy.evaluate('p/tier'))).toMatchObject({
      message: expect.stringContaining('bank.tier: OPA has no built-in of that name') as string,
    });
  });

  it('of a built-in of the host carry its own error', () => {
    const cause = new TypeError('the vault is closed');
    const policy = openEngine(wasm, {
      builtins: {
        'crypto.sha256': () => {
          throw cause;
        },
      },
    });
    expect(caught(() => policy.evaluate('p/hashed'))).toMatchObject({ cause });
  });

  it('by memory are told apart, and the next evaluation works', () => {
    const policy = openEngine(wasm, { memory: { maxBytes: 32 * 2 ** 20 } });
    const error = caught(() => policy.evaluate('p/blown'));
    expect(error).toBeInstanceOf(RegoMemoryError);
    expect(error).toMatchObject({ code: 'rego_memory_limit', entrypoint: 'p/blown' });
    expect(policy.evaluate('p/echo', 'still here')).toBe('still here');
    expect(policy.memoryBytes()).toBeLessThan(32 * 2 ** 20);
  });

  it('by a result, or an argument, of more text than may leave the memory are told apart, and the next one works', () => {
    const policy = openEngine(wasm, { memory: { maxTextBytes: 2 ** 20 } });
    const long = 'x'.repeat(2 ** 20);
    for (const attempt of [
      () => policy.evaluate('p/echo', long),
      () => policy.evaluateRaw(JSON.stringify(long), 'p/echo'),
      () => policy.evaluate('p/hashed', long),
    ]) {
      const error = caught(attempt);
      expect(error).toBeInstanceOf(RegoMemoryError);
      expect((error as Error).message).toMatch(/takes more than 1 MiB as text \(memory\.maxTextBytes\)$/);
    }
    expect(policy.evaluate('p/echo', 'still here')).toBe('still here');
  });

  it('of OPA\u2019s own built-ins by memory are told apart, and the next call of one works', () => {
    const policy = openEngine(wasm, { memory: { maxBytes: 64 * 2 ** 20 } });
    const error = caught(() => policy.evaluate('p/expanded', '10.0.0.0/8'));
    expect(error).toBeInstanceOf(RegoMemoryError);
    expect((error as Error).message).toContain('net.cidr_expand wants more than 64 MiB of memory');
    expect(policy.evaluate('p/expanded', '10.0.0.0/31')).toEqual(['10.0.0.0', '10.0.0.1']);
  });

  it('by input that does not fit are told apart too', () => {
    const policy = openEngine(wasm, { memory: { maxBytes: 4 * 2 ** 20 } });
    expect(
      caught(() => policy.evaluateRaw(JSON.stringify('x'.repeat(5 * 2 ** 20)), 'p/echo')),
    ).toBeInstanceOf(RegoMemoryError);
  });

  it('by too little memory to start are told apart too', () => {
    expect(caught(() => openEngine(wasm, { memory: { maxBytes: 65_536 } }))).toBeInstanceOf(RegoMemoryError);
  });
});
