import {
  SCOPE_FACT_NAMES,
  SUBJECT_FACTS,
  SUBJECT_KINDS,
  type SubjectCounts,
  type SubjectKind,
} from '../model/index.js';
import type { Store } from '../store/index.js';
import { ASSUMED, type Fact, type Facts } from './facts.js';

/** Subjects of one kind with the same known facts. */
export type FactSet = {
  /** Kind of subject. */
  kind: SubjectKind;
  /** Number of the set in the store. */
  factSet: number;
  /** Known facts of each of them, including those of the entity. */
  facts: Facts;
  /** Number of subjects. */
  subjects: number;
};

/** Every fact set of the subjects; the result of a predicate on a set holds for all its subjects. */
export type FactSets = {
  /** By kind, then number. */
  all: readonly FactSet[];
  /** Known facts of the organisation: those of all its subjects, and of the entity itself. */
  organisation: Facts;
  /** Returns the facts of the subjects of a kind and set; no facts if there is no such set. */
  factsOf(kind: SubjectKind, factSet: number | null): Facts;
  /** Returns the facts about scope of what a violation is about. */
  itemFacts(factSet: number): Facts;
  /** Returns the first subjects of some sets of one kind, by id; the store is asked once for the same sets. */
  firstIds(kind: SubjectKind, factSets: readonly number[]): Promise<string[]>;
};

const FIRST_IDS = 1000;

type FactRow = { [fact: string]: Fact };
type Row = { kind: SubjectKind; factSet: number; subjects: number; assumed: string[] } & FactRow;
type SetRow = { factSet: number; assumed: string[] } & FactRow;

const FIELDS = Object.keys(SUBJECT_FACTS);

/**
 * Reads the fact sets, which are few whatever the number of subjects.
 * @param entity known facts of the entity.
 */
export async function readFactSets(store: Store, entity: Facts): Promise<FactSets> {
  const fields = FIELDS.map((field) => `"${field}"`).join(', ');
  const rows = await store.query<Row>(
    `SELECT kind, fact_set AS "factSet", count(*) AS subjects, assumed, ${fields}
      FROM subjects GROUP BY ALL ORDER BY kind, fact_set`,
  );
  const sets = await store.query<SetRow>(`SELECT fact_set AS "factSet", assumed, ${fields} FROM fact_sets`);
  const items = new Map(sets.map((row) => [row.factSet, itemFactsOf(row)]));
  const organisation = { ...organisationFacts(rows), ...entity };
  const all = rows.map(({ kind, factSet, subjects, ...row }) => ({
    kind,
    factSet,
    subjects,
    facts: kind === 'organisation' ? organisation : { ...factsOfRow(row), ...entity },
  }));
  const byPlace = new Map(all.map((set) => [`${set.kind} ${set.factSet}`, set.facts]));
  return {
    all,
    organisation,
    factsOf: (kind, factSet) => byPlace.get(`${kind} ${factSet}`) ?? entity,
    itemFacts: (factSet) => items.get(factSet) ?? {},
    firstIds: firstIdsIn(store),
  };
}

function firstIdsIn(store: Store): FactSets['firstIds'] {
  const known = new Map<string, Promise<string[]>>();
  return (kind, factSets) => {
    const place = `${kind} ${factSets.join(' ')}`;
    const ids = known.get(place) ?? readFirstIds(kind, factSets, store);
    known.set(place, ids);
    return ids;
  };
}

async function readFirstIds(kind: SubjectKind, factSets: readonly number[], store: Store): Promise<string[]> {
  const rows = await store.query<{ id: string }>(
    `SELECT id FROM subjects WHERE kind = ? AND fact_set IN (${factSets.join(', ')}) ORDER BY id LIMIT ${FIRST_IDS}`,
    [kind],
  );
  return rows.map(({ id }) => id);
}

/** Returns the number of subjects of each kind. */
export function countSubjects({ all }: FactSets): SubjectCounts {
  const counts = Object.fromEntries(SUBJECT_KINDS.map((kind) => [kind, 0])) as SubjectCounts;
  for (const { kind, subjects } of all) counts[kind] += subjects;
  return counts;
}

/**
 * Returns the distinct values of every fact among all subjects; a fact that the organisation itself lacks is no
 * value. A fact is assumed if it is for a subject other than the organisation, which has no record.
 */
function organisationFacts(rows: readonly Row[]): Facts {
  const values = (field: string) =>
    rows.flatMap((row) => {
      const value = row[field] ?? null;
      return row.kind === 'organisation' && value === null ? [] : [value];
    });
  const others = rows.filter(({ kind }) => kind !== 'organisation');
  const assumed = (others.length > 0 ? others : rows).flatMap((row) => row.assumed);
  return {
    ...Object.fromEntries(FIELDS.map((field) => [field, [...new Set(values(field))]])),
    [ASSUMED]: [...new Set(assumed)],
  };
}

function factsOfRow({ assumed, ...row }: { assumed: string[] } & FactRow): Facts {
  return {
    ...Object.fromEntries(FIELDS.map((field) => [field, [row[field] ?? null]])),
    [ASSUMED]: assumed,
  };
}

/** What is no subject itself has nothing but a scope. */
function itemFactsOf(row: SetRow): Facts {
  const facts = factsOfRow(row);
  const scope = [...SCOPE_FACT_NAMES, ASSUMED];
  return Object.fromEntries(scope.map((field) => [field, facts[field] ?? []]));
}
