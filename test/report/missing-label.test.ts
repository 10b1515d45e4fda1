import { describe, expect, it, test } from 'vitest';
import { SUBJECT_KINDS } from '../../src/model/index.js';
import { DOSSIERS } from '../../src/store/dossiers/dossiers.js';
import { MEMBER_WORDS } from '../../src/text/member-words.js';
import { missingLabel } from '../../src/text/missing-label.js';
import { RECORD_WORDS } from '../../src/text/record-words.js';

const LABELS = new Map([['key.storage', 'storage in the key inventory']]);

describe('what is missing, as the page says it', () => {
  it.each([
    ['key.storage', 'storage in the key inventory'],
    ['key.storage (the source says unknown)', 'storage in the key inventory (the source says unknown)'],
    ['events.scopes_since_ms (too few days)', 'audit and access events: days with scopes (too few days)'],
    ['rotations.records (no rotation of this key)', 'rotation steps (no rotation of this key)'],
    ['log_sources.records.3.readers', 'logs and how they are kept: readers'],
    ['training.people (nobody holds a right on a key)', 'training of people (nobody holds a right on a key)'],
    ['supplied.events (no audit log names keys)', 'audit and access events (no audit log names keys)'],
    [
      'events.with_account (not stated of every call)',
      'audit and access events: account (not stated of every call)',
    ],
    ['secret_readers.records.actor', 'readers of the secret: actor'],
    [
      'events (no audit log is stated to be complete (vault), and none names it)',
      'audit and access events (no audit log is stated to be complete (vault), and none names it)',
    ],
  ])('%s', (missing, said) => {
    expect(missingLabel(missing, LABELS)).toBe(said);
  });
});

test('every member of a dossier has words of its own', () => {
  const spoken = new Set<string>([...Object.keys(RECORD_WORDS), ...SUBJECT_KINDS, ...MEMBER_WORDS.keys()]);
  const members = Object.values(DOSSIERS).flatMap(({ members: own }) => Object.keys(own));
  expect([...new Set(members)].filter((member) => !spoken.has(member))).toEqual([]);
});
