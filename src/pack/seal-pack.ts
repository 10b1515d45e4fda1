import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toolVersion } from '../assets/tool-version.js';
import type { Assessment, Manifest, UnwrittenOutput } from '../model/index.js';
import { hashOutputs, MANIFEST, PACK_VERSION } from './manifest.js';

/** What a manifest states in addition to the files of the folder. */
export type PackFacts = {
  /** The pack's assessment: as-of date and inputs. */
  assessment: Assessment;
  /** Outputs that could not be written. */
  incomplete: UnwrittenOutput[];
  /** SHA-256 of the assessment.json that redacted reports were made of; left out for a pack. */
  redactedFrom?: string;
};

/** Writes the manifest of a folder that contains everything else. Nothing in the folder may change afterwards. */
export async function sealPack(
  dir: string,
  { assessment, incomplete, redactedFrom }: PackFacts,
): Promise<Manifest> {
  const manifest: Manifest = {
    schemaVersion: PACK_VERSION,
    tool: { name: 'keyproof', version: toolVersion() },
    asOf: assessment.plan.asOf,
    ...(redactedFrom === undefined
      ? {}
      : { redacted: { what: 'people' as const, assessmentSha256: redactedFrom } }),
    outputs: await hashOutputs(dir),
    incomplete,
    inputs: assessment.inputs.flatMap(({ path, bytes, sha256 }) =>
      sha256 === null ? [] : [{ path, bytes, sha256 }],
    ),
  };
  await writeFile(join(dir, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}
