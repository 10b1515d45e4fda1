import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { KeyproofError } from '../index.js';
import { type Changes, changesBetween } from './changes.js';
import { downloadPack } from './download-pack.js';
import { isEnterpriseServer } from './enterprise-server.js';
import type { ActionInputs } from './inputs.js';
import { reasonOf } from './reason-of.js';
import type { RunEvent } from './run-event.js';

/** What changed since the baseline; null with the reason if it is not known. */
export type BaselineResult = { changes: Changes | null; note: string | null };

/** What the inputs name as baseline. */
type Named =
  | { kind: 'none'; why: string | null }
  | { kind: 'folder'; folder: string }
  | { kind: 'artifact'; name: string; branch: string };

/**
 * Compares the pack with its baseline. A baseline that cannot be had or read is a note: then it is not known what is new.
 * @param packDir folder of the pack of this audit.
 * @throws KeyproofError if the input names a folder that does not exist, or no artifact.
 */
export async function compareWithBaseline(
  packDir: string,
  inputs: ActionInputs,
  event: RunEvent,
): Promise<BaselineResult> {
  const named = namedBaseline(inputs, event);
  const compared = named.kind === 'none' ? { changes: null, note: named.why } : await compare(named);
  const all = compared.changes === null && inputs.failOnNewOnly ? [ALL_COUNT] : [];
  const notes = [compared.note, ...all].filter((note) => note !== null);
  return { ...compared, note: notes.join(' ') || null };

  async function compare(given: Exclude<Named, { kind: 'none' }>): Promise<BaselineResult> {
    try {
      const { dir, since, remove } = await folderOf(given, inputs, event);
      const what =
        given.kind === 'folder' ? `baseline: ${inputs.baseline}` : `the artifact ${given.name} of ${since}`;
      return { changes: await changesSince(dir, packDir, since, what).finally(remove), note: null };
    } catch (error) {
      return { changes: null, note: `Not compared with a baseline: ${reasonOf(error)}` };
    }
  }
}

const ALL_COUNT = 'Without a baseline fail-on-new-only changes nothing: every failure counts.';

/** Compares two packs; a pack that cannot be read is named as a reader knows it, not by the folder that it was unpacked into. */
async function changesSince(dir: string, packDir: string, since: string, what: string): Promise<Changes> {
  try {
    return await changesBetween(dir, packDir, since);
  } catch (error) {
    throw new Error(`${what}: ${reasonOf(error).replaceAll(join(dir, sep), '')}`, { cause: error });
  }
}

const NO_ARTIFACT =
  'Not compared with a baseline, so that nothing is stated of what is new, fixed or missing: the inputs artifact and token are needed for that of the base branch, or baseline with the folder of a pack.';

const NO_ARTIFACTS =
  'GitHub Enterprise Server keeps no artifacts of this kind; name the folder of a pack as baseline.';

const NONE_ASKED =
  'Not compared with a baseline, because the input baseline is none: nothing is stated of what is new, fixed or missing.';

/** Returns the baseline: of what is to be merged, unless the input says otherwise, the artifact of the branch it goes to. */
function namedBaseline(inputs: ActionInputs, event: RunEvent): Named {
  const { baseline, artifact, token } = inputs;
  const { branch, mergesInto } = event;
  if (baseline?.toLowerCase() === 'none')
    return { kind: 'none', why: mergesInto === null ? null : NONE_ASKED };
  if (baseline?.startsWith('artifact:')) return { kind: 'artifact', name: artifactNamed(baseline), branch };
  if (baseline !== null) return { kind: 'folder', folder: existingFolder(baseline, inputs, event) };
  if (mergesInto === null) return { kind: 'none', why: null };
  if (artifact === null || token === null) return { kind: 'none', why: NO_ARTIFACT };
  return { kind: 'artifact', name: artifact, branch };
}

/** Without a name every artifact of the repository would be asked for. */
function artifactNamed(baseline: string): string {
  const name = baseline.slice('artifact:'.length).trim();
  if (name !== '') return name;
  throw new KeyproofError(
    'baseline: artifact: names no artifact; write artifact:NAME, the folder of a pack, or none.',
  );
}

function existingFolder(named: string, { workingDirectory }: ActionInputs, { workspace }: RunEvent): string {
  const folder = resolve(workspace, workingDirectory, named);
  if (existsSync(folder)) return folder;
  throw new KeyproofError(
    `baseline: ${named}: no such folder; name the folder of a pack, artifact:NAME, or none.`,
  );
}

async function folderOf(
  named: Exclude<Named, { kind: 'none' }>,
  { token }: ActionInputs,
  event: RunEvent,
): Promise<{ dir: string; since: string; remove: () => Promise<void> }> {
  if (named.kind === 'folder')
    return { dir: named.folder, since: 'the baseline', remove: async () => undefined };
  if (token === null) throw new Error('an artifact needs the input token.');
  if (isEnterpriseServer()) throw new Error(NO_ARTIFACTS);
  const { dir, since } = await downloadPack(named.name, named.branch, token, event);
  return { dir, since, remove: () => rm(dir, { recursive: true, force: true }) };
}
