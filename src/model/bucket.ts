import type { SubjectKind } from './dossier.js';

/** Dossiers of one kind of subject in one NDJSON file, sorted by subject id; the unit of work and of memory. */
export type Bucket = {
  /** Kind of subject. */
  kind: SubjectKind;
  /** Number of the bucket among those of its kind, from 0. */
  index: number;
  /** NDJSON file, one dossier a line. */
  path: string;
  /** Number of dossiers in it. */
  subjects: number;
};
