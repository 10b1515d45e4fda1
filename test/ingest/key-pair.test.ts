import { describe, expect, it } from 'vitest';
import { knownInstant, statedInstant } from '../../src/ingest/fields/instants.js';
import { noLaterThan } from '../../src/ingest/fields/key-pair.js';

const MADE = knownInstant(Date.UTC(2024, 0, 1));
const ISSUED = knownInstant(Date.UTC(2026, 7, 1, 12));

describe('when the private key of a certificate was made', () => {
  it('is any time until the certificate was issued, and shows its day', () => {
    expect(noLaterThan(ISSUED)).toEqual({
      state: 'known',
      ms: 0,
      tolerance_ms: ISSUED.ms,
      day: '2026-08-01',
    });
    const day = knownInstant(Date.UTC(2026, 6, 31, 22), 86_399_999, '2026-08-01');
    expect(noLaterThan(day)).toEqual({ ...day, ms: 0, tolerance_ms: (day.ms ?? 0) + 86_399_999 });
  });

  it('is no earlier than the key can have been made', () => {
    const between = {
      state: 'known',
      ms: MADE.ms,
      tolerance_ms: (ISSUED.ms ?? 0) - (MADE.ms ?? 0),
      day: '2026-08-01',
    };
    expect(noLaterThan(ISSUED, MADE)).toEqual(between);
    expect(noLaterThan(MADE, ISSUED)).toEqual(MADE);
  });

  it('is not known if no date is', () => {
    expect(noLaterThan(null)).toBeNull();
    expect(noLaterThan(statedInstant('not-tracked'))).toEqual(statedInstant('not-tracked'));
  });
});
