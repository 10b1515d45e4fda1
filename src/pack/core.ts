import { join } from 'node:path';
import type { Assessment, Manifest } from '../model/index.js';
import { assessmentJson } from './assessment-json.js';
import { writePieces } from './folder-sink.js';

/** Files of the core pack: they are always written, and every other output is made from them. */
export const CORE = {
  assessment: 'assessment.json',
  observations: 'observations.parquet',
  subjects: 'subjects.parquet',
} as const;

/** Returns the SHA-256 of assessment.json, by which others name the pack; empty if the manifest lists none. */
export function assessmentSha256({ outputs }: Pick<Manifest, 'outputs'>): string {
  return outputs.find(({ path }) => path === CORE.assessment)?.sha256 ?? '';
}

/** Returns the absolute paths of the tables of a pack, for a reader that asks questions across packs. */
export function tablesOf(dir: string): { observations: string; subjects: string } {
  return { observations: join(dir, CORE.observations), subjects: join(dir, CORE.subjects) };
}

/** Writes the tables of the core pack; the store of an audit implements it. */
export type CoreTables = {
  /** Writes every observation. */
  exportObservations(path: string): Promise<void>;
  /** Writes every subject. */
  exportSubjects(path: string): Promise<void>;
};

/** Writes the core pack into a folder: the same bytes for the same assessment and tables. */
export async function writeCore(dir: string, assessment: Assessment, tables: CoreTables): Promise<void> {
  await writePieces(join(dir, CORE.assessment), assessmentJson(assessment));
  await tables.exportObservations(join(dir, CORE.observations));
  await tables.exportSubjects(join(dir, CORE.subjects));
}
