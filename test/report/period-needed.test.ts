import { describe, expect, it } from 'vitest';
import { periodNeeded } from '../../src/report/text/period-needed.js';

const asks = { period: { asks: 'Looked at over twelve months.', months: 12 } };

describe('the time that a framework asks for stands beside what the run covers', () => {
  it('says that a quarter is shorter than twelve months', () => {
    expect(periodNeeded(asks, { period: { from: '2026-07-01', to: '2026-09-30' } })).toBe(
      'Period: Looked at over twelve months. This run covers 1 July 2026 to 30 September 2026, which is shorter; ' +
        'what it shows holds for that time alone.',
    );
  });

  it('takes a calendar year for twelve months, and a day less for shorter', () => {
    const year = { from: '2025-01-01T00:00:00.000Z', to: '2025-12-31T23:59:59.999Z' };
    expect(periodNeeded(asks, { period: year })).toContain(
      'This run covers 1 January 2025 to 31 December 2025.',
    );
    expect(periodNeeded(asks, { period: { ...year, to: '2025-12-30T23:59:59.999Z' } })).toContain('shorter');
  });

  it('says that a run without a period covers none', () => {
    expect(periodNeeded(asks, { period: null })).toContain('This run looks at one day and covers no period.');
  });

  it('says nothing if the file does not', () => {
    expect(periodNeeded({}, { period: null })).toBe('');
  });
});
