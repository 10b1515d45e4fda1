import type { Assessment, FrameworkResult } from '../../model/index.js';
import { formatDays } from '../../text/format.js';

const DAY_MS = 86_400_000;

/** Returns what time a framework asks evidence to cover, beside what the run covers; empty if the file does not say. */
export function periodNeeded(
  { period }: Pick<FrameworkResult, 'period'>,
  plan: Pick<Assessment['plan'], 'period'>,
): string {
  return period === undefined ? '' : `Period: ${period.asks.trim()} ${covered(plan.period, period.months)}`;
}

function covered(run: Assessment['plan']['period'], months: number | undefined): string {
  if (run === null) return 'This run looks at one day and covers no period.';
  const span = `This run covers ${formatDays(run.from, run.to)}`;
  return months !== undefined && isShorter(run, months)
    ? `${span}, which is shorter; what it shows holds for that time alone.`
    : `${span}.`;
}

/** Whether a run ends before so many months are over, counted from its first day. */
function isShorter({ from, to }: { from: string; to: string }, months: number): boolean {
  const end = new Date(from);
  end.setUTCMonth(end.getUTCMonth() + months);
  return Date.parse(to) + DAY_MS < end.getTime();
}
