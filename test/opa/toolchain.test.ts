import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { KeyproofError } from '../../dist/model/index.js';
import {
  check,
  compile,
  deterministicCapabilities,
  format,
  inspect,
  openEngine,
  RegoError,
  RegoSourceError,
  RegoSourceErrors,
  RegoTimeoutError,
  regoErrorsOf,
  TOOLCHAIN,
  test as testRego,
} from '../../dist/opa/index.js';
import { runToolchain } from '../../dist/opa/toolchain.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';

const OLD_KEYS = `# METADATA
# title: Old keys – ältere Schlüssel
# schemas:
#   - input: schema["dossier-key"]
# custom:
#   id: old-keys
package policies.old_keys

# METADATA
# description: One violation a key.
# entrypoint: true
violations contains sprintf("%s is %d days old", [key.id, key.age]) if {
	some key in input.keys
	key.age > 90
}
`;

const failure = async (run: Promise<unknown>): Promise<unknown> =>
  run.then(
    () => undefined,
    (error: unknown) => error,
  );

describeUnlessProved('the committed module', import.meta.url, PROGRAM_FILES, () => {
  it('is the one its record names', () => {
    const archive = readFileSync(new URL('../../src/opa/toolchain/toolchain.wasm.br', import.meta.url));
    expect(createHash('sha256').update(archive).digest('hex')).toBe(TOOLCHAIN.compressedSha256);
    expect(createHash('sha256').update(brotliDecompressSync(archive)).digest('hex')).toBe(TOOLCHAIN.sha256);
  });
});

describeUnlessProved('compile', import.meta.url, PROGRAM_FILES, () => {
  it('gives a module that evaluates, and the annotations', async () => {
    const modules = { 'policies/old_keys.rego': OLD_KEYS };
    const { wasm, annotations } = await compile({
      modules,
      entrypoints: ['policies/old_keys/violations'],
      cacheDir: false,
    });
    const keys = [
      { id: 'clé-1', age: 91 },
      { id: '鍵', age: 400 },
      { id: 'young', age: 90 },
    ];
    expect(openEngine(wasm).evaluate('policies/old_keys/violations', { keys })).toEqual([
      'clé-1 is 91 days old',
      '鍵 is 400 days old',
    ]);
    expect(annotations).toEqual([
      {
        path: 'data.policies.old_keys',
        package: 'data.policies.old_keys',
        location: { file: 'policies/old_keys.rego', row: 7, col: 1 },
        scope: 'package',
        title: 'Old keys – ältere Schlüssel',
        entrypoint: false,
        schemas: [{ path: 'input', schema: 'schema["dossier-key"]' }],
        custom: { id: 'old-keys' },
      },
      {
        path: 'data.policies.old_keys.violations',
        package: 'data.policies.old_keys',
        rule: 'violations',
        location: { file: 'policies/old_keys.rego', row: 12, col: 1 },
        scope: 'document',
        description: 'One violation a key.',
        entrypoint: true,
      },
    ]);
  });

  it('names file, row, column and line of an error', async () => {
    const error = await failure(
      compile({
        modules: { 'a/b.rego': 'package b\n\nr := x + 1\n' },
        entrypoints: ['b/r'],
        cacheDir: false,
      }),
    );
    expect(error).toBeInstanceOf(RegoSourceError);
    expect(error).toBeInstanceOf(KeyproofError);
    expect(error).toMatchObject({
      code: 'rego_unsafe_var_error',
      file: 'a/b.rego',
      row: 3,
      column: 6,
      sourceLine: 'r := x + 1',
      message: 'a/b.rego:3:6: var x is unsafe',
      reason: 'var x is unsafe',
      exitCode: 2,
    });
  });

  it('gathers the errors of all files in one', async () => {
    const modules = { 'a.rego': 'package a\nr := {', 'b.rego': 'package b\n\ns := )' };
    const error = await failure(compile({ modules, entrypoints: ['a/r'], cacheDir: false }));
    expect(error).toBeInstanceOf(RegoSourceErrors);
    expect(new Set(regoErrorsOf(error).map(({ file }) => file))).toEqual(new Set(['a.rego', 'b.rego']));
    expect(
      regoErrorsOf(error).every((one) => one instanceof RegoSourceError && one.code === 'rego_parse_error'),
    ).toBe(true);
  });

  it('says which entrypoint does not exist', async () => {
    const error = await failure(
      compile({ modules: { 'a.rego': 'package a\nr := 1' }, entrypoints: ['a/s'], cacheDir: false }),
    );
    expect(error).toBeInstanceOf(RegoError);
    expect((error as RegoError).message).toContain('a/s');
  });

  it('accepts a built-in of the host by its declaration', async () => {
    const decl = { type: 'function', args: [{ type: 'string' }], result: { type: 'string' } };
    const capabilities = {
      builtins: [...deterministicCapabilities().builtins, { name: 'bank.shout', decl }],
    };
    const modules = { 'a.rego': 'package a\nr := bank.shout(input.x)' };
    const { wasm } = await compile({ modules, entrypoints: ['a/r'], capabilities, cacheDir: false });
    const builtins = { 'bank.shout': (text: unknown) => `${String(text)}!` };
    expect(openEngine(wasm, { builtins }).evaluate('a/r', { x: 'grüezi' })).toBe('grüezi!');
  });
});

