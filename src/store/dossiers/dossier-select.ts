import { quoteId, quoteText } from '../../duckdb/sql.js';
import { SUBJECT_TABLES, type SubjectKind } from '../../model/index.js';
import { type JsonMember, jsonConstant, jsonMembers, jsonObject, jsonValue } from '../json-text.js';
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
  const from = { rows: `subject ${row}`, id, joins: [...new Set([...joins, ...covered.joins])] };
  const steps = inSteps(all).map((members, n): Step => [`step_${n}`, stepSelect(members, from)]);
  return `WITH ${named.map(([name, query]) => `${name} AS (${query})`).join(',\n')},
    ${steps.map(([name, query]) => `${name} AS MATERIALIZED (${query})`).join(',\n')}
    ${joinSteps(steps.map(([name]) => name))}`;
}

/** Members whose text is made at once: DuckDB holds room for 2,048 rows of every expression and of every joined column. */
const MEMBERS_AT_ONCE = 4;

type Step = readonly [name: string, query: string];

function inSteps(members: readonly JsonMember[]): JsonMember[][] {
  const count = Math.ceil(members.length / MEMBERS_AT_ONCE);
  return Array.from({ length: count }, (_, n) =>
    members.slice(n * MEMBERS_AT_ONCE, (n + 1) * MEMBERS_AT_ONCE),
  );
}

/** Returns a SELECT of the text of some members of each subject, with the joins that these members mention. */
function stepSelect(
  members: readonly JsonMember[],
  from: { rows: string; id: string; joins: readonly string[] },
): string {
  const text = jsonMembers(members);
  const joins = from.joins.filter((join) => text.includes(`${aliasOf(join)}.`));
  return `SELECT ${from.id} AS id, ${text} AS text FROM ${from.rows} ${joins.join(' ')}`;
}

function aliasOf(join: string): string {
  return /^LEFT JOIN (?:\w+ )?(\w+) (?:ON|USING) /.exec(join)?.[1] ?? '';
}

function joinSteps([first = '', ...others]: readonly string[]): string {
  const texts = [first, ...others].map((name) => `${name}.text`).join(`, ',', `);
  const joins = others.map((name) => `JOIN ${name} ON ${name}.id = ${first}.id`);
  return `SELECT concat('{', ${texts}, '}') AS dossier FROM ${first} ${joins.join(' ')} ORDER BY ${first}.id`;
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
