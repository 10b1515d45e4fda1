import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ingest } from './ingest/index.js';
import type { AbsentInput, AuditPlan, InputFile, OnProgress } from './model/index.js';
import { type PolicySet, rulesOnDocuments } from './policies/index.js';
import { type DossierContext, openStore, type Store } from './store/index.js';

/** The evidence of a plan, read and joined. */
export type Evidence = {
  /** The resolved records. A caller that no longer needs the store may close it early. */
  store: Store;
  /** Every input file. */
  files: InputFile[];
  /** Sources of the plan that match no file. */
  notFound: string[];
  /** Files and sources that are named and not there. */
  absent: AbsentInput[];
  /** What dossiers contain besides the records. */
  context: DossierContext;
  /** Folder for temporary files; removed afterwards. */
  workDir: string;
};

/**
 * Reads the evidence of a plan into a store and passes it to `use`. An audit and a repeated evaluation both start with
 * this. Closes the store and removes the work folder when `use` has ended.
 */
export async function gather<T>(
  plan: AuditPlan,
  { policies }: Pick<PolicySet, 'policies'>,
  onProgress: OnProgress,
  use: (evidence: Evidence) => Promise<T>,
): Promise<T> {
  const workDir = await mkdtemp(join(tmpdir(), 'keyproof-'));
  try {
    const store = await openStore(workDir);
    try {
      const { files, parts, notFound, absent } = await ingest(plan, workDir, onProgress);
      await store.load(parts);
      await store.resolve(plan);
      const context = { files, absent, rulesOnDocuments: rulesOnDocuments(policies) };
      return await use({ store, files, notFound, absent, context, workDir });
    } finally {
      await store.close();
    }
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
}
