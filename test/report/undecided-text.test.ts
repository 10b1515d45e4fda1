import { describe, expect, test } from 'vitest';
import { undecidedText } from '../../src/report/text/undecided-text.js';

const said = (...missing: string[]): string =>
  undecidedText({ outcome: 'no-evidence', error: null, missing }, (path) => `<${path}>`);

describe('why a check gave no result', () => {
  test('names what is not known', () => {
    expect(said('key.owner', 'rotations')).toBe('Not known: <key.owner>; <rotations>');
  });

  test('names what is missing whole, and nothing of what it would hold', () => {
    expect(said('events', 'events.scopes (the list is cut)', 'key.owner')).toBe(
      'Not known: <events>; <key.owner>',
    );
    expect(said('events.scopes (the list is cut)')).toBe('Not known: <events.scopes (the list is cut)>');
  });

  test('says that nothing is to be judged while the time allowed runs', () => {
    expect(said('key.last_rotated (the time allowed is not over)')).toBe(
      'Not judged yet: the time allowed ends after the as-of date',
    );
  });

  test('says both if both hold', () => {
    expect(said('keys.records.revoked (the time allowed is not over)', 'grants')).toBe(
      'Not judged yet: the time allowed ends after the as-of date. Not known: <grants>',
    );
  });
});
