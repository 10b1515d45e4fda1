import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sprintf } from '../../src/opa/sprintf.js';
import { bothWays } from './both-ways.js';

const SEED = 20260930;

const scalar = fc.oneof(
  fc.integer().map(String),
  fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n }).map(String),
  fc
    .double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 })
    .filter((x) => !Number.isInteger(x))
    .map(String),
  fc.constantFrom(
    '1.0',
    '2.5',
    '0.5',
    '1e3',
    '1e21',
    '1.5e-7',
    '12345678901234567890123',
    'true',
    'null',
    '0',
  ),
  fc
    .string({ unit: fc.constantFrom('a', 'Z', ' ', 'é', '日', '😀', '"', '\\') })
    .map((x) => JSON.stringify(x)),
);
const value = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
  fc
    .array(fc.constantFrom('3', '1', '"b"', '"a"', 'null', 'true'), { minLength: 1, maxLength: 4 })
    .map((items) => `{${items.join(', ')}}`),
  fc.constantFrom('set()', '{}', '{"b": {2, 1}, "a": [1]}', '{1: "x", {"q"}: 3, "s": null}'),
);
const directive = fc
  .tuple(
    fc.constantFrom('', '-', '0', '+', ' ', '-0'),
    fc.constantFrom('', '1', '8', '12'),
    fc.constantFrom('', '.0', '.2', '.5'),
    fc.constantFrom('s', 'd', 'v', 'f', 'e', 'g', 't'),
  )
  .map(([flags, width, precision, verb]) => `%${flags}${width}${precision}${verb}`);

describe('sprintf', () => {
  it('gives what OPA gives, on generated formats and values', async () => {
    const cases = fc.sample(fc.tuple(directive, value), {
      seed: SEED,
      numRuns: 300,
    });
    const expressions = cases.map(([format, term]) => `sprintf(${JSON.stringify(`<${format}>`)}, [${term}])`);
    const { opa, compiled } = await bothWays(expressions);
    const different = expressions.flatMap((expression, index) =>
      JSON.stringify(opa[index]) === JSON.stringify(compiled[index])
        ? []
        : [{ expression, opa: opa[index], compiled: compiled[index] }],
    );
    expect(opa.filter((value) => Array.isArray(value) && value.length === 1)).toHaveLength(cases.length);
    expect(different).toEqual([]);
  });

  it('reports missing and extra arguments as Go does', async () => {
    const { opa, compiled } = await bothWays([
      'sprintf("%d and %s", [1])',
      'sprintf("%d", [1, "x", 2.5])',
      'sprintf("100%", [])',
      'sprintf("%*d|%-*d|%.*f", [5, 42, 5, 42, 2, 3.14159])',
      'sprintf("%x %X %#x %o %b %c", [255, 255, 255, 8, 5, 233])',
      'sprintf("%x", ["héllo"])',
      'sprintf("%%", [])',
    ]);
    expect(compiled).toEqual(opa);
    expect(opa[0]).toEqual(['1 and %!s(MISSING)']);
  });

  it('leaves to OPA what it does not do', async () => {
    expect(() => sprintf('%[1]d', [{ type: 'number', text: '1' }])).toThrow(/no verb/);
    const { opa, compiled } = await bothWays([
      'sprintf("%[2]d %[1]q %U %x %w", ["é", 233, 233, "z", 12345678901234567890123])',
      'sprintf("%#x|%2000d|%.*d", [255, 1, -1, 5])',
    ]);
    expect(compiled).toEqual(opa);
  });
});

describe('other built-ins outside WebAssembly', () => {
  it('parse dates as OPA does, to the nanosecond, and are undefined for what is no date', async () => {
    const texts = [
      '2026-09-30T23:59:59.999Z',
      '2026-09-30T23:59:59.123456789+02:00',
      '1969-12-31T23:59:59.999999999Z',
      '2024-02-29T00:00:00Z',
      '2023-02-29T00:00:00Z',
      '2026-13-01T00:00:00Z',
      '2026-09-30T24:00:00Z',
      '2026-09-30 10:00:00Z',
      '2026-09-30T10:00:00',
      '2026-09-30T10:00:00z',
      '1600-01-01T00:00:00Z',
      '2262-04-11T23:47:16.854775807Z',
      '2262-04-11T23:47:16.854775808Z',
      '2026-09-30T10:00:00,5Z',
      '0001-01-01T00:00:00Z',
      '',
    ];
    const exact = texts.map((text) => `sprintf("%d", [time.parse_rfc3339_ns(${JSON.stringify(text)})])`);
    const { opa, compiled } = await bothWays(exact);
    expect(compiled).toEqual(opa);
    expect(opa[0]).toEqual(['1790812799999000000']);
    expect(opa[4]).toEqual([]);
  });

  it('match and count strings as OPA does', async () => {
    const { opa, compiled } = await bothWays([
      'strings.any_prefix_match("abc", ["b", "ab"])',
      'strings.any_prefix_match({"x", "abc"}, {"q"})',
      'strings.any_suffix_match(["abc", "é"], "é")',
      'strings.any_suffix_match([], ["a"])',
      'strings.count("cheese", "e")',
      'strings.count("aaaa", "aa")',
      'strings.count("日本", "")',
    ]);
    expect(compiled).toEqual(opa);
    expect(opa).toEqual([[true], [false], [true], [false], [3], [2], [3]]);
  });
});
