import { quoteId, quoteText } from '../../duckdb/sql.js';
import { SUBJECT_TABLES, type SubjectKind } from '../../model/index.js';
import { type JsonMember, jsonConstant, jsonObject, jsonValue } from '../json-text.js';
import type { Dossier, DossierPlan, Member, MemberSql } from './dossier.js';
import { notCovered } from './not-covered.js';

/** Returns a SELECT of one text column, the dossiers of one bucket, sorted by subject id. */
export function dossierSelect(whole: Dossier, plan: DossierPlan, bucket: number) {
  const { kind, row, queries, members } = whole;
  const told = Object.keys(members).filter((name) => isTold(members[name], plan));
  const covered = notCovered(whole, told, plan);
  const parts: ({ name: string } & MemberSql)[] = Object.entries(members).map(([name, one]) => ({
    name,
    ...(told.includes(name) ? one.sql({ ...plan, bucket, name }) : { value: jsonConstant(null) }),
  }));
  const { select, id, on } = subjects(kind, row, plan, bucket);
  const named = Object.entries(
    Object.assign({ subject: select }, queries, ...parts.map((part) => part.queries)),
  );
  const joins = parts.flatMap(({ joined = [], joins: further = [] }) => [
    ...joined.map((name) => `LEFT JOIN ${name} ON ${on(name)}`),
    ...further,
  ]);
  const all = [
    ...baseMembers(plan, kind, id),
    ['not_covered', covered.value] as const,
    ['lost', covered.lost] as const,
    ...parts.map(({ name, value, empty }): JsonMember => [name, covered.cover(name, value, empty)]),
  ];
  return `WITH ${named.map(([name, query]) => `${name} AS (${query})`).join(',\n')}
    SELECT ${jsonObject(all)} AS dossier FROM subject ${row} ${[...new Set([...joins, ...covered.joins])].join(' ')} ORDER BY ${id}`;
}

/** Returns whether the evidence can tell of a member at all. */
function isTold(member: Member | undefined, plan: DossierPlan): boolean {
  const { from = [], told = () => true } = member ?? {};
  return from.every((kind) => plan.supplied.has(kind)) && told(plan);
}

function subjects(kind: SubjectKind, row: string, { plan }: DossierPlan, bucket: number) {
  const own = SUBJECT_TABLES[kind];
  if (own === null) {
    return {
      select: `SELECT ${quoteText(plan.organisation)} AS name`,
      id: `${row}.name`,
      on: () => 'true',
    };
  }
  const id = `${row}.${quoteId(own.id)}`;
  return {
    select: `SELECT * FROM ${own.table} WHERE bucket = ${bucket}`,
    id,
    on: (name: string) => `${name}.id = ${id}`,
  };
}

/** Members every dossier begins with; `id` is a SQL expression. */
function baseMembers({ plan }: DossierPlan, kind: SubjectKind, id: string): JsonMember[] {
  const { asOfMs, period } = plan;
  return [
    ['as_of', jsonConstant({ ms: asOfMs, iso: new Date(asOfMs).toISOString() })],
    ['period', jsonConstant(period && { start_ms: period.startMs, end_ms: period.endMs })],
    [
      'subject',
      jsonObject([
        ['kind', jsonConstant(kind)],
        ['id', jsonValue(id)],
      ]),
    ],
  ];
}
