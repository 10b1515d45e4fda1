import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { absenceOf } from '../../src/ingest/fields/placeholders.js';
import {
  parseBoolean,
  parseEnum,
  parseList,
  parseNumber,
  parseText,
} from '../../src/ingest/fields/values.js';

const ENVIRONMENTS = ['production', 'staging', 'development', 'test', 'sandbox'] as const;
const KEY_STATUS = ['active', 'inactive', 'revoked', 'expired', 'pending-deletion', 'destroyed'] as const;
const TIERS = ['critical', 'high', 'medium', 'low'] as const;
const DECISIONS = ['keep', 'revoke', 'none'] as const;
const PRINCIPAL_STATUS = ['active', 'suspended', 'left'] as const;

function read(result: { ok: true; value: unknown } | { ok: false; reason: string }): unknown {
  return result.ok ? result.value : `! ${result.reason}`;
}

describe('values of exports', () => {
  it.each([
    ['a; b ;;c', ['a', 'b', 'c']],
    ['a|b', ['a', 'b']],
    ['a, b', ['a', 'b']],
    ['Doe, John; Roe, Jane', ['Doe, John', 'Roe, Jane']],
    ['a;a', ['a']],
    [
      ['x', 'y'],
      ['x', 'y'],
    ],
    ['-', []],
    ['none', []],
    [[], []],
    ['', null],
    ['n/a', null],
    [undefined, null],
  ])('reads the list %j', (text, list) => {
    expect(read(parseList(text))).toEqual(list);
  });

  it('uses a field\u2019s own separator only where no common one is there', () => {
    expect(read(parseList('accounts:read payments:write', [' ']))).toEqual([
      'accounts:read',
      'payments:write',
    ]);
    expect(read(parseList('read all; write', [' ']))).toEqual(['read all', 'write']);
  });

  it.each([
    ['TRUE', true],
    ['yes', true],
    ['1', true],
    ['wahr', true],
    ['Enabled', true],
    ['false', false],
    ['NO', false],
    ['0', false],
    ['nein', false],
    ['', null],
    ['unknown', null],
  ])('reads %j as %j', (text, value) => {
    expect(read(parseBoolean(text))).toBe(value);
  });

  it('refuses what is neither yes nor no', () => {
    expect(read(parseBoolean('maybe'))).toContain('"maybe" is neither yes nor no');
  });

  it.each([
    ['prd', 'production'],
    ['PROD', 'production'],
    ['Live', 'production'],
    ['UAT', 'staging'],
    ['pre production', 'staging'],
    ['qa', 'test'],
    ['', null],
    ['-', null],
  ])('reads the environment %j as %j', (text, value) => {
    expect(read(parseEnum(text, ENVIRONMENTS))).toBe(value);
  });

  it('gives one word the meaning that the field knows', () => {
    expect(read(parseEnum('disabled', KEY_STATUS))).toBe('inactive');
    expect(read(parseEnum('disabled', PRINCIPAL_STATUS))).toBe('suspended');
    expect(read(parseEnum('live', KEY_STATUS))).toBe('active');
    expect(read(parseEnum('Pending Deletion', KEY_STATUS))).toBe('pending-deletion');
  });

  it('names the values expected and the nearest for a word it does not know', () => {
    const reason = read(parseEnum('prodution', ENVIRONMENTS));
    expect(reason).toContain('"prodution" is not one of production, staging');
    expect(reason).toContain('nearest: production');
    expect(read(parseEnum('constructor', ENVIRONMENTS))).toContain('is not one of');
  });

  it.each([
    ['90', 90],
    ['90 days', 90],
    ['P90D', 90],
    ['7776000s', 90],
    ['2160h', 90],
    [90, 90],
    ['', null],
    ['-', null],
  ])('reads the days %j as %j', (text, value) => {
    expect(read(parseNumber(text, 'days'))).toBe(value);
  });

  it.each(['3 months', '1,000', 'often', '9O'])('refuses the number %j', (text) => {
    expect(read(parseNumber(text, 'days'))).toContain('is not a number');
  });

  it.each([
    ['86.400', 'can be 86400 or 86.4'],
    ['2.555', 'can be 2555 or 2.555'],
    ['1.095 days', 'can be 1095 or 1.095'],
    ['1,5', 'state decimals: comma or point'],
    ['1 000', 'state decimals: comma or point'],
    ['6M', 'can be months or minutes'],
    ['12 m', 'can be months or minutes'],
    ['18m', 'can be months or minutes'],
    ['quarterly', 'is not a number'],
    ['1 year', 'is not a number'],
  ])('refuses the days %j, which two readers read differently', (text, sentence) => {
    expect(read(parseNumber(text, 'days'))).toContain(sentence);
  });

  it.each([
    ['86.400', 'comma', 86_400],
    ['86.400', 'point', 86.4],
    ['1.234,5', 'comma', 1234.5],
    ['1,234.5', 'point', 1234.5],
    ['1\u00a0000', 'comma', 1000],
    ["1'000", 'point', 1000],
    ['0.005', null, 0.005],
    ['\u22125', null, -5],
    ['="86400"', null, 86_400],
  ])('reads the number %j with decimals %j as %j', (text, decimals, value) => {
    expect(read(parseNumber(text, null, decimals as 'comma'))).toBe(value);
  });

  it('refuses groups of digits in the wrong place, whatever the sign before decimals', () => {
    expect(read(parseNumber('86.40', null, 'comma'))).toContain('no number with a comma before decimals');
    expect(read(parseNumber('1,23', null, 'point'))).toContain('no number with a point before decimals');
  });

  it.each([
    ['10m', 'seconds', 600],
    ['3h25m19s', 'seconds', 12_319],
    ['2 weeks', 'days', 14],
    ['90 Tage', 'days', 90],
    ['30 min', 'hours', 0.5],
    ['P1DT12H', 'days', 1.5],
    ['P2W', 'days', 14],
  ] as const)('reads the duration %j in %s', (text, unit, value) => {
    expect(read(parseNumber(text, unit))).toBe(value);
  });

  it('reads a number as a reader of the stated locale does, or not at all', () => {
    const number = fc
      .double({ min: -1e9, max: 1e9, noNaN: true })
      .map((value) => Math.round(value * 1000) / 1000);
    const locale = fc.constantFrom(
      ['de-DE', 'comma'],
      ['en-GB', 'point'],
      ['pl-PL', 'comma'],
      ['fr-FR', 'comma'],
      ['de-CH', 'point'],
    );
    fc.assert(
      fc.property(number, locale, (value, [name, decimals]) => {
        const written = new Intl.NumberFormat(name, { maximumFractionDigits: 3 }).format(value);
        expect(read(parseNumber(written, null, decimals as 'comma'))).toBe(value + 0);
        const undecided = parseNumber(written);
        if (undecided.ok) expect(undecided.value).toBe(value + 0);
      }),
    );
  });

  it('never throws and never reads a number that is not one', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.jsonValue()),
        fc.constantFrom('comma', 'point', null),
        (value, decimals) => {
          for (const result of [
            parseText(value),
            parseList(value),
            parseBoolean(value),
            parseEnum(value, ENVIRONMENTS),
          ])
            expect(typeof result.ok).toBe('boolean');
          const number = parseNumber(value, 'days', decimals as 'comma');
          if (number.ok && number.value !== null) expect(Number.isFinite(number.value)).toBe(true);
        },
      ),
    );
  });

  it.each([
    ['="100234567890123"', '100234567890123'],
    ["'000045", '000045'],
    ["'@settlement", '@settlement'],
    ["'s-Hertogenbosch", "'s-Hertogenbosch"],
    ['K-1\u200b', 'K-1'],
    ['K\u20112', 'K-2'],
    ['\ufeffops team\u00a0', 'ops team'],
  ])('cleans the text %j of what nobody sees', (text, value) => {
    expect(read(parseText(text))).toBe(value);
  });

  it.each(['n.a.', 'k.A.', 'N/A n/a', 'unbekannt'])('takes %j for not stated', (text) => {
    expect([read(parseText(text)), read(parseNumber(text)), read(parseEnum(text, ENVIRONMENTS))]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it.each(['TBD', 'tbd / tbd', '???', '..............', 'xxx', '--', '\u2014', 'keine', 'to be defined'])(
    'takes %j for a text that is known to be none',
    (text) => {
      expect(read(parseText(text))).toBe('');
      expect(read(parseNumber(text))).toBe(null);
    },
  );

  it('takes a placeholder in a list for nothing stated, because an empty list would say that there is none', () => {
    expect(read(parseList('TBD'))).toBe(null);
    expect(read(parseList('keine'))).toEqual([]);
  });

  it.each([
    ['Produktion', ENVIRONMENTS, 'production'],
    ['Wirkbetrieb', ENVIRONMENTS, '!'],
    ['Entwicklung', ENVIRONMENTS, 'development'],
    ['Producción', ENVIRONMENTS, 'production'],
    ['recette', ENVIRONMENTS, 'staging'],
    ['hoch', TIERS, 'high'],
    ['mittel', TIERS, 'medium'],
    ['kritisch', TIERS, 'critical'],
    ['élevé', TIERS, 'high'],
    ['średnie', TIERS, 'medium'],
    ['laag', TIERS, 'low'],
    ['baja', TIERS, 'low'],
    ['baja', PRINCIPAL_STATUS, 'left'],
    ['aktiv', KEY_STATUS, 'active'],
    ['gesperrt', KEY_STATUS, 'inactive'],
    ['gesperrt', PRINCIPAL_STATUS, 'suspended'],
    ['scaduta', KEY_STATUS, 'expired'],
    ['odwołany', KEY_STATUS, 'revoked'],
    ['genehmigt', DECISIONS, 'keep'],
    ['nicht geprüft', DECISIONS, 'none'],
    ['NotReviewed', DECISIONS, 'none'],
  ] as const)('reads the word %j of %j as %j', (text, values, value) => {
    const result = String(read(parseEnum(text, values as readonly string[])));
    expect(value === '!' ? result.slice(0, 1) : result).toBe(value);
  });

  it.each(['oui', 'sí', 'sim', 'tak', 'vero'])('reads %j as yes', (text) => {
    expect(read(parseBoolean(text))).toBe(true);
  });

  it.each(['non', 'não', 'nee', 'nie', 'falso'])('reads %j as no', (text) => {
    expect(read(parseBoolean(text))).toBe(false);
  });

  it('never rounds an id and refuses what a spreadsheet made of one', () => {
    expect(read(parseText('0042'))).toBe('0042');
    expect(read(parseText('1,23457E+15'))).toContain('rounded by a spreadsheet');
    expect(read(parseText('1E+15'))).toContain('rounded by a spreadsheet');
    expect(read(parseText('#N/A'))).toContain('error value');
    expect(read(parseText(2 ** 60))).toContain('too large');
  });

  it('splits and joins lists without loss', () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9:_./-]{0,12}$/).filter((text) => absenceOf(text) === null);
    fc.assert(
      fc.property(
        fc.uniqueArray(word, { minLength: 1 }),
        fc.constantFrom(';', '|', ','),
        (words, separator) => {
          expect(read(parseList(words.join(separator)))).toEqual(words);
        },
      ),
    );
  });
});
