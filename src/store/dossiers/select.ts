import { quoteId } from '../sql.js';
import type { Member } from './dossier-plan.js';

/** The parts of a dossier's SELECT. */
type DossierQuery = {
  /** Named sub-queries, in the order in which they build on each other. */
  lists: { [name: string]: string };
  /** Members of the dossier. */
  members: readonly Member[];
  /** FROM clause over the sub-queries. */
  from: string;
  /** Subject id. */
  order: string;
};

/** One SELECT whose columns are the members of a dossier, sorted by subject id. */
export function dossierSelect({ lists, members, from, order }: DossierQuery): string {
  const queries = Object.entries(lists).map(([name, query]) => `${name} AS (${query})`);
  const columns = members.map(([name, expression]) => `${expression} AS ${quoteId(name)}`);
  return `WITH ${queries.join(',\n')} SELECT ${columns.join(',\n')} FROM ${from} ORDER BY ${order}`;
}
