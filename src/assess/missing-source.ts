import type { MissingEvidence, RecordKind, SubjectKind } from '../model/index.js';
import { kindsOfDossierMember } from '../store/index.js';

/** What a person would supply so that a missing path is known. */
export type MissingSource =
  | {
      kind: 'export';
      /** Kind of record to supply. */
      path: RecordKind;
      /** Field of these records; null if whole records are missing. */
      field: string | null;
    }
  | { kind: Exclude<MissingEvidence['kind'], 'export'>; path: string };

/** Members whose records are found by way of other records, which are then what is missing. */
const LINKED: ReadonlyMap<string, RecordKind> = new Map([
  ['principal', 'principals'],
  ['reviewer_kind', 'principals'],
  ['change', 'changes'],
  ['grant', 'grants'],
  ['key', 'keys'],
  ['incident', 'incidents'],
  ['extract', 'extracts'],
]);

/** Kind of record that decides a member if an export of each kind it is made of was supplied, and it is not the first of them. */
const DECIDING: ReadonlyMap<string, RecordKind> = new Map([
  ['leavers', 'principals'],
  ['unknown_keys', 'events'],
  ['revocation', 'grants'],
  ['training', 'principals'],
  ['inputs', 'extracts'],
]);

/** What was examined, and what is on record. */
export type MissingContext = {
  /** Rule that lacks the path. */
  ruleId: string;
  /** Kind of subject it examines. */
  subject: SubjectKind;
  /** Kinds of record of which an export was supplied. */
  supplied: ReadonlySet<string>;
};

/**
 * Returns what a person would supply for a dossier path that is missing. The reason in brackets after the path does not
 * count.
 */
export function missingSource(missing: string, context: MissingContext): MissingSource {
  const path = missing.replace(/ \(.*$/s, '');
  const [member = '', ...rest] = path.split('.');
  if (member === 'attestations') return { kind: 'document', path: `attestations.${context.ruleId}` };
  if (member === 'entity' && rest[0] !== undefined) return { kind: 'fact', path: rest[0] };
  if (member === context.subject) return { kind: 'field', path: [member, ...rest.slice(0, 1)].join('.') };
  const table = tableOf(member, rest, context);
  return table === undefined
    ? { kind: 'field', path }
    : { kind: 'export', path: table, field: fieldOf(rest) };
}

function tableOf(
  member: string,
  rest: readonly string[],
  { subject, supplied }: MissingContext,
): RecordKind | undefined {
  const { from, beside } = kindsOfDossierMember(subject, member);
  const kinds = [...from, ...beside];
  if (member === 'supplied') return kinds.find((kind) => kind === rest[0]);
  const linked = rest.flatMap((name) => LINKED.get(name) ?? []).at(-1);
  if (linked !== undefined && kinds.includes(linked)) return linked;
  return from.find((kind) => !supplied.has(kind)) ?? DECIDING.get(member) ?? kinds[0];
}

/** Returns the field of a record; what a dossier counts or sums up is no field, and neither is a record that another one names. */
function fieldOf(rest: readonly string[]): string | null {
  const field = rest.at(-1);
  if (field === undefined || field === 'records' || LINKED.has(field)) return null;
  return rest.includes('records') ? field : null;
}
