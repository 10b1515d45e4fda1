import { expect, test } from 'vitest';
import { dueDays } from '../../src/config/due-days.js';
import type { Assessment } from '../../src/model/index.js';
import { dueDayOf } from '../../src/report/text/due-day.js';
import { dueText } from '../../src/report/text/due-text.js';
import { dueDay, isOverdue } from '../../src/text/due-day.js';

type Plan = Assessment['plan'];

test.each([
  ['2026-01-30T00:00:00.000Z', 1, '2026-01-31'],
  ['2026-01-30T23:59:59.999Z', 1, '2026-01-31'],
  ['2026-01-31', 1, '2026-02-01'],
  ['2028-02-28T23:59:59.999Z', 1, '2028-02-29'],
  ['2026-12-31T23:59:59.999Z', 0, '2026-12-31'],
  ['2026-03-28T23:30:00.000Z', 2, '2026-03-30'],
])('from %s the day in %i days is %s', (from, days, due) => {
  expect(dueDay(from, days)).toBe(due);
});

test.each([
  ['2026-09-29', true],
  ['2026-09-30', false],
  ['2026-10-01', false],
])('due on %s and overdue at either end of 30 September 2026: %s', (due, late) => {
  expect(isOverdue(due, '2026-09-30T00:00:00.000Z')).toBe(late);
  expect(isOverdue(due, '2026-09-30T23:59:59.999Z')).toBe(late);
});

test('a failure is due the days of its severity after it was first seen, or after the as-of date', () => {
  const plan = { asOf: '2026-09-30T23:59:59.999Z', due: dueDays() };
  const failure = { severity: 'critical', outcome: 'fail' } as const;
  expect(dueDayOf({ ...failure, firstSeen: '2026-06-30T23:59:59.999Z' }, plan)).toBe('2026-07-07');
  expect(dueDayOf(failure, plan)).toBe('2026-10-07');
  expect(dueDayOf({ ...failure, outcome: 'waived' }, plan)).toBeNull();
});

test('suggested days are called defaults once if all are, and one by one if some are set', () => {
  const due = dueDays();
  expect(dueText({ due } as Plan)).toBe(
    'critical 7 days, high 30 days, medium 90 days, low 180 days (the defaults)',
  );
  const set = { ...due, critical: { days: 1, set: true } };
  expect(dueText({ due: set } as Plan)).toBe(
    'critical 1 day, high 30 days (default), medium 90 days (default), low 180 days (default)',
  );
});
