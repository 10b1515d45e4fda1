import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ASK_OPA } from '../../dist/opa/builtin.js';
import { callGoBuiltin, type Evaluation } from '../../dist/opa/go-builtins.js';
import {
  compile,
  NATIVE_BUILTINS,
  openEngine,
  parseTerm,
  printTerm,
  type Term,
} from '../../dist/opa/index.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';

const SEED = 20260930;
const RUNS = 400;
const NEVER = Symbol('undefined');

const evaluation: Evaluation = { maxBytes: 2 ** 28, nowNs: 0n, random: (bytes) => bytes.fill(7) };

const string = (value: string): Term => ({ type: 'string', value });
const number = (value: number | bigint | string): Term => ({ type: 'number', text: String(value) });
const array = (...items: Term[]): Term => ({ type: 'array', items });

const letters = fc.string({
  unit: fc.constantFrom('a', 'b', 'Z', 'é', '日', '😀', '"', '\\', '\n', ' ', '\u0000'),
});
const anyText = fc.oneof(letters, fc.string({ unit: 'binary' })).map(string);
const texts = fc.array(letters.map(string), { maxLength: 3 });
const textOrTexts = fc.oneof(
  anyText,
  texts.map((items): Term => ({ type: 'array', items })),
  texts.map((items): Term => ({ type: 'set', items })),
);
const wrong = fc.constantFrom<Term>({ type: 'null' }, number(1), string(''), array(number(1)), {
  type: 'boolean',
  value: true,
});

const HOUR = 3_600_000_000_000n;
const int64 = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.bigInt({ min: -200_000n, max: 200_000n }).map((hours) => hours * HOUR),
  fc.bigInt({ min: -200_000n, max: 200_000n }).map((hours) => hours * HOUR - 1n),
  fc.constantFrom(0n, -1n, 2n ** 63n - 1n, -(2n ** 63n), 2n ** 63n, 951_782_400_000_000_000n),
);
const moment = fc.oneof(
  { weight: 6, arbitrary: int64.map(number) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(int64, fc.constantFrom('UTC', ''))
      .map(([ns, zone]) => array(number(ns), string(zone))),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Term>(
      number('1.5'),
      number('1e18'),
      array(number(1), string('Europe/Zurich')),
      array(),
      string('x'),
    ),
  },
);
const step = fc
  .oneof(fc.integer({ min: -800, max: 800 }), fc.constantFrom(0, 12, -12, 31, 2_000_000, 1.5))
  .map(number);

const two = (value: number) => String(value).padStart(2, '0');
const rfc3339 = fc
  .tuple(
    fc.integer({ min: 1600, max: 2300 }),
    fc.integer({ min: 0, max: 13 }),
    fc.integer({ min: 0, max: 32 }),
    fc.integer({ min: 0, max: 25 }),
    fc.integer({ min: 0, max: 61 }),
    fc.integer({ min: 0, max: 61 }),
    fc.constantFrom('', '.5', ',25', '.123456789', '.1234567891', '.'),
    fc.constantFrom('Z', 'z', '', '+02:00', '-23:59', '+24:00', '+24:60', '+25:00', '+1:00'),
  )
  .map(([year, month, day, hour, minute, second, fraction, zone]) =>
    string(`${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}${fraction}${zone}`),
  );
const duration = fc
  .tuple(
    fc.constantFrom('', '-', '+'),
    fc.array(
      fc.tuple(
        fc.oneof(fc.nat(), fc.bigInt({ min: 0n, max: 10n ** 15n })),
        fc.constantFrom('h', 'm', 's', 'ms', 'us', 'ns', 'd', ''),
      ),
      {
        maxLength: 3,
      },
    ),
  )
  .map(([sign, parts]) => string(sign + parts.map(([count, unit]) => `${count}${unit}`).join('')));

const scalar = fc.oneof(
  int64.map(number),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(number),
  fc.constantFrom('0.0', '1.50', '1e2', '12345678901234567890123', '-0.0', '1e400').map(number),
  anyText,
  wrong,
  fc.constant<Term>({ type: 'set', items: [number(2), number(1), string('é')] }),
);
const directive = fc
  .tuple(
    fc.constantFrom('', '-', '0', '+', ' ', '#', '-0', '+#'),
    fc.constantFrom('', '1', '8', '12', '*'),
    fc.constantFrom('', '.', '.0', '.2', '.*'),
    fc.constantFrom(...'sdvfFeEgGtqxXobcUT%w'),
  )
  .map(([flags, width, precision, verb]) => string(`<%${flags}${width}${precision}${verb}>é`));

