import type { Framework, FrameworkResult, Predicate, SubjectKind } from '../model/index.js';
import { SUBJECT_KINDS } from '../model/index.js';
import type { Store } from '../store/index.js';
import { UNKNOWN } from './facts.js';
import type { Evidence } from './mapping-states.js';
import { both } from './predicate.js';
import { organisationSql, undecidedSql } from './predicate-sql.js';

type Undecided = FrameworkResult['undecided'][number];

const EXAMPLES = 20;

/**
 * Lists the facts that kept subjects out of a framework: a subject counts for a field where some mapping of its kind is
 * ruled out by nothing known and needs that field. By kind in report order, then field.
 */
export async function undecidedFacts(
  framework: Framework,
  evidence: Evidence,
  store: Store,
): Promise<Undecided[]> {
  const results: Undecided[] = [];
  for (const kind of SUBJECT_KINDS) {
    const predicates = predicatesFor(framework, kind, evidence);
    for (const field of strictFields(predicates)) {
      const found = await findUndecided(kind, field, predicates, evidence, store);
      if (found.subjects > 0) results.push(found);
    }
  }
  return results;
}

function predicatesFor(framework: Framework, kind: SubjectKind, evidence: Evidence): Predicate[] {
  const mappings = framework.controls.flatMap((control) => control.policies);
  const ofKind = mappings.filter((mapping) => evidence.policies.get(mapping.id)?.subject === kind);
  const distinct = new Map(
    ofKind.map((mapping) => both(framework.when, mapping.when)).map((one) => [JSON.stringify(one), one]),
  );
  return [...distinct.values()];
}

function strictFields(predicates: readonly Predicate[]): string[] {
  const strict = predicates.flatMap((predicate) =>
    Object.keys(predicate).filter((field) => !predicate[field]?.includes(UNKNOWN)),
  );
  return [...new Set(strict)].sort();
}

async function findUndecided(
  kind: SubjectKind,
  field: string,
  predicates: readonly Predicate[],
  evidence: Evidence,
  store: Store,
): Promise<Undecided> {
  const needing = predicates.filter((predicate) => predicate[field] && !predicate[field].includes(UNKNOWN));
  const facts = kind === 'organisation' ? evidence.organisation : null;
  const open = (predicate: Predicate) =>
    facts ? organisationSql.undecided(predicate, field, facts) : undecidedSql(predicate, field);
  const where = `kind = '${kind}' AND (${needing.map(open).join(' OR ')})`;
  const counted = await store.query<{ subjects: number }>(
    `SELECT count(*) AS subjects FROM subjects WHERE ${where}`,
  );
  const examples = await store.query<{ id: string }>(
    `SELECT id FROM subjects WHERE ${where} ORDER BY id LIMIT ${EXAMPLES}`,
  );
  return { field, kind, subjects: counted[0]?.subjects ?? 0, examples: examples.map((row) => row.id) };
}
