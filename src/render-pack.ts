import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { schemaValidator } from './assets/schemas.js';
import {
  type Assessment,
  EXIT,
  KeyproofError,
  type Manifest,
  OUTPUT_FORMATS,
  type OutputFormat,
  type Surroundings,
} from './model/index.js';
import { folderSink, guardPack, openCore, openPack, sealPack, verifyPack, writePack } from './pack/index.js';
import { filesOf, renderFormats } from './report/index.js';

/** The formats of a pack to render again, and the folder to write the pack to. */
export type RenderRequest = {
  /** Absolute folder of the pack. */
  pack: string;
  /** Formats; its other files stay as they are. */
  formats: readonly OutputFormat[];
  /** Absolute folder of the pack that has them; the same as `pack` replaces it. */
  output: string;
};

/**
 * Renders formats of a pack again, from its core only.
 * @returns the manifest of the pack that has them.
 * @throws KeyproofError if the folder is no pack, its assessment lacks what reports need, or any file of it was changed: a new
 * manifest would hide that.
 */
export async function renderPack(request: RenderRequest, surroundings: Surroundings): Promise<Manifest> {
  const { pack, formats, output } = request;
  const { assessment, manifest, close } = await openPack(pack);
  await close();
  refuseOtherForm(assessment);
  const { differences } = await verifyPack(pack);
  if (differences.length > 0)
    throw new KeyproofError(
      `The pack was changed after it was written, so it is not sealed again: ${differences.join(' ')}`,
      EXIT.verification,
    );
  const again = new Set(filesOf(formats));
  const kept = manifest.outputs.filter(({ path }) => !again.has(path));
  return writePack(output, async (dir) => {
    for (const { path } of kept) await cp(join(pack, path), join(dir, path));
    const earlier = manifest.incomplete.filter(({ format }) => !formats.includes(format));
    const sealed = await finishPack(dir, formats, surroundings, earlier);
    await guardPack(dir);
    return sealed;
  });
}

/** Renders formats from the core pack in a folder, and seals it. */
export async function finishPack(
  dir: string,
  formats: readonly OutputFormat[],
  surroundings: Surroundings,
  earlier: Manifest['incomplete'] = [],
): Promise<Manifest> {
  const core = await openCore(dir);
  try {
    const unwritten = await renderFormats(core, formats, folderSink(dir, surroundings));
    const incomplete = [...earlier, ...unwritten].sort(
      (a, b) => OUTPUT_FORMATS.indexOf(a.format) - OUTPUT_FORMATS.indexOf(b.format),
    );
    return await sealPack(dir, { assessment: core.assessment, incomplete });
  } finally {
    await core.close();
  }
}

/** @throws KeyproofError if an assessment has not the form that reports are made of: an earlier keyproof wrote it. */
function refuseOtherForm(assessment: Assessment): void {
  if (schemaValidator<Assessment>('assessment')(assessment)) return;
  throw new KeyproofError(
    'assessment.json: has not the form that this keyproof makes reports of; audit again, or use the keyproof that wrote the pack.',
  );
}
