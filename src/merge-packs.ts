import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { assess, loadFrameworks, planAsCarriedOut } from './assess/index.js';
import { toolVersion } from './assets/tool-version.js';
import { makeWorkFolder } from './assets/work-folder.js';
import { type AuditResult, resultOf } from './audit-result.js';
import {
  mergeJoins,
  mergePartialInputs,
  mergePopulations,
  mergeStreams,
  packNames,
  placedInput,
  refuseUnlike,
} from './merge/index.js';
import {
  type AuditPlan,
  type Incomplete,
  type MergedPacks,
  type OnProgress,
  type Pack,
  type Policy,
  type RunEntry,
  SUBJECT_KINDS,
} from './model/index.js';
import { defaultCacheDir } from './opa/index.js';
import { assessmentSha256, checkReplaceable, openPack, tablesOf } from './pack/index.js';
import { loadPolicies, policyFolders } from './policies/index.js';
import { writeAssessed } from './render-pack.js';
import { openMergedStore, type Store } from './store/index.js';

/** A pack that is merged. */
type NamedPack = Pack & {
  /** Name of its folder. */
  name: string;
  /** Absolute folder. */
  dir: string;
};

/** How packs are merged. */
export type MergeOptions = {
  /** Is called with what is done. */
  onProgress?: OnProgress | undefined;
  /** The environment; that of the process if absent. */
  env?: NodeJS.ProcessEnv;
  /** Returns the record of this run; none is written if absent or null. */
  run?: (() => RunEntry) | null;
};

/**
 * Merges packs that were judged alike into one: each subject once, each check once, and the controls judged again on all of them.
 *
 * @param dirs absolute folders of the packs.
 * @param plan makes the plan of the merged pack, given those of the packs; its evidence is not read.
 * @throws KeyproofError if fewer than two are named, a folder is no pack or its core was changed, or the packs were not judged alike.
 */
export async function mergePacks(
  dirs: readonly string[],
  plan: (packs: readonly Pack[]) => AuditPlan,
  { onProgress = () => undefined, env = process.env, run = null }: MergeOptions = {},
): Promise<AuditResult> {
  const packs = await openAll(dirs);
  const workDir = await makeWorkFolder();
  try {
    return await merged(packs, plan(packs), { onProgress, env, run, workDir });
  } finally {
    await Promise.all(packs.map(({ close }) => close()));
    await rm(workDir, { recursive: true, force: true });
  }
}

async function openAll(dirs: readonly string[]): Promise<NamedPack[]> {
  const names = packNames(dirs);
  const packs: NamedPack[] = [];
  for (const [index, dir] of dirs.entries())
    packs.push({ ...(await openPack(dir)), name: names[index] ?? dir, dir });
  return packs;
}

type Run = {
  onProgress: OnProgress;
  env: NodeJS.ProcessEnv;
  run: (() => RunEntry) | null;
  workDir: string;
};

async function merged(
  packs: readonly NamedPack[],
  plan: AuditPlan,
  { onProgress, env, run, workDir }: Run,
): Promise<AuditResult> {
  checkReplaceable(plan.output);
  const options = { overrides: plan.thresholds, cacheDir: defaultCacheDir(env) };
  const { policies, sha256, notes } = await loadPolicies(policyFolders(plan), options);
  const ids = plan.frameworks.length > 0 ? plan.frameworks : null;
  const { frameworks, sha256: frameworksSha256 } = loadFrameworks(ids, { policies });
  const tool = {
    name: 'keyproof' as const,
    version: toolVersion(),
    policyBundleSha256: sha256,
    frameworksSha256,
  };
  refuseUnlike(packs, { tool, plan: planAsCarriedOut(plan, frameworks), policies });
  onProgress({ stage: 'join', done: 0, total: null });
  const store = await storeOf(packs, policies, workDir);
  try {
    onProgress({ stage: 'judge', done: 0, total: null });
    const assessment = await assess({
      plan,
      store,
      policies,
      policyBundleSha256: sha256,
      frameworks,
      frameworksSha256,
      files: packs.flatMap(({ name, assessment: { inputs } }) =>
        inputs.map((file) => placedInput(name, file)),
      ),
      partialInputs: mergePartialInputs(packs),
      incomplete: packs.flatMap(incompleteOf),
      merged: await mergedFrom(packs, store),
      toolVersion: tool.version,
    });
    const manifest = await writeAssessed(assessment, store, { plan, surroundings: { onProgress, env }, run });
    return { ...resultOf(plan, assessment, manifest), notes };
  } finally {
    await store.close();
  }
}

async function storeOf(
  packs: readonly NamedPack[],
  policies: readonly Policy[],
  workDir: string,
): Promise<Store> {
  const file = join(workDir, 'merged.ndjson');
  await pipeline(Readable.from(linesOf(packs, policies)), createWriteStream(file));
  return openMergedStore(workDir, {
    packs: packs.map(({ name, dir }) => ({ name, subjects: tablesOf(dir).subjects })),
    observations: file,
    population: mergePopulations(packs.map(({ assessment }) => assessment.population)),
    joins: mergeJoins(packs.map(({ assessment }) => assessment.joins ?? [])),
  });
}

async function* linesOf(packs: readonly NamedPack[], policies: readonly Policy[]): AsyncGenerator<string> {
  const streams = packs.map((pack) => ({ name: pack.name, observations: pack.observations() }));
  for await (const observation of mergeStreams(streams, policies)) yield `${JSON.stringify(observation)}\n`;
}

/** Returns why a pack is incomplete; that nothing was evaluated is found again, of all packs. */
function incompleteOf({ name, assessment }: NamedPack): Incomplete[] {
  return assessment.incomplete
    .filter(({ kind }) => kind !== 'nothing-evaluated')
    .map(({ kind, message }) => ({ kind, message: `${name}: ${message}` }));
}

async function mergedFrom(packs: readonly NamedPack[], store: Store): Promise<MergedPacks> {
  const [row] = await store.query<{ shared: number; differing: number }>(
    'SELECT (SELECT count(*) FROM shared) AS shared, (SELECT count(*) FROM differing) AS differing',
  );
  return {
    packs: packs.map(({ name, assessment, manifest }) => ({
      name,
      assessmentSha256: assessmentSha256(manifest),
      inputs: assessment.inputs.length,
      subjects: SUBJECT_KINDS.reduce((sum, kind) => sum + assessment.subjects[kind], 0),
    })),
    shared: row?.shared ?? 0,
    differing: row?.differing ?? 0,
  };
}
