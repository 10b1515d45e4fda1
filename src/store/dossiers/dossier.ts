import type {
  AbsentInput,
  AuditPlan,
  DossierBase,
  Dossiers,
  InputFile,
  RecordKind,
  SubjectKind,
} from '../../model/index.js';
import { type BoundedQuery, boundedList, boundedMember } from '../bounded.js';
import type { CoverageJudge } from '../coverage/coverage-judge.js';
import { type JsonText, jsonRecord } from '../json-text.js';

/** What dossiers hold beside the records. */
export type DossierContext = {
  /** The input files, for what is on record about how they were taken. */
  files: readonly InputFile[];
  /** Rules that rest on a document, by the kind of subject they are about. */
  rulesOnDocuments: { readonly [K in SubjectKind]?: readonly string[] };
  /** Files and sources that are named and were not supplied. */
  absent?: readonly AbsentInput[];
};

/** What the SQL of a dossier depends on beside the evidence. */
export type DossierPlan = {
  /** The audit plan. */
  plan: AuditPlan;
  /** Kinds of which at least one file was supplied; lists of the others are null. */
  supplied: ReadonlySet<RecordKind>;
  /**
   * Whether a directory of principals was supplied: only then does a name it lacks belong to no person, and is a leaver
   * visible.
   */
  directory: boolean;
  /** States what the evidence covers; null if nothing is known of the input files, so that nothing is doubted. */
  coverage: CoverageJudge | null;
} & DossierContext;

/** Where the SQL of a member goes. */
export type Place = DossierPlan & {
  /** Bucket of subjects. */
  bucket: number;
  /** Name of the member. */
  name: string;
};

/** Named sub-queries, in the order in which they build on each other. */
export type Queries = { readonly [name: string]: string };

/** SQL of one member. */
export type MemberSql = {
  /** Sub-queries it needs. */
  queries?: Queries;
  /** Those among them to join to the subject by `id`; they give at most one row a subject. */
  joined?: readonly string[];
  /** Further joins, which do not multiply the subjects. */
  joins?: readonly string[];
  /** Its value over all that. */
  value: JsonText;
  /** Whether it has nothing for the subject, over all that. */
  empty?: string;
};

/**
 * How far evidence must reach before something may be concluded from what it lacks of a kind of record; `logs`: as the kind, and each
 * log of it for itself.
 */
export type Reach = 'subject' | 'kind' | 'logs' | 'gaps';

/** What a member is made of. */
type Sources = {
  /** Kinds it is made of: it is null unless a file of each was supplied. */
  from?: readonly RecordKind[];
  /** Further kinds it leans on: records and names are looked up in them. */
  beside?: readonly RecordKind[];
  /** Further kinds that single fields of it lean on. */
  fields?: { readonly [field: string]: readonly RecordKind[] };
  /** A further condition without which it is null. */
  told?: (plan: DossierPlan) => boolean;
  /**
   * Kinds of which a record that is not there could change what a rule concludes from it, and how far the evidence must
   * reach: `subject` for each subject, `kind` for the kind as a whole, `gaps` if only what is known to be missing counts.
   */
  silence?: { readonly [K in RecordKind]?: Reach };
  /** Further kinds of which a lost record could supply what it lacks: of the subject's own system and account, or of all. */
  losses?: { readonly [K in RecordKind]?: 'subject' | 'kind' };
  /** Kinds among them whose missing records are what it lists: it is null unless they are covered. */
  provedBy?: readonly RecordKind[];
};

/** A member of a dossier: what it is made of, its sub-queries, joins and value. */
export type Member = Sources & { sql(place: Place): MemberSql };

/** The members of a dossier beside those that every dossier begins with, in their order. */
export type Members<K extends SubjectKind> = {
  readonly [M in Exclude<keyof Dossiers[K], keyof DossierBase<K>>]: Member;
};

/** How the dossiers of a kind of subject are made. */
export type Dossier = {
  /** Kind of subject. */
  kind: SubjectKind;
  /** Alias of the subject's row in values and joins. */
  row: string;
  /** Further kinds whose records make subjects of the kind known. */
  alsoNamedIn?: readonly RecordKind[];
  /** Sub-queries that several members need. */
  queries?: Queries;
  /** Whether a record of a kind names the subject, over the joins of its members. */
  named?: { readonly [K in RecordKind]?: string };
  /** A record of the subject that denies that there is no record of a kind. */
  denied?: { readonly [K in RecordKind]?: { when: (plan: AuditPlan) => string; sentence: string } };
  /** Members. */
  members: { readonly [name: string]: Member };
};

/** Returns the dossiers of a kind of subject; every member of their type must be there. */
export function dossier<K extends SubjectKind>(
  kind: K,
  row: string,
  rest: { members: Members<K> } & Pick<Dossier, 'alsoNamedIn' | 'queries' | 'named' | 'denied'>,
): Dossier {
  return { kind, row, ...rest };
}

/** Returns whether what the evidence lacks of a kind of record does not exist. */
export function isCovered({ coverage }: DossierPlan, kind: RecordKind): boolean {
  return coverage === null || coverage.ofKind(kind).length === 0;
}

/** Returns a member of any shape. */
export function member(sources: Sources, sql: Member['sql']): Member {
  return { ...sources, sql };
}

/** Returns a member that is a bounded list, or what `value` makes of the list joined. */
export function list(
  sources: Sources,
  query: (place: Place) => BoundedQuery & { queries?: Queries; value?: (list: string) => JsonText },
): Member {
  return member(sources, (place) => {
    const { queries, value = boundedMember, ...bounded } = query(place);
    const name = `${place.name}_list`;
    return {
      queries: { ...queries, [name]: boundedList(bounded) },
      joined: [name],
      value: value(name),
      empty: `coalesce(${name}.total, 0) = 0`,
    };
  });
}

/** Returns the member that is the subject's own record, of the row aliased `row`. */
export function ownRecord(kind: RecordKind, row: string, fields: Sources['fields'] = {}): Member {
  return member({ beside: [kind], fields, losses: { [kind]: 'subject' } }, () => ({
    value: jsonRecord(kind, row),
  }));
}
