import { describe, expect, it } from 'vitest';
import { runEntry } from '../../src/cli/run-entry.js';
import { holdsSecret } from '../../src/secrets/redact.js';

const TOKEN = ['ghp', 'RunRecordOfNorthbridge0123456789ABCDEF'].join('_');

describe('the record of a run', () => {
  it('shows of an absolute path its last name only, also behind an option', () => {
    const { command } = runEntry(
      ['audit', '/home/ann/exports', '--output=/home/ann/pack', 'exports/keys.csv'],
      0,
    );
    expect(command).toEqual(['audit', '…/exports', '--output=…/pack', 'exports/keys.csv']);
  });

  it('shows of a secret its fingerprint only', () => {
    const { command } = runEntry(['audit', '--config', TOKEN], 0);
    expect(command[2]).toMatch(/^sha256:/);
    expect(holdsSecret(JSON.stringify(command))).toBe(false);
  });
});