describeUnlessProved('the deterministic profile', import.meta.url, PROGRAM_FILES, () => {
  const compileRule = (expression: string) =>
    compile({
      modules: { 'p.rego': `package p\n\nr := ${expression}\n` },
      entrypoints: ['p/r'],
      capabilities: deterministicCapabilities(),
      cacheDir: false,
    });

  it.each([
    ['time.now_ns()', 'input.as_of'],
    ['http.send({"method": "get", "url": "https://example.com"})', 'export'],
    ['net.lookup_ip_addr("example.com")', 'export'],
    ['opa.runtime()', 'data.params'],
    ['rand.intn("seed", 10)', 'field of input'],
    ['uuid.rfc4122("x")', 'id that is in input'],
    ['io.jwt.decode_verify("x", {})', 'input.as_of'],
    ['io.jwt.encode_sign({}, {}, {})', 'compare the claims'],
    ['crypto.x509.parse_and_verify_certificates("x")', 'input.as_of'],
    ['providers.aws.sign_req({}, {}, 1)', 'export'],
  ])('refuses %s and says what to use', async (expression, advice) => {
    const error = (await failure(compileRule(expression))) as RegoSourceError;
    expect(error).toMatchObject({ code: 'rego_unsupported_builtin', file: 'p.rego', row: 3 });
    expect(error.message).toContain(`${expression.split('(')[0]} cannot be used here`);
    expect(error.message).toContain(advice);
  });

  it('leaves a misspelt function what it is', async () => {
    expect(await failure(compileRule('cuont([1])'))).toMatchObject({
      code: 'rego_type_error',
      reason: 'undefined function cuont',
    });
  });

  it('lets every built-in it names run in a compiled policy', async () => {
    const modules = {
      'p.rego':
        'package p\n\nr := {"a": sprintf("%v", [{2, 1}]), "b": time.parse_rfc3339_ns("2026-09-30T00:00:00Z"), "c": [x | some x in numbers.range(1, 3)], "d": regex.match(`^k\\d+$`, "k12"), "e": upper("é"), "f": $"{1 + 1}"}\n',
    };
    const { wasm } = await compile({
      modules,
      entrypoints: ['p/r'],
      capabilities: deterministicCapabilities(),
      cacheDir: false,
    });
    expect(openEngine(wasm).evaluate('p/r')).toEqual({
      a: '{1, 2}',
      b: 1790726400000000000,
      c: [1, 2, 3],
      d: true,
      e: 'É',
      f: '2',
    });
  });

  it('names every built-in of OPA but those that ask clock, network, machine or chance', async () => {
    const { builtins, nondeterministic } = (await runToolchain({ command: 'version' }, 60_000)) as {
      builtins: string[];
      nondeterministic: string[];
    };
    const names = deterministicCapabilities().builtins.map(String);
    const left = builtins.filter((name) => !names.includes(name));
    expect(left).toEqual([
      'crypto.x509.parse_and_verify_certificates',
      'crypto.x509.parse_and_verify_certificates_with_options',
      'http.send',
      'io.jwt.decode_verify',
      'io.jwt.encode_sign',
      'io.jwt.encode_sign_raw',
      'net.lookup_ip_addr',
      'opa.runtime',
      'providers.aws.sign_req',
      'rand.intn',
      'time.now_ns',
      'uuid.rfc4122',
    ]);
    expect(names.filter((name) => !builtins.includes(name))).toEqual([]);
    // These two ask the network for remote schemas only, which the toolchain has not got.
    const remote = ['json.match_schema', 'json.verify_schema'];
    expect(nondeterministic.filter((name) => !left.includes(name))).toEqual(remote);
  });
});