const anyFormat = fc
  .array(fc.constantFrom('%', '0', '1', '5', '.', '*', '#', '+', '-', ' ', 'd', 's', 'v', 'x', '!', '['), {
    maxLength: 6,
  })
  .map((parts) => string(`%${parts.join('')}`));

const values = fc.array(scalar, { maxLength: 3 }).map((items) => array(...items));
const ARGUMENTS: Readonly<Record<string, fc.Arbitrary<Term[]>>> = {
  sprintf: fc.tuple(fc.oneof(directive, anyFormat), values),
  'strings.any_prefix_match': fc.tuple(textOrTexts, textOrTexts),
  'strings.any_suffix_match': fc.tuple(textOrTexts, textOrTexts),
  'strings.count': fc.tuple(anyText, anyText),
  'crypto.md5': fc.tuple(anyText),
  'crypto.sha1': fc.tuple(anyText),
  'crypto.sha256': fc.tuple(anyText),
  'time.parse_rfc3339_ns': fc.tuple(fc.oneof(rfc3339, anyText)),
  'time.parse_ns': fc.tuple(
    fc.constantFrom('RFC3339', 'RFC3339Nano', '2006-01-02T15:04:05Z07:00', '2006-01-02').map(string),
    rfc3339,
  ),
  'time.parse_duration_ns': fc.tuple(duration),
  'time.date': fc.tuple(moment),
  'time.clock': fc.tuple(moment),
  'time.weekday': fc.tuple(moment),
  'time.add_date': fc.tuple(moment, step, step, step),
  'time.diff': fc.tuple(moment, moment),
};

/** What OPA's own Go answers, as it prints it. */
function opa(name: string, args: readonly Term[]): string | typeof NEVER {
  const dumped = args.map((arg) => Buffer.from(printTerm(arg)));
  const answer = callGoBuiltin(evaluation, name, dumped);
  return answer === undefined ? NEVER : printTerm(parseTerm(Buffer.from(answer).toString()));
}

/** What is written in TypeScript answers; ASK_OPA where it leaves the question to OPA. */
function native(name: string, args: readonly Term[]): string | typeof NEVER | typeof ASK_OPA {
  const answer = NATIVE_BUILTINS[name]?.(...args.map((arg) => parseTerm(printTerm(arg))));
  if (answer === ASK_OPA) return ASK_OPA;
  if (answer === undefined) return NEVER;
  return printTerm(parseTerm(typeof answer === 'bigint' ? String(answer) : JSON.stringify(answer)));
}

describeUnlessProved('built-ins written in TypeScript', import.meta.url, PROGRAM_FILES, () => {
  it('all have a generator here', () => {
    expect(Object.keys(ARGUMENTS).sort()).toEqual(Object.keys(NATIVE_BUILTINS).sort());
  });

  it.each(Object.entries(ARGUMENTS))('%s gives what OPA gives', (name, args) => {
    let answered = 0;
    fc.assert(
      fc.property(args, (terms) => {
        const here = native(name, terms);
        if (here === ASK_OPA) return;
        answered += 1;
        expect(here, `${name}(${terms.map(printTerm).join(', ')})`).toEqual(opa(name, terms));
      }),
      { seed: SEED, numRuns: RUNS },
    );
    expect(answered).toBeGreaterThan(RUNS / 8);
  });
});

