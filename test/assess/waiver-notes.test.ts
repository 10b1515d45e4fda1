import { expect, test } from 'vitest';
import { waiverNotes } from '../../src/assess/waiver-notes.js';
import type { RegisteredWaiver } from '../../src/model/index.js';

const expired = (failures: number) =>
  waiverNotes([
    {
      id: 'W-1',
      rule: 'rotation-max-age',
      state: 'expired',
      failures,
      granted: '2026-05-01',
      expires: '2026-07-31',
      approver: 'Ines Okafor',
    } as RegisteredWaiver,
  ])[0];

test('an expired waiver is told in the number of its failures', () => {
  expect(expired(1)).toContain('1 failure of rotation-max-age that it named fails again; mend it, or have');
  expect(expired(3)).toContain('3 failures of rotation-max-age that it named fail again; mend them, or have');
});
