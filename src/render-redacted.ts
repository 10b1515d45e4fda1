import { randomBytes } from 'node:crypto';
import {
  KeyproofError,
  type Manifest,
  type OutputFormat,
  type Pack,
  type RunEntry,
  type Surroundings,
} from './model/index.js';
import { assessmentSha256, folderSink, guardPack, sealPack, writePack, writeRuns } from './pack/index.js';
import { redactCore } from './redact/index.js';
import { frameworksOf, openUnchanged, type RenderRequest } from './render-pack.js';
import { renderFormats } from './report/index.js';

/** Formats that are the core: it names people, and explain and verify need it as it is. */
const CORE_FORMATS: readonly OutputFormat[] = ['parquet', 'json'];

/** Fewest characters of a key: a shorter one could be found by trying. */
const SHORTEST_KEY = 16;

/**
 * Renders reports of a pack in which codes stand instead of people, into a folder of their own, without the core.
 * @param key decides the codes; the same people have the same codes in two packs if it is the same. A random one that is not kept
 * if it is left out.
 * @throws KeyproofError as `renderPack`, and if `output` is the pack itself, or the key is too short.
 */
export async function renderRedacted(
  request: RenderRequest,
  surroundings: Surroundings,
  run: () => RunEntry,
  key?: string,
): Promise<Manifest> {
  const secret = keyOf(key);
  refuseOwnFolder(request);
  const pack = await openUnchanged(request.pack);
  try {
    const frameworks = frameworksOf(request, pack.assessment);
    const asked = frameworks === undefined ? surroundings : { ...surroundings, frameworks };
    return await writePack(request.output, (dir) =>
      fill(dir, pack, { ...asked, formats: request.formats, key: secret }, run),
    );
  } finally {
    await pack.close();
  }
}

/** Which reports, with which codes, and in which surroundings. */
type Asked = Surroundings & { formats: readonly OutputFormat[]; key: Uint8Array };

async function fill(
  dir: string,
  pack: Pack,
  { formats: asked, key, ...surroundings }: Asked,
  run: () => RunEntry,
): Promise<Manifest> {
  const formats = asked.filter((format) => !CORE_FORMATS.includes(format));
  const { core, redaction } = await redactCore(pack, key, formats);
  const incomplete = await renderFormats(core, formats, folderSink(dir, surroundings));
  const redactedFrom = assessmentSha256(pack.manifest);
  const sealed = await sealPack(dir, { assessment: core.assessment, incomplete, redactedFrom });
  const entry = run();
  await writeRuns(dir, [{ ...entry, command: entry.command.map(redaction.inText) }]);
  await guardPack(dir);
  return sealed;
}

function keyOf(key: string | undefined): Uint8Array {
  if (key === undefined || key === '') return randomBytes(32);
  if (key.length >= SHORTEST_KEY) return Buffer.from(key, 'utf8');
  throw new KeyproofError(
    `KEYPROOF_REDACTION_KEY: has ${key.length} characters; give it ${SHORTEST_KEY} or more, or leave it out for a random one.`,
  );
}

function refuseOwnFolder({ pack, output }: RenderRequest): void {
  if (pack !== output) return;
  throw new KeyproofError(
    '--redact-people: the reports go into a folder of their own, because the core of the pack names people; name one with --output.',
  );
}
