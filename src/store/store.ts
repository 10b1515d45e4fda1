import type { QueryParam } from '../duckdb/database.js';
import type {
  AuditPlan,
  Bucket,
  InputFile,
  JoinCount,
  Observation,
  PopulationRow,
  PreviousChanges,
  RecordPart,
} from '../model/index.js';
import type { DossierContext } from './dossiers/dossier.js';
import type { KindsBehind } from './kinds-behind.js';
import type { PreviousPack } from './observations/compare-previous.js';
import type { CountedControls } from './observations/counted-controls.js';
import type { JudgedWaiver } from './observations/waive.js';
import type { LimitDocument } from './terms/document-limits.js';

/** What an audit found, as a database: observations and the subjects they are about. Not safe for concurrent calls. */
export type Store = {
  /** Population and completeness of every kind that was supplied. */
  population(files: InputFile[]): Promise<PopulationRow[]>;
  /** Counts by which rule records were joined to keys. */
  joins(): Promise<JoinCount[]>;
  /** Says which kinds of record dossier paths lean on. */
  kindsBehind(): Promise<KindsBehind>;
  /**
   * Compares with the observations of a previous pack, and keeps for each failure when it was first seen. After the
   * observations are loaded and waived.
   */
  comparePrevious(previous: PreviousPack, plan: Pick<AuditPlan, 'asOfMs' | 'due'>): Promise<PreviousChanges>;
  /** Keeps which controls failures count for, so that observations.parquet has them. */
  keepControls(counted: readonly CountedControls[]): Promise<void>;
  /** Rows of a SELECT as plain values (BIGINT as number if it is safe); parameters fill `?` in order. */
  query<T>(sql: string, params?: readonly QueryParam[]): Promise<T[]>;
  /** Writes observations.parquet: every observation, byte-identical for the same ones. */
  exportObservations(path: string): Promise<void>;
  /** Writes subjects.parquet: every subject with its facts, byte-identical for the same ones. */
  exportSubjects(path: string): Promise<void>;
  /** Releases the database and removes its files. Does nothing the second time. */
  close(): Promise<void>;
};

/** The store of one audit: its records, joined, and what it found. `population` and `kindsBehind` need `resolve`. */
export type EvidenceStore = Store & {
  /** Loads canonical records, in the order of their files. Called once. */
  load(parts: RecordPart[]): Promise<void>;
  /**
   * Joins names to ids, merges duplicates, fills in what the plan states and lists the subjects. Called once, after
   * `load`.
   * @param files the input files: which inventories are complete, so that a newer one tells of keys that it lacks.
   */
  resolve(plan: AuditPlan, files?: readonly InputFile[]): Promise<void>;
  /** States what was too much to work out, a sentence each. After `resolve`. */
  boundsPassed(): Promise<string[]>;
  /** Writes every dossier as NDJSON into `dir`, which must exist. After `resolve`. */
  writeBuckets(dir: string, plan: AuditPlan, context?: DossierContext): Promise<Bucket[]>;
  /** Keeps a hash of each member of the dossiers in buckets, so that subjects.parquet has them. */
  keepEvidenceHashes(buckets: readonly Bucket[]): Promise<void>;
  /**
   * The dossier of one subject as JSON text, the same as in its bucket; null if there is no such subject. After
   * `resolve`.
   */
  dossier(plan: AuditPlan, subject: Observation['subject'], context?: DossierContext): Promise<string | null>;
  /** Documents of a rule that count at a moment, for the limits that they state. After `resolve`. */
  limitDocuments(of: { rule: string; maxAgeDays: number; asOfMs: number }): Promise<LimitDocument[]>;
  /** Loads NDJSON files of `Observation` lines into table `observations`. */
  loadObservations(paths: string[]): Promise<void>;
  /**
   * Names the failures that accepted exceptions are about, the first by id if several are; those in force make them `waived`.
   * After `loadObservations`.
   */
  waive(waivers: readonly JudgedWaiver[]): Promise<void>;
};
