import type { Assessment, DiffedPack, Pack } from '../model/index.js';
import { assessmentSha256, openPack, readRuns } from '../pack/index.js';

/** A pack that is compared: what it says, and what is said of it. */
export type ComparedPack = {
  /** Absolute folder. */
  dir: string;
  /** assessment.json. */
  assessment: Assessment;
  /** SHA-256 of every input file, by path. */
  inputs: ReadonlyMap<string, string>;
  /** SHA-256 of the keyproof.yaml it was made with, lower-case hex; null for none, undefined if its run.json does not tell. */
  config: string | null | undefined;
  /** SHA-256 of how keyproof.yaml reads exports; null without one, undefined if run.json does not tell. */
  reading: string | null | undefined;
  /** What the comparison says of it. */
  facts: DiffedPack;
};

/**
 * Reads what a comparison needs of a pack; its core is compared with the manifest first.
 * @throws KeyproofError as `openPack`, with the folder named.
 */
export async function comparedPack(dir: string): Promise<ComparedPack> {
  const { assessment, manifest, close } = await openPack(dir);
  await close();
  const [run] = readRuns(dir);
  return {
    dir,
    assessment,
    inputs: new Map(manifest.inputs.map(({ path, sha256 }) => [path, sha256])),
    config: run?.configSha256,
    reading: run?.readingSha256,
    facts: factsOf(assessment, manifest),
  };
}

function factsOf(assessment: Assessment, manifest: Pack['manifest']): DiffedPack {
  const { plan, tool, severities, outcomes, incomplete } = assessment;
  const { organisation, asOf, period } = plan;
  return {
    organisation,
    asOf,
    period,
    toolVersion: tool.version,
    assessmentSha256: assessmentSha256(manifest),
    failed: severities,
    undecided: outcomes['no-evidence'] + outcomes.error,
    incomplete: incomplete.length,
    failOn: plan.failOn,
  };
}
