import { SUBJECT_KINDS, type SubjectKind } from './dossier.js';
import type { RecordKind } from './records.js';

/** Where the subjects of a kind are recorded. */
export type SubjectTable = {
  /** Kind of record, which is the name of its table. */
  table: RecordKind;
  /** Column of the subject's id. */
  id: string;
};

/** Kinds of subject that have records of their own. */
export type TabledKind = Exclude<SubjectKind, 'organisation'>;

/** The table of each kind of subject; the organisation is always there and has none. */
export const SUBJECT_TABLES: { readonly [K in TabledKind]: SubjectTable } & { readonly organisation: null } =
  {
    key: { table: 'keys', id: 'key_id' },
    principal: { table: 'principals', id: 'principal_id' },
    repository: { table: 'repositories', id: 'repository_id' },
    route: { table: 'routes', id: 'route_id' },
    vendor: { table: 'vendors', id: 'vendor_id' },
    incident: { table: 'incidents', id: 'incident_id' },
    organisation: null,
  };

/** The same as a list, in the order of reports. */
export const TABLED_SUBJECTS: readonly (SubjectTable & {
  /** Kind of subject. */
  kind: TabledKind;
})[] = SUBJECT_KINDS.flatMap((kind) => (kind === 'organisation' ? [] : [{ kind, ...SUBJECT_TABLES[kind] }]));
