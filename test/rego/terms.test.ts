import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareTerms, parseTerm, printTerm, type Term, termToJson } from '../../src/rego/terms.js';

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
