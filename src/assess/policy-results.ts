import {
  type AuditPlan,
  elementsOf,
  type Policy,
  type PolicyResult,
  resultOfElements,
  type SeverityCounts,
} from '../model/index.js';
import type { Store } from '../store/index.js';
import { byText, distinctTexts } from '../text/compare-text.js';
import { noOutcomes, total } from './mapping-state.js';
import { mostFirst } from './mapping-states.js';
import type { Tallies } from './tallies.js';

const LISTED = 20;

type Listed = { ruleId: string; text: string; subjects: number };

/** Returns the results of every policy on its whole population, whatever framework uses it; sorted by id. */
export async function policyResults(
  policies: readonly Policy[],
  plan: AuditPlan,
  tallies: Tallies,
  store: Store,
): Promise<PolicyResult[]> {
  const reasons = await listed(store, `unnest(reasons)`, 'len(reasons) > 0');
  const errors = await listed(store, 'error', 'error IS NOT NULL');
  return [...policies].sort(byText(({ id }) => id)).map(({ defaults, reads, elements, ...policy }) => ({
    ...policy,
    reads: reads === undefined ? null : membersOf(reads),
    elements: elementResults({ ...policy, ...(elements === undefined ? {} : { elements }) }, tallies),
    ...countsOf(policy.id, tallies),
    missing: missingOf(policy.id, tallies),
    reasons: of(reasons, policy.id).map(({ text, subjects }) => ({ reason: text, subjects })),
    errors: of(errors, policy.id).map(({ text, subjects }) => ({ message: text, subjects })),
    set: settingsOf(policy.id, plan, defaults ?? policy.params),
  }));
}

/** Returns the members of a dossier that paths lead into, sorted. */
function membersOf(reads: readonly string[]): string[] {
  return distinctTexts(reads.map((path) => path.split('.')[0] ?? path));
}

/** Returns severity counts that are all 0. */
export function noSeverities(): SeverityCounts {
  return { critical: 0, high: 0, medium: 0, low: 0 };
}

function countsOf(
  ruleId: string,
  tallies: Tallies,
): Pick<PolicyResult, 'population' | 'outcomes' | 'severities'> {
  const outcomes = noOutcomes();
  const severities = noSeverities();
  for (const tally of tallies.observations.filter((one) => one.ruleId === ruleId)) {
    outcomes[tally.outcome] += tally.count;
    if (tally.outcome === 'fail' && tally.severity) severities[tally.severity] += tally.count;
  }
  return { population: total(outcomes), outcomes, severities };
}

function elementResults(policy: Policy, tallies: Tallies): PolicyResult['elements'] {
  const own = tallies.observations.filter((tally) => tally.ruleId === policy.id);
  return elementsOf(policy).map(({ id, title }) => {
    const outcomes = noOutcomes();
    for (const tally of own) outcomes[resultOfElements(tally, [id]).outcome] += tally.count;
    const declared = policy.elements?.find((element) => element.id === id);
    return { id, title, shows: declared?.shows ?? null, criterion: declared?.criterion ?? null, outcomes };
  });
}

function missingOf(ruleId: string, tallies: Tallies): PolicyResult['missing'] {
  const counts = new Map<string, number>();
  for (const { ruleId: rule, field, count } of tallies.missing) {
    if (rule === ruleId) counts.set(field, (counts.get(field) ?? 0) + count);
  }
  return mostFirst(counts);
}

/** Returns the most frequent texts of each policy. */
async function listed(store: Store, text: string, where: string): Promise<Listed[]> {
  return store.query<Listed>(
    `SELECT "ruleId", text, count(*) AS subjects
      FROM (SELECT "ruleId", ${text} AS text FROM observations WHERE ${where})
      GROUP BY "ruleId", text
      QUALIFY row_number() OVER (PARTITION BY "ruleId" ORDER BY count(*) DESC, text) <= ${LISTED}
      ORDER BY "ruleId", subjects DESC, text`,
  );
}

function of(rows: readonly Listed[], ruleId: string): Listed[] {
  return rows.filter((row) => row.ruleId === ruleId);
}

function settingsOf(ruleId: string, plan: AuditPlan, defaults: Policy['params']): PolicyResult['set'] {
  if (!Object.hasOwn(plan.thresholds, ruleId)) return {};
  const { origins = {} } = plan.thresholds[ruleId] ?? {};
  const known = Object.entries(defaults).flatMap(([name, from]) => {
    const origin = Object.hasOwn(origins, name) ? origins[name] : undefined;
    return origin ? [[name, { from, origin }] as const] : [];
  });
  return Object.fromEntries(known);
}
