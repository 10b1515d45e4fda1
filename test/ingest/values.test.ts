import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseBoolean,
  parseEnum,
  parseList,
  parseNumber,
  parseText,
} from '../../src/ingest/fields/values.js';

const ENVIRONMENTS = ['production', 'staging', 'development', 'test', 'sandbox'] as const;
const KEY_STATUS = ['active', 'inactive', 'revoked', 'expired', 'pending-deletion', 'destroyed'] as const;
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

  it('never rounds an id and refuses what a spreadsheet made of one', () => {
    expect(read(parseText('0042'))).toBe('0042');
    expect(read(parseText('1,23457E+15'))).toContain('rounded by a spreadsheet');
    expect(read(parseText('#N/A'))).toContain('error value');
    expect(read(parseText(2 ** 60))).toContain('too large');
  });

  it('splits and joins lists without loss', () => {
    const word = fc
      .stringMatching(/^[a-z][a-z0-9:_./-]{0,12}$/)
      .filter((text) => !['none', 'nil', 'na', 'null', 'unknown', 'n/a'].includes(text));
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