describeUnlessProved('check', import.meta.url, PROGRAM_FILES, () => {
  it('finds nothing wrong with a right policy', async () => {
    expect(await check({ modules: { 'a.rego': OLD_KEYS } })).toEqual([]);
  });

  it('finds a field the schema does not have', async () => {
    const key = {
      type: 'object',
      additionalProperties: false,
      properties: { id: { type: 'string' }, days: { type: 'number' } },
    };
    const schema = {
      type: 'object',
      additionalProperties: false,
      properties: { keys: { type: 'array', items: key } },
    };
    const errors = await check({ modules: { 'a.rego': OLD_KEYS }, schemas: { 'dossier-key': schema } });
    expect(errors.map(({ row, code, reason }) => ({ row, code, reason }))).toEqual([
      { row: 12, code: 'rego_type_error', reason: 'undefined ref: key.age' },
      { row: 14, code: 'rego_type_error', reason: 'undefined ref: key.age' },
    ]);
    expect(errors[0]?.details?.join('\n')).toContain('"days"');
  });

  it('is strict unless told otherwise', async () => {
    const modules = { 'a.rego': 'package a\n\nr if {\n\tx := 1\n}\n' };
    expect(await check({ modules })).toMatchObject([{ row: 4, reason: 'assigned var x unused' }]);
    expect(await check({ modules, strict: false })).toEqual([]);
  });
});

describeUnlessProved('format', import.meta.url, PROGRAM_FILES, () => {
  it('formats as opa fmt does', async () => {
    const modules = {
      'a.rego': 'package a\nr{ input.x==1 }',
      'b.rego': 'package b\nr if {input.x==1\n input.y}',
    };
    expect(await failure(format({ modules }))).toMatchObject({ file: 'a.rego', row: 2 });
    expect(await format({ modules: { 'b.rego': modules['b.rego'] } })).toEqual({
      'b.rego': 'package b\n\nr if {\n\tinput.x == 1\n\tinput.y\n}\n',
    });
  });
});

describeUnlessProved('inspect', import.meta.url, PROGRAM_FILES, () => {
  it('lists packages, rules and the built-ins they call', async () => {
    const { packages, rules, builtins } = await inspect({
      modules: { 'a.rego': `${OLD_KEYS}\ndouble(x) := 2 * x\n` },
      cacheDir: false,
    });
    expect(packages).toEqual({ 'data.policies.old_keys': ['a.rego'] });
    expect(rules.map(({ name, kind }) => [name, kind])).toEqual([
      ['violations', 'set'],
      ['double', 'function'],
    ]);
    expect(builtins).toContain('sprintf');
  });
});

