import {
  type AuditPlan,
  DAY_MS,
  type NamedControl,
  type RegisteredWaiver,
  type Waiver,
  type WaiverState,
} from '../model/index.js';
import type { JudgedWaiver, Store } from '../store/index.js';
import type { Judged } from './gaps.js';

/** Most findings that a row of the register names. */
const LISTED = 1000;

/** Returns the accepted exceptions of a plan, with whether each is in force at the as-of date. */
export function judgedWaivers(plan: AuditPlan): JudgedWaiver[] {
  return (plan.waivers ?? []).map((waiver) => ({
    ...waiver,
    inForce: stateOf(waiver, plan.asOfMs) === 'in-force',
  }));
}

/**
 * Returns whether an exception holds: from the first moment of the day granted to the last of the day it expires, UTC.
 * @param asOfMs epoch ms UTC.
 */
export function stateOf(
  { granted, expires }: Pick<Waiver, 'granted' | 'expires'>,
  asOfMs: number,
): WaiverState {
  if (asOfMs < Date.parse(granted)) return 'not-yet-granted';
  return asOfMs < Date.parse(expires) + DAY_MS ? 'in-force' : 'expired';
}

type Row = { waiver: string; failures: number; findings: string[] };

const FINDINGS = `SELECT waiver, count(*) AS failures,
    list_slice(list(id ORDER BY "subjectId", id), 1, ${LISTED}) AS findings
  FROM observations WHERE waiver IS NOT NULL GROUP BY waiver`;

/** Returns the register of exceptions: every one of the plan, with the failures and controls it is about. */
export async function registerOfExceptions(
  plan: AuditPlan,
  judged: readonly Judged[],
  store: Store,
): Promise<RegisteredWaiver[]> {
  const { waivers = [], asOfMs } = plan;
  if (waivers.length === 0) return [];
  const found = new Map((await store.query<Row>(FINDINGS)).map((row) => [row.waiver, row]));
  return waivers.map(({ subjects = [], allSubjects = false, worksheet = null, ...waiver }) => {
    const { failures = 0, findings = [] } = found.get(waiver.id) ?? {};
    const state = stateOf(waiver, asOfMs);
    const controls = failures > 0 && state === 'in-force' ? controlsOf(waiver.rule, judged) : [];
    return { ...waiver, subjects, allSubjects, worksheet, state, failures, findings, controls };
  });
}

/** Returns the controls that a rule decides and for which some of its failures are waived. */
function controlsOf(rule: string, judged: readonly Judged[]): NamedControl[] {
  return judged
    .filter(({ mappings }) =>
      mappings.some(
        ({ ruleId, grade, outcomes }) => ruleId === rule && grade !== 'supporting' && outcomes.waived > 0,
      ),
    )
    .map(({ framework, control }) => ({ framework: framework.id, control: control.id }));
}
