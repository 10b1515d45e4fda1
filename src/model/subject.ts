import type { SubjectKind } from './dossier.js';
import type { SourceRef } from './provenance.js';

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
};
