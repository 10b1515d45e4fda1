import type { CheckChangeKind } from '../model/index.js';

/**
 * Returns a SQL expression of what became of a check: a `CheckChangeKind`, or null if nothing that counts did.
 *
 * @param before SQL of its outcome in the old pack, null if it has none there.
 * @param now SQL of its outcome in the new pack.
 */
export function checkChange(before: string, now: string): string {
  const when = (condition: string, change: CheckChangeKind) => `WHEN ${condition} THEN '${change}'`;
  const decided = `('pass', 'attested', 'not-applicable')`;
  const undecided = `('no-evidence', 'error')`;
  return `CASE ${[
    when(`${now} = 'waived'`, 'waived'),
    when(`${now} = 'fail' AND ${before} = 'fail'`, 'persisting'),
    when(`${now} = 'fail' AND ${before} = 'waived'`, 'lapsed'),
    when(`${now} = 'fail' AND ${before} IN ('pass', 'attested')`, 'regressed'),
    when(`${now} = 'fail'`, 'new'),
    when(`${before} IN ('fail', 'waived') AND ${now} IS NULL`, 'gone'),
    when(`${before} IN ('fail', 'waived') AND ${now} = 'not-applicable'`, 'no-longer-applies'),
    when(`${before} IN ('fail', 'waived') AND ${now} IN ('pass', 'attested')`, 'fixed'),
    when(`${before} NOT IN ${undecided} AND ${now} IN ${undecided}`, 'newly-undecided'),
    when(`${before} IN ${undecided} AND ${now} IN ${decided}`, 'decided'),
    when(`${before} IN ${decided} AND ${now} IN ${decided} AND ${before} <> ${now}`, 'otherwise'),
  ].join(' ')} END`;
}
