import { type AuditPlan, type Coverage, DAY_MS } from '../../model/index.js';
import { testedUntil } from '../terms/period.js';

type Period = Coverage['period'];

/** Between the last moment of a stretch and the first of the next, as in evidence-ipe-valid. */
const SLACK_MS = 1000;

/** A log is quiet at times: it speaks for half a day before its first record and after its last. */
const QUIET_MS = DAY_MS / 2;

/**
 * Returns the stretches of the audit period that none of the periods covers, in words: `from 2026-07-01 to 2026-07-03`.
 * An audit at a point in time asks for none.
 */
export function uncoveredStretches(periods: readonly Period[], plan: AuditPlan): string[] {
  if (plan.period === null) return [];
  const end = testedUntil(plan);
  const known = periods.flatMap(reach).sort((a, b) => a.fromMs - b.fromMs);
  const found: string[] = [];
  let covered = plan.period.startMs - 1;
  for (const { fromMs, toMs } of [...known, { fromMs: end, toMs: end }]) {
    if (fromMs > covered + SLACK_MS && covered < end) found.push(inWords(covered + 1, Math.min(fromMs, end)));
    covered = Math.max(covered, toMs);
  }
  return found;
}

/** Returns the first moment from which periods cover all time up to another, epoch ms; null if they do not cover the other. */
export function coveredUpTo(endMs: number, periods: readonly Period[]): number | null {
  const latestFirst = periods.flatMap(reach).sort((a, b) => b.toMs - a.toMs || a.fromMs - b.fromMs);
  const from = latestFirst.reduce(
    (covered, { fromMs, toMs }) => (toMs + SLACK_MS >= covered ? Math.min(covered, fromMs) : covered),
    endMs,
  );
  return from < endMs ? from : null;
}

function reach(period: Period): { fromMs: number; toMs: number }[] {
  if (period === null) return [];
  const quiet = period.basis === 'records' ? QUIET_MS : 0;
  return [{ fromMs: period.fromMs - quiet, toMs: period.toMs + quiet }];
}

function inWords(fromMs: number, toMs: number): string {
  const [from, to] = [fromMs, toMs].map((ms) => new Date(ms).toISOString().slice(0, 10));
  return from === to ? `on ${from}` : `from ${from} to ${to}`;
}
