import { type JsonMember, jsonObject } from '../json-text.js';

/** The parts of a dossier's SELECT. */
type DossierQuery = {
  /** Named sub-queries, in the order in which they build on each other. */
  lists: { [name: string]: string };
  /** Members of the dossier. */
  members: readonly JsonMember[];
  /** FROM clause over the sub-queries. */
  from: string;
  /** Subject id. */
  id: string;
};

/** SELECT of one text column, a dossier a row, sorted by subject id. */
export function dossierSelect({ lists, members, from, id }: DossierQuery): string {
  const queries = Object.entries(lists).map(([name, query]) => `${name} AS (${query})`);
  return `WITH ${queries.join(',\n')} SELECT ${jsonObject(members)} AS dossier FROM ${from} ORDER BY ${id}`;
}
