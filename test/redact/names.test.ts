import { describe, expect, test } from 'vitest';
import { findingIds } from '../../src/redact/finding-ids.js';
import { nameFinder } from '../../src/redact/name-finder.js';
import { peopleWith } from '../../src/redact/people.js';
import { roleOfFact } from '../../src/redact/people-fields.js';

const KEY = Buffer.from('a key that this test alone has');

function finderOf(...people: [names: string[], role: string][]) {
  const list = peopleWith(KEY);
  for (const [names, role] of people) list.add(names, role);
  return nameFinder(list);
}

const codesIn = (text: string): string[] => text.match(/person [0-9A-Z]{4}-[0-9A-Z]{4}/g) ?? [];

describe('names of people', () => {
  const { inText, inOwnText } = finderOf(
    [['anna.berg@northbridge.example', 'Anna Berg', 'aberg'], 'owner'],
    [['Grant'], 'approver'],
    [['qa'], 'owner'],
  );
  const anna = inText('Anna Berg');

  test.each([
    'Anna Berg',
    'ANNA  BERG',
    'Berg, Anna',
    'anna.berg@northbridge.example',
    'anna_berg',
    'AnnaBerg',
    'aberg',
  ])('%s is one person', (name) => {
    expect(anna).toMatch(/^person [0-9A-Z]{4}-[0-9A-Z]{4} \(owner\)$/);
    expect(inText(name)).toBe(anna);
    expect(inText(`exports/keys-of-${name}-2026.csv`)).toBe(`exports/keys-of-${anna}-2026.csv`);
  });

  test('an e-mail address that nobody is known by is a person too, a version after an @ is not', () => {
    const text = inText('ask zoe@elsewhere.example, actions/checkout@v4.1');
    expect(text).toMatch(/^ask person [0-9A-Z]{4}-[0-9A-Z]{4}, actions\/checkout@v4\.1$/);
  });

  test('a part of a word is no name, and a name of two letters only where it stands alone', () => {
    expect(inText('Bergen, Annabel, qa-key')).toBe('Bergen, Annabel, qa-key');
    expect(codesIn(inText('qa'))).toHaveLength(1);
  });

  test('texts of rules keep words that are somebody’s name, and lose whole names', () => {
    expect(inText('approved by grant')).toMatch(/^approved by person .* \(approver\)$/);
    expect(inOwnText('Each grant is reviewed')).toBe('Each grant is reviewed');
    expect(inOwnText('Ask Anna Berg')).toBe(`Ask ${anna}`);
  });

  test('another key gives another code, the same key the same', () => {
    const of = (key: string) => {
      const people = peopleWith(Buffer.from(key));
      people.add(['Anna Berg'], 'owner');
      return people.show('Anna Berg');
    };
    expect(of('one')).toBe(of('one'));
    expect(of('one')).not.toBe(of('two'));
  });

  test('facts name people by their endings, and what is about a person is none', () => {
    expect(['approved_by', 'kek_owner', 'leaver', 'untrained_listed'].map(roleOfFact)).not.toContain(null);
    expect(['owner_kind', 'owner_status', 'named_by', 'key', 'roles'].map(roleOfFact)).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
  });

  test('the id of a finding on a person cannot be computed from the name', () => {
    const [[old, fresh] = ['', '']] = findingIds(['rule'], [{ kind: 'principal', id: 'anna' }], KEY);
    expect(old).toMatch(/^[0-9a-f]{16}$/);
    expect(fresh).not.toBe(old);
    expect(findingIds(['rule'], [{ kind: 'principal', id: 'anna' }], Buffer.from('other')).get(old)).not.toBe(
      fresh,
    );
  });
});
