import type { SubjectKind } from './dossier.js';
import type { SourceRef } from './provenance.js';

/** Fields of a key's record that the store may fill in from logs, up to the as-of date; they have hashes of their own. */
export const TIMED_FIELDS: readonly string[] = ['last_used', 'last_rotated'];

/** What one member of a dossier held, as a hash. */
export type EvidenceHash = {
  /** Member, such as `rotations`; `key` and its like are the subject's own record. */
  member: string;
  /** First 12 hex characters of the MD5 of its text: enough to tell that two are the same, and no proof against forgery. */
  hash: string;
};

/** What was examined, as subjects.parquet has it. */
export type Subject = {
  /** Kind. */
  kind: SubjectKind;
  /** Id, as observations name it. */
  id: string;
  /** Name for people; null if its record has none. */
  label: string | null;
  /** Accountable person or team: as the records of people name who the record means, else as the record names them; null if it names none. */
  owner: string | null;
  /** State, in the words of its kind of record, such as `active` or `left`; null if not stated. */
  status: string | null;
  /** Every fact that a mapping of a framework may ask for, by name; null if not stated. */
  facts: { [fact: string]: string | boolean | null };
  /** The record it was read from; null for the organisation. */
  source: SourceRef | null;
  /**
   * A hash of each member of its dossier, without the places of records: equal hashes state that an audit read the same
   * there. Absent in packs before 3.1.0.
   */
  evidence?: EvidenceHash[];
};
