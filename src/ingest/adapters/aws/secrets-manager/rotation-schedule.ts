import { DAY_MS } from '../../../../model/index.js';

/** Shortest and longest time between two rotations of a schedule, in days. They differ if the months differ. */
export type ScheduleGaps = {
  /** Shortest, in days. */
  shortest: number;
  /** Longest, in days. */
  longest: number;
};

const UNIT_DAYS: { [unit: string]: number } = { minute: 1 / 1440, hour: 1 / 24, day: 1, week: 7 };
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
/** Eight years hold every length of month, year and leap cycle that a yearly schedule can meet. */
const FIRST_DAY = Date.UTC(2024, 0, 1);
const LAST_DAY = Date.UTC(2031, 11, 31);

/**
 * Reads a Secrets Manager schedule: `rate(10 days)`, `rate(4 hours)`, `cron(0 16 1,15 * ? *)`. Null if it is neither,
 * or if it names a year, a nearest weekday (`W`) or a value that does not exist: then nothing is claimed.
 * Follows https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html
 */
export function scheduleGaps(expression: string): ScheduleGaps | null {
  const rate = /^rate\(\s*(\d{1,5})\s+(minute|hour|day|week)s?\s*\)$/i.exec(expression.trim());
  if (rate) return rateGaps(Number(rate[1]), rate[2] ?? '');
  const cron = /^cron\(\s*(.+?)\s*\)$/i.exec(expression.trim());
  const fields = cron?.[1]?.toUpperCase().split(/\s+/) ?? [];
  return fields.length === 6 ? cronGaps(fields) : null;
}

function rateGaps(count: number, unit: string): ScheduleGaps | null {
  const days = count * (UNIT_DAYS[unit.toLowerCase()] ?? 0);
  return days > 0 ? { shortest: days, longest: days } : null;
}

function cronGaps([, hours = '', monthDays = '', months = '', weekDays = '', year = '']: string[]) {
  const monthSet = values(months, 1, 12, MONTHS);
  const onDay = weekDays === '?' || weekDays === '*' ? byMonthDay(monthDays) : byWeekday(weekDays);
  if (year !== '*' || monthSet === null || onDay === null) return null;
  const days: number[] = [];
  for (let ms = FIRST_DAY; ms <= LAST_DAY; ms += DAY_MS) {
    const date = new Date(ms);
    if (monthSet.has(date.getUTCMonth() + 1) && onDay(date)) days.push(ms / DAY_MS);
  }
  const gaps = differences(days);
  if (gaps === null || gaps.longest > 1) return gaps;
  return hourGaps(hours);
}

function hourGaps(text: string): ScheduleGaps | null {
  const hours = values(text, 0, 23, []);
  if (hours === null) return null;
  const sorted = [...hours].sort((a, b) => a - b);
  const [first] = sorted;
  const gaps = first === undefined ? null : differences([...sorted, first + 24]);
  return gaps && { shortest: gaps.shortest / 24, longest: gaps.longest / 24 };
}

function differences(moments: number[]): ScheduleGaps | null {
  const gaps = moments.slice(1).map((moment, index) => moment - (moments[index] ?? moment));
  if (gaps.length === 0) return null;
  const least = gaps.reduce((a, b) => Math.min(a, b));
  return { shortest: least, longest: gaps.reduce((a, b) => Math.max(a, b)) };
}

function byMonthDay(text: string): ((date: Date) => boolean) | null {
  if (text === 'L') return isLastWeekOfMonth(1);
  const days = values(text, 1, 31, []);
  return days && ((date) => days.has(date.getUTCDate()));
}

function byWeekday(text: string): ((date: Date) => boolean) | null {
  const last = /^(\w{1,3})L$/.exec(text);
  const nth = /^(\w{1,3})#([1-5])$/.exec(text);
  const days = values(last?.[1] ?? nth?.[1] ?? text, 1, 7, WEEKDAYS);
  if (days === null) return null;
  const inLastWeek = isLastWeekOfMonth(7);
  return (date) =>
    days.has(date.getUTCDay() + 1) &&
    (!last || inLastWeek(date)) &&
    (!nth || Math.ceil(date.getUTCDate() / 7) === Number(nth[2]));
}

/** Returns whether a day is among the last `count` of its month. */
function isLastWeekOfMonth(count: number): (date: Date) => boolean {
  return (date) => new Date(date.getTime() + count * DAY_MS).getUTCMonth() !== date.getUTCMonth();
}

/** Values of one cron field: `*`, `?`, lists, ranges, steps and names; null if one is none of these. */
function values(text: string, min: number, max: number, names: readonly string[]): Set<number> | null {
  const found = new Set<number>();
  for (const part of text.split(',')) {
    const match = /^(\*|\?|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(part);
    if (!match) return null;
    const any = match[1] === '*' || match[1] === '?';
    const from = any ? min : numberOf(match[1] ?? '', min, names);
    const to = match[2] ? numberOf(match[2], min, names) : any || match[3] ? max : from;
    const step = Number(match[3] ?? 1);
    if (!(from >= min && to <= max && from <= to && step >= 1)) return null;
    for (let value = from; value <= to; value += step) found.add(value);
  }
  return found;
}

function numberOf(text: string, min: number, names: readonly string[]): number {
  const named = names.indexOf(text);
  if (named >= 0) return named + min;
  return /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
}