describeUnlessProved('terms', import.meta.url, PROGRAM_FILES, () => {
  const { term } = fc.letrec<{ term: Term }>((tie) => ({
    term: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom<Term>(
        { type: 'null' },
        { type: 'boolean', value: false },
        number('12345678901234567890'),
        number('0.1'),
      ),
      int64.map(number),
      anyText,
      fc
        .uniqueArray(anyText, { maxLength: 3, selector: printTerm })
        .map((items): Term => ({ type: 'set', items })),
      fc.array(tie('term'), { maxLength: 3 }).map((items) => array(...items)),
      fc
        .uniqueArray(fc.tuple(tie('term'), tie('term')), {
          maxLength: 3,
          selector: ([key]) => printTerm(key),
        })
        .map((entries): Term => ({ type: 'object', entries })),
    ),
  }));

  it('go to OPA and come back as they were, in OPA\u2019s order', () => {
    fc.assert(
      fc.property(term, (one) => {
        expect(opa('array.concat', [array(one), array()])).toBe(printTerm(array(one)));
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  it('go through a compiled policy and come back as they were', async () => {
    const modules = { 'p.rego': 'package p\n\necho := {"value": input, "set": {input, [input]}}\n' };
    const policy = openEngine((await compile({ modules, entrypoints: ['p/echo'], cacheDir: false })).wasm);
    fc.assert(
      fc.property(term, (one) => {
        const value = printTerm(one);
        const back = policy.evaluateTerm('p/echo', one);
        expect(back && printTerm(back)).toBe(
          printTerm(parseTerm(`{"set": {${value}, [${value}]}, "value": ${value}}`)),
        );
      }),
      { seed: SEED, numRuns: 150 },
    );
  });
});

describeUnlessProved('OPA\u2019s own built-ins in a compiled policy', import.meta.url, PROGRAM_FILES, () => {
  const evaluateAll = async (expressions: readonly string[], options = {}) => {
    const rules = expressions.map((expression, index) => `r${index} := ${expression}`);
    const modules = { 'p.rego': `package p\n\n${rules.join('\n\n')}\n` };
    const entrypoints = expressions.map((_, index) => `p/r${index}`);
    const { wasm } = await compile({ modules, entrypoints, cacheDir: false });
    const policy = openEngine(wasm, options);
    return entrypoints.map((entrypoint) => {
      const term = policy.evaluateTerm(entrypoint);
      return term === undefined ? undefined : printTerm(term);
    });
  };

  it('keep sets, big numbers, keys that are no strings, and text of every script', async () => {
    expect(
      await evaluateAll([
        'net.cidr_expand("10.0.0.0/30")',
        'yaml.unmarshal("clé: [ü, 鍵, 9007199254740993]")',
        'json.patch({"a": {1, 2}}, [{"op": "add", "path": "b", "value": {{"k"}: 3}}])',
        'regex.replace("grüezi mitenand", `m(\\w+)`, "<$1>")',
        'units.parse_bytes("10GiB")',
        'semver.compare("1.10.0", "1.9.9")',
        'time.clock([1790726400000000000, "Asia/Tokyo"])',
        'graph.reachable_paths({"a": {"b"}, "b": set()}, {"a"})',
        'hex.encode(base64.decode("/wD+"))',
      ]),
    ).toEqual([
      '{"10.0.0.0", "10.0.0.1", "10.0.0.2", "10.0.0.3"}',
      '{"clé": ["ü", "鍵", 9007199254740993]}',
      '{"a": {1, 2}, "b": {{"k"}: 3}}',
      '"grüezi <itenand>"',
      '10737418240',
      '1',
      '[9, 0, 0]',
      '{["a", "b"]}',
      '"ff00fe"',
    ]);
  });

  it('see one clock and one chance during an evaluation, the caller\u2019s where it gives them', async () => {
    const options = { clock: () => 1_790_726_400_123, random: (bytes: Uint8Array) => bytes.fill(9) };
    const expressions = [
      'time.now_ns()',
      '[uuid.rfc4122("a") == uuid.rfc4122("a"), uuid.rfc4122("a")]',
      '[rand.intn("a", 1000) == rand.intn("a", 1000), rand.intn("b", 1000)]',
    ];
    const first = await evaluateAll(expressions, options);
    expect(first[0]).toBe('1790726400123000000');
    expect(first[1]).toMatch(/^\[true, "09090909-0909-4909-8909-090909090909"\]$/);
    expect(first[2]).toMatch(/^\[true, \d+\]$/);
    expect(await evaluateAll(expressions, options)).toEqual(first);
    const free = await evaluateAll(['uuid.rfc4122("a")', 'uuid.rfc4122("a")']);
    expect(free[0]).not.toBe(free[1]);
  });

  it('are undefined where OPA\u2019s are, and the next call works', async () => {
    expect(
      await evaluateAll(['units.parse("ten")', 'json.patch({}, [{"op": "no"}])', 'semver.is_valid("1.0.0")']),
    ).toEqual([undefined, undefined, 'true']);
  });
});
