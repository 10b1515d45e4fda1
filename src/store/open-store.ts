import { type Database, type DatabaseOptions, openDatabase } from '../duckdb/database.js';
import type { AuditPlan, RecordKind } from '../model/index.js';
import { TABLES } from './columns.js';
import { type CoverageJudge, coverageJudge } from './coverage/coverage-judge.js';
import { createCoverageTable } from './coverage/coverage-table.js';
import type { DossierContext, DossierPlan } from './dossiers/dossier.js';
import { DOSSIERS } from './dossiers/dossiers.js';
import { CREATE_EVIDENCE_HASHES, keepEvidenceHashes } from './dossiers/evidence-hashes.js';
import { silentKinds } from './dossiers/not-covered.js';
import { oneDossier } from './dossiers/one-dossier.js';
import { writeBuckets } from './dossiers/write-buckets.js';
import { CREATE_FOUND, foundIn } from './found-in.js';
import { joinCountsOf } from './join-counts.js';
import { kindsBehind } from './kinds-behind.js';
import { loadParts } from './load/load-parts.js';
import { exportSubjects } from './observations/core-tables.js';
import { loadObservations } from './observations/load-observations.js';
import { nameItems } from './observations/name-items.js';
import { waive } from './observations/waive.js';
import { populationOf } from './population.js';
import { boundsPassed } from './resolve/bounds-passed.js';
import { resolveRecords } from './resolve/resolve-records.js';
import type { EvidenceStore } from './store.js';
import { limitDocuments } from './terms/document-limits.js';

const NOTHING_BESIDE: DossierContext = { files: [], rulesOnDocuments: {} };

/** Opens an empty evidence store whose files lie in a folder of their own inside `workDir` until it is closed. */
export async function openStore(workDir: string, options: DatabaseOptions = {}): Promise<EvidenceStore> {
  const database = await openDatabase(workDir, options);
  await database.run(...CREATE_FOUND, CREATE_EVIDENCE_HASHES);
  return {
    ...foundIn(database),
    load: (parts) => loadParts(database, parts),
    resolve: (plan, files) => resolveRecords(database, plan, files),
    boundsPassed: () => boundsPassed(database),
    joins: () => joinCountsOf(database),
    population: (files) => populationOf(database, files),
    writeBuckets: async (dir, plan, context = NOTHING_BESIDE) =>
      writeBuckets(database, await dossierPlan(database, plan, context), dir),
    keepEvidenceHashes: (buckets) => keepEvidenceHashes(database, buckets),
    dossier: async (plan, subject, context = NOTHING_BESIDE) =>
      oneDossier(database, await dossierPlan(database, plan, context), subject),
    limitDocuments: (of) => limitDocuments(database, of),
    kindsBehind: () => kindsBehind(database),
    loadObservations: async (paths) => {
      await loadObservations(database, paths);
      await nameItems(database);
    },
    waive: (waivers) => waive(database, waivers),
    exportSubjects: (path) => exportSubjects(database, path),
  };
}

async function dossierPlan(
  database: Database,
  plan: AuditPlan,
  context: DossierContext,
): Promise<DossierPlan> {
  const rows = await database.rows('SELECT DISTINCT kind FROM supplied');
  const given = new Set(rows.map((row) => row['kind']));
  const supplied = new Set<RecordKind>([...TABLES.keys()].filter((kind) => given.has(kind)));
  const [staff] = await database.rows(
    'SELECT coalesce(bool_or(directory), false) AS directory FROM principals',
  );
  const coverage = await coverageOf(database, plan, context);
  return { plan, supplied, directory: staff?.['directory'] === true, coverage, ...context };
}

async function coverageOf(
  database: Database,
  plan: AuditPlan,
  { files, absent = [] }: DossierContext,
): Promise<CoverageJudge | null> {
  if (files.length === 0) return null;
  const judge = coverageJudge({ files, absent }, plan);
  await createCoverageTable(database, judge, (subject) => silentKinds(DOSSIERS[subject]));
  return judge;
}
