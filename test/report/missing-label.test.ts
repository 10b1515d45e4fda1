import { describe, expect, it } from 'vitest';
import { missingLabel } from '../../src/report/text/missing-label.js';

const LABELS = new Map([['key.storage', 'storage in the key inventory']]);

describe('what is missing, as the page says it', () => {
  it.each([
    ['key.storage', 'storage in the key inventory'],
    ['key.storage (the source says unknown)', 'storage in the key inventory (the source says unknown)'],
    ['events.scopes_since_ms (too few days)', 'audit and access events: scopes since (too few days)'],
    ['rotations.records (no rotation of this key)', 'rotation steps (no rotation of this key)'],
    ['log_sources.records.3.readers', 'logs and how they are kept: readers'],
    ['training.people (nobody holds a right on a key)', 'training: people (nobody holds a right on a key)'],
    [
      'events (no audit log is stated to be complete (vault), and none names it)',
      'audit and access events (no audit log is stated to be complete (vault), and none names it)',
    ],
  ])('%s', (missing, said) => {
    expect(missingLabel(missing, LABELS)).toBe(said);
  });
});
