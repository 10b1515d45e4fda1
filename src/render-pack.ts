import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { loadFrameworks } from './assess/index.js';
import { schemaValidator } from './assets/schemas.js';
import {
  type Assessment,
  type AuditPlan,
  didYouMean,
  EXIT,
  KeyproofError,
  type Manifest,
  OUTPUT_FORMATS,
  type OutputFormat,
  type Pack,
  type RunEntry,
  type Surroundings,
} from './model/index.js';
import {
  type CoreTables,
  type DroppedSecrets,
  folderSink,
  guardPack,
  openCore,
  openPack,
  readRuns,
  sealPack,
  verifyPack,
  writeCore,
  writePack,
  writeRuns,
} from './pack/index.js';
import { filesOf, renderFormats } from './report/index.js';

/** The formats of a pack to render again, and the folder to write the pack to. */
export type RenderRequest = {
  /** Absolute folder of the pack. */
  pack: string;
  /** Formats; its other files stay as they are. */
  formats: readonly OutputFormat[];
  /** Ids or aliases of the frameworks that documents of one framework are asked for; all of the pack if left out. */
  frameworks?: readonly string[];
  /** Absolute folder of the pack that has them; the same as `pack` replaces it. */
  output: string;
};

/**
 * Renders formats of a pack again, from its core only.
 * @param run returns the record of this run, which is added to run.json; null adds none.
 * @returns the manifest of the pack that has them.
 * @throws KeyproofError if the folder is no pack, its assessment lacks what reports need, any file of it was changed (a new
 * manifest would hide that), or the pack does not hold a framework asked for.
 */
export async function renderPack(
  request: RenderRequest,
  surroundings: Surroundings,
  run: (() => RunEntry) | null = null,
): Promise<Manifest> {
  const { pack, formats, output } = request;
  const { manifest, assessment, close } = await openUnchanged(pack);
  await close();
  const frameworks = frameworksOf(request, assessment);
  const again = new Set(filesOf(formats, assessment, frameworks));
  const kept = manifest.outputs.filter(({ path }) => !again.has(path));
  return writePack(output, async (dir) => {
    for (const { path } of kept) await cp(join(pack, path), join(dir, path));
    const earlier = manifest.incomplete.filter(({ format }) => !formats.includes(format));
    const asked = frameworks === undefined ? surroundings : { ...surroundings, frameworks };
    const sealed = await finishPack(dir, formats, asked, earlier);
    const runs = [...readRuns(pack), ...(run === null ? [] : [run()])];
    if (runs.length > 0) await writeRuns(dir, runs);
    await guardPack(dir);
    return sealed;
  });
}

/**
 * Opens a pack of which reports are made.
 * @throws KeyproofError if the folder is no pack, its assessment lacks what reports need, or any file of it was changed.
 */
export async function openUnchanged(dir: string): Promise<Pack> {
  const pack = await openPack(dir);
  refuseOtherForm(pack.assessment);
  const { differences } = await verifyPack(dir);
  if (differences.length === 0) return pack;
  throw new KeyproofError(
    `The pack was changed after it was written, so it is not sealed again: ${differences.join(' ')}`,
    EXIT.verification,
  );
}

/** Returns the ids of the frameworks asked for. @throws KeyproofError if the pack does not hold one. */
export function frameworksOf(
  { frameworks }: Pick<RenderRequest, 'frameworks'>,
  assessment: Assessment,
): string[] | undefined {
  return frameworks?.map((name) => frameworkNamed(name, assessment));
}

function frameworkNamed(name: string, { frameworks }: Assessment): string {
  const ids = frameworks.map(({ id }) => id);
  const shipped = loadFrameworks(null).frameworks.find(({ aliases }) => aliases.includes(name));
  const id = [name, shipped?.id].find((each) => each !== undefined && ids.includes(each));
  if (id !== undefined) return id;
  throw new KeyproofError(
    `--framework: the pack does not hold "${name}"${didYouMean(name, ids)} It holds: ${ids.join(', ') || 'none'}.`,
  );
}

/** What writing a pack takes beside what was assessed. */
export type Writing = {
  /** Folder and formats of the pack. */
  plan: Pick<AuditPlan, 'output' | 'formats'>;
  /** What rendering takes from outside the pack. */
  surroundings: Surroundings;
  /** Returns the record of this run; null writes none. */
  run: (() => RunEntry) | null;
  /** Secrets that no output may hold, beside what looks like one. */
  dropped?: DroppedSecrets;
};

/** Writes the pack of what was assessed: the core, with which the store ends, then the formats of the plan and the run record. */
export async function writeAssessed(
  assessment: Assessment,
  store: CoreTables & { close(): Promise<void> },
  { plan, surroundings, run, dropped }: Writing,
): Promise<Manifest> {
  surroundings.onProgress({ stage: 'write', done: 0, total: null });
  return writePack(plan.output, async (dir) => {
    await writeCore(dir, assessment, store);
    await store.close();
    const sealed = await finishPack(dir, plan.formats, surroundings);
    if (run !== null) await writeRuns(dir, [run()]);
    await guardPack(dir, dropped);
    return sealed;
  });
}

/** Renders formats from the core pack in a folder, and seals it. */
async function finishPack(
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