describeUnlessProved('test', import.meta.url, PROGRAM_FILES, () => {
  const modules = {
    'old_keys.rego': `${OLD_KEYS}\nunused(x) := x\n`,
    'old_keys_test.rego': `package policies.old_keys_test

import data.policies.old_keys

test_old if count(old_keys.violations) == 1 with input as {"keys": [{"id": "é", "age": 91}]}

test_wrong if {
	found := old_keys.violations with input as {"keys": [{"id": "é", "age": 91}]}
	print("found", found)
	count(found) == data.wanted
}

test_cases[note] if {
	some note, n in {"one": 1, "two": 2}
	n == 1
}

todo_test_later if false

test_endless if {
	some i in numbers.range(1, 100000)
	some j in numbers.range(1, 100000)
	i + j < 0
}
`,
  };

  it('reports each test, with the failing line and its values', async () => {
    const { tests } = await testRego({ modules, data: { wanted: 2 }, timeoutMs: 300 });
    expect(tests.map(({ name, status }) => [name, status])).toEqual([
      ['test_old', 'pass'],
      ['test_wrong', 'fail'],
      ['test_cases', 'fail'],
      ['todo_test_later', 'skip'],
      ['test_endless', 'error'],
    ]);
    const [, wrong, cases, , endless] = tests;
    expect(wrong?.output).toBe('found {"é is 91 days old"}\n');
    expect(wrong?.report).toContain('count(found) == data.wanted');
    expect(wrong?.report).toContain('{"é is 91 days old"}');
    expect(cases?.cases).toEqual([
      { name: 'one', status: 'pass' },
      { name: 'two', status: 'fail' },
    ]);
    expect(endless?.error).toMatchObject({ code: 'test_timeout', file: 'old_keys_test.rego' });
  });

  it('filters, and measures which lines ran', async () => {
    const run = await testRego({ modules, filter: 'test_old$', coverage: true });
    expect(run.tests.map(({ name }) => name)).toEqual(['test_old']);
    expect(run.coverage?.files['old_keys.rego']).toEqual({
      percent: 75,
      coveredLines: 3,
      notCoveredLines: 1,
      covered: [{ from: 12, to: 14 }],
      notCovered: [{ from: 17, to: 17 }],
    });
  });

  it('throws for sources that do not compile', async () => {
    expect(
      await failure(testRego({ modules: { 'a_test.rego': 'package a\n\ntest_x if y == 1\n' } })),
    ).toMatchObject({
      file: 'a_test.rego',
      row: 3,
    });
  });
});

describeUnlessProved('time limits', import.meta.url, PROGRAM_FILES, () => {
  it('stops a run that takes too long, and the next one works', async () => {
    const endless =
      'package a\n\ntest_x if {\n\tcount([1 | some i in numbers.range(1, 30000); some j in numbers.range(1, 30000); i == j]) == 0\n}\n';
    const error = await failure(
      testRego({ modules: { 'a.rego': endless }, timeoutMs: 600_000, runTimeoutMs: 1500 }),
    );
    expect(error).toBeInstanceOf(RegoTimeoutError);
    expect((error as RegoTimeoutError).message).toContain('1500 ms');
    expect(await check({ modules: { 'a.rego': 'package a\n\nr := 1\n' } })).toEqual([]);
  });

  it('leaves the main thread free', async () => {
    let ticks = 0;
    const timer = setInterval(() => {
      ticks += 1;
    }, 5);
    await check({ modules: { 'a.rego': OLD_KEYS } });
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(2);
  });

  it('keeps runs that are asked for at once apart', async () => {
    const sources = Array.from({ length: 4 }, (_, index) => `package p${index}\n\nr := ${index}\n`);
    const all = await Promise.all(
      sources.map((source, index) => inspect({ modules: { [`${index}.rego`]: source }, cacheDir: false })),
    );
    expect(all.map(({ packages }) => Object.keys(packages))).toEqual([
      ['data.p0'],
      ['data.p1'],
      ['data.p2'],
      ['data.p3'],
    ]);
  });
});
