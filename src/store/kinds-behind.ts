import type { Database } from '../duckdb/database.js';
import { type RecordKind, SUBJECT_TABLES, type SubjectKind } from '../model/index.js';
import { mayConcern, type Scope } from './coverage/scope.js';
import type { Member } from './dossiers/dossier.js';
import { DOSSIERS } from './dossiers/dossiers.js';
import { SYSTEMS_OF_UNSETTLED_KEYS } from './resolve/key-names.js';

/**
 * Kinds of record that dossier paths lean on: what is missing of these may be missing at the paths. The subject's own
 * kind is always among them.
 *
 * @param paths such as `rotations` or `key.last_rotated`; null for the whole dossier.
 * @param systems systems of the records that are asked about, lower case; any system if left out.
 */
export type KindsBehind = (
  subject: SubjectKind,
  paths: readonly string[] | null,
  systems?: readonly string[],
) => ReadonlySet<RecordKind>;

/**
 * Returns the kinds behind paths in this evidence, in which logs of some systems may be needed to tell which key a record means.
 */
export async function kindsBehind(database: Database): Promise<KindsBehind> {
  const rows = await database.rows(SYSTEMS_OF_UNSETTLED_KEYS);
  const named = rows.map(({ system }) => namedSystem(system));
  return (subject, paths, systems = []) => {
    const kinds = kindsOf(subject, paths);
    const mayName = named.some((own) => mayConcern({ systems: [...systems], accounts: [] }, own));
    return mayName ? withLogs(kinds) : kinds;
  };
}

function namedSystem(system: unknown): Scope {
  return { systems: typeof system === 'string' && system !== '' ? [system] : [], accounts: [] };
}

/** Returns the kinds behind paths if an inventory names its keys as the records do. */
export function kindsOf(subject: SubjectKind, paths: readonly string[] | null): ReadonlySet<RecordKind> {
  const { members, alsoNamedIn = [] } = DOSSIERS[subject];
  const own = SUBJECT_TABLES[subject];
  const read = (paths ?? Object.keys(members)).flatMap((path) => {
    const [name = '', field] = path.split('.');
    const member = members[name];
    return member === undefined ? [] : kindsOfMember(member, field);
  });
  return new Set([...(own === null ? [] : [own.table]), ...alsoNamedIn, ...read]);
}

/** Returns the kinds of record that a member of a dossier is made of and those it leans on besides; none if there is no such member. */
export function kindsOfDossierMember(
  subject: SubjectKind,
  name: string,
): Required<Pick<Member, 'from' | 'beside'>> {
  const { members } = DOSSIERS[subject];
  const { from = [], beside = [] } = Object.hasOwn(members, name) ? (members[name] ?? {}) : {};
  return { from, beside };
}

function kindsOfMember({ from = [], beside = [], fields = {} }: Member, field?: string): RecordKind[] {
  const further = field === undefined ? Object.values(fields).flat() : (fields[field] ?? []);
  return [...from, ...beside, ...further];
}

/** Adds the logs to kinds if keys are among them: the logs may tell which key a record means. */
export function withLogs(kinds: ReadonlySet<RecordKind>): ReadonlySet<RecordKind> {
  return kinds.has('keys') ? new Set<RecordKind>([...kinds, 'rotations', 'events']) : kinds;
}
