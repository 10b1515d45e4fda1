import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeWorkFolder } from './assets/work-folder.js';
import type { DatabaseOptions } from './duckdb/database.js';
import { exhaustedError } from './duckdb/exhausted.js';
import { fetchGithub } from './github/index.js';
import { type IngestResult, ingest } from './ingest/index.js';
import type { AbsentInput, AuditPlan, FetchedFile, InputFile, OnProgress } from './model/index.js';
import { type PolicySet, rulesOnDocuments } from './policies/index.js';
import { type ScannedSource, scanSources } from './scan/index.js';
import { keyStatedIn, withFingerprintKey } from './secrets/fingerprint-key.js';
import { type DossierContext, type EvidenceStore, openStore, optionsFor } from './store/index.js';

/** The evidence of a plan, read and joined. */
export type Evidence = {
  /** The resolved records. A caller that no longer needs the store may close it early. */
  store: EvidenceStore;
  /** Every input file. */
  files: InputFile[];
  /** Sources of the plan that match no file, and folders without one. */
  notFound: string[];
  /** Files and sources that are named and not there. */
  absent: AbsentInput[];
  /** Secrets that the files hold and that are not kept: no output may hold them. */
  dropped: IngestResult['dropped'];
  /** What was to be fetched, had or not. */
  fetched: FetchedFile[];
  /** What dossiers contain besides the records. */
  context: DossierContext;
  /** Folder for temporary files; removed afterwards. */
  workDir: string;
};

/** What a run sees and tells beside its plan. */
type Surroundings = {
  /** Sees how far it is. */
  onProgress: OnProgress;
  /** Environment in which tokens, and the key of fingerprints, are looked for; default: that of the process. */
  env?: NodeJS.ProcessEnv;
  /** Whether to fetch what the plan names on GitHub; false if left out. */
  fetches?: boolean;
  /** Refuses files that nothing can be made of, before anything is joined; left out, all are taken. */
  requireRead?: (files: readonly InputFile[]) => void;
};

/**
 * Reads the evidence of a plan into a store and passes it to `use`. An audit and a repeated evaluation both start with
 * this. Closes the store and removes the work folder when `use` has ended.
 * @throws KeyproofError if the machine has too little memory or disk for it
 */
export function gather<T>(
  plan: AuditPlan,
  set: Pick<PolicySet, 'policies'>,
  around: Surroundings,
  use: (evidence: Evidence) => Promise<T>,
): Promise<T> {
  const key = keyStatedIn(around.env ?? process.env);
  return withFingerprintKey(key, () => gatherKeyed(plan, set, around, use));
}

async function gatherKeyed<T>(
  plan: AuditPlan,
  { policies }: Pick<PolicySet, 'policies'>,
  { onProgress, env = process.env, fetches = false, requireRead }: Surroundings,
  use: (evidence: Evidence) => Promise<T>,
): Promise<T> {
  const workDir = await makeWorkFolder();
  try {
    const fetched = fetches ? await fetchInto(workDir, plan, env) : [];
    const made = await scanned(plan, workDir, onProgress, env);
    const { files, parts, notFound, absent, dropped } = await ingest(
      { ...plan, fetched },
      workDir,
      onProgress,
      made,
    );
    requireRead?.(files);
    onProgress({ stage: 'join', done: 0, total: null });
    const store = await openStore(workDir, { ...memoryOf(plan), ...(await optionsFor(parts)) });
    try {
      await store.load(parts);
      await store.resolve(plan, files);
      const context = { files, absent, rulesOnDocuments: rulesOnDocuments(policies) };
      return await use({ store, files, notFound, absent, dropped, fetched, context, workDir });
    } finally {
      await store.close();
    }
  } catch (error) {
    throw exhaustedError(error) ?? error;
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
}

/** Fetches what the plan asks for, into the folder that keeps it or the work folder. */
async function fetchInto(workDir: string, plan: AuditPlan, env: NodeJS.ProcessEnv): Promise<FetchedFile[]> {
  const { github: sources = [], saveSources: folder = join(workDir, 'fetched'), asOfMs, period } = plan;
  if (sources.length === 0) return [];
  return fetchGithub({
    sources,
    folder,
    env,
    fromMs: period?.startMs ?? null,
    toMs: asOfMs,
    nowMs: Date.now(),
  });
}

async function scanned(
  { scans = [], workers, asOfMs }: AuditPlan,
  workDir: string,
  onProgress: OnProgress,
  env: NodeJS.ProcessEnv,
): Promise<ScannedSource[]> {
  return scans.length === 0 ? [] : scanSources(scans, { workDir, workers, nowMs: asOfMs, env, onProgress });
}

function memoryOf({ memoryMb }: AuditPlan): DatabaseOptions {
  return memoryMb === undefined ? {} : { memoryLimitMb: memoryMb };
}
