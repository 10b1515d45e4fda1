import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scheduleGaps } from '../../../src/ingest/adapters/aws/secrets-manager/rotation-schedule.js';

describe('scheduleGaps', () => {
  it.each([
    ['rate(10 days)', 10, 10],
    ['rate(1 day)', 1, 1],
    ['rate(4 hours)', 1 / 6, 1 / 6],
    ['cron(0 16 1,15 * ? *)', 14, 17],
    ['cron(0 8 * * ? *)', 1, 1],
    ['cron(0 */6 * * ? *)', 0.25, 0.25],
    ['cron(0 8,20 * * ? *)', 0.5, 0.5],
    ['cron(0 2,8 * * ? *)', 0.25, 0.75],
    ['cron(0 4 1 * ? *)', 28, 31],
    ['cron(0 4 L * ? *)', 28, 31],
    ['cron(0 4 1 */3 ? *)', 90, 92],
    ['cron(0 4 1 JAN ? *)', 365, 366],
    ['cron(0 1 ? * SUN *)', 7, 7],
    ['cron(0 1 ? * MON-FRI *)', 1, 3],
    ['cron(0 1 ? * 2#1 *)', 28, 35],
    ['cron(0 1 ? * 6L *)', 28, 35],
    ['cron(0 0 31 * ? *)', 31, 61],
  ])('%s rotates every %d to %d days', (expression, shortest, longest) => {
    const gaps = scheduleGaps(expression);
    expect(gaps?.shortest).toBeCloseTo(shortest, 10);
    expect(gaps?.longest).toBeCloseTo(longest, 10);
  });

  it.each([
    '',
    'rate(0 days)',
    'rate(ten days)',
    'cron(0 8 * * ? 2027)',
    'cron(0 8 15W * ? *)',
    'cron(0 8 32 * ? *)',
    'cron(0 8 31 FEB ? *)',
    'cron(0 8 5-1 * ? *)',
    'cron(0 8 */0 * ? *)',
    'cron(0 25 * * ? *)',
    'cron(0 8 * *)',
    'every day',
  ])('claims nothing about %j', (expression) => {
    expect(scheduleGaps(expression)).toBeNull();
  });

  it('never throws, and never gives a gap below zero or a shortest above the longest', () => {
    const field = fc.stringMatching(/^[0-9A-Z*?,/#L-]{1,8}$/);
    const cron = fc.array(field, { minLength: 6, maxLength: 6 }).map((fields) => `cron(${fields.join(' ')})`);
    fc.assert(
      fc.property(fc.oneof(cron, fc.string()), (expression) => {
        const gaps = scheduleGaps(expression);
        return gaps === null || (gaps.shortest > 0 && gaps.shortest <= gaps.longest);
      }),
    );
  });
});
