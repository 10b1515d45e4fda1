import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ingest } from './ingest/index.js';
import type { AuditPlan, InputFile, OnProgress } from './model/index.js';
import { type PolicySet, rulesOnDocuments } from './policies/index.js';
import { type DossierContext, openStore, type Store } from './store/index.js';

/** The evidence of a plan, read and joined. */
export type Evidence = {
  /** The records, resolved. Whoever needs it no longer may close it early. */
  store: Store;
  /** Every input file. */
  files: InputFile[];
  /** Sources of the plan that match no file. */
  notFound: string[];
  /** What dossiers hold beside the records. */
  context: DossierContext;
  /** Folder for what is made of it; removed afterwards. */
  workDir: string;
};

/**
 * Reads the evidence of a plan into a store and hands it to `use`: the first half of an audit, and of doing one of its
 * evaluations again. Store and work folder are gone when `use` has ended.
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
      const { files, parts, notFound } = await ingest(plan, workDir, onProgress);
      await store.load(parts);
      await store.resolve(plan);
      const context = { files, rulesOnDocuments: rulesOnDocuments(policies) };
      return await use({ store, files, notFound, context, workDir });
    } finally {
      await store.close();
    }
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
}
