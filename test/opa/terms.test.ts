import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareTerms, parseTerm, printTerm, type Term, termToJson } from '../../src/opa/terms.js';

const { term } = fc.letrec<{ term: Term }>((tie) => ({
  term: fc.oneof(
    { maxDepth: 3 },
    fc.constant<Term>({ type: 'null' }),
    fc.boolean().map((value): Term => ({ type: 'boolean', value })),
    fc.bigInt().map((value): Term => ({ type: 'number', text: String(value) })),
    fc.string({ unit: 'binary' }).map((value): Term => ({ type: 'string', value })),
    fc.array(tie('term'), { maxLength: 3 }).map((items): Term => ({ type: 'array', items })),
    fc.array(tie('term'), { maxLength: 3 }).map((items): Term => ({ type: 'set', items })),
    fc
      .array(fc.tuple(tie('term'), tie('term')), { maxLength: 3 })
      .map((entries): Term => ({ type: 'object', entries })),
  ),
}));

describe('Rego terms', () => {
  it('read back as they were printed', () => {
    fc.assert(fc.property(term, (one) => printTerm(parseTerm(printTerm(one))) === printTerm(one)));
  });

  it('have one order: a before b means b after a', () => {
    fc.assert(
      fc.property(term, term, (a, b) => Math.sign(compareTerms(a, b)) === -Math.sign(compareTerms(b, a)) + 0),
    );
  });

  it('order texts by their bytes, as Go does', () => {
    const anyText = fc.string({ unit: 'binary', maxLength: 3 });
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        const order = compareTerms({ type: 'string', value: a }, { type: 'string', value: b });
        expect(Math.sign(order)).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
      { examples: [['\uffee', '😀']] },
    );
  });

  it('give integers beyond 53 bits as text where that is wanted, and nothing else', () => {
    const numbers = '[9007199254740991, 9007199254740993, -123456789012345678901, 1.5, 1e400, 1e3]';
    expect(termToJson(parseTerm(numbers), 'text')).toEqual([
      9007199254740991,
      '9007199254740993',
      '-123456789012345678901',
      1.5,
      '1e400',
      1000,
    ]);
    expect(termToJson(parseTerm('9007199254740993'))).toBe(9007199254740992);
  });

  it('become objects with any name', () => {
    const object = termToJson(parseTerm('{"__proto__": {"a": 1}, "constructor": 2}'));
    expect(JSON.stringify(object)).toBe('{"__proto__":{"a":1},"constructor":2}');
  });

  it('keep sets, keys that are no strings, and every digit', () => {
    const text = '{1: 123456789012345678901234567890, "k": {"a", [1.50, null]}, {"q"}: set()}';
    expect(printTerm(parseTerm(text))).toBe(
      '{1: 123456789012345678901234567890, "k": {"a", [1.50, null]}, {"q"}: set()}',
    );
    expect(termToJson(parseTerm('{"k": {2, 1}, 3: true}'))).toEqual({ k: [1, 2], 3: true });
  });

  it.each(['', '{1, ', '[1 2]', 'nul', '"open', '1 1'])('refuse %j', (text) => {
    expect(() => parseTerm(text)).toThrow(SyntaxError);
  });
});
