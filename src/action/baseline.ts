import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { KeyproofError } from '../index.js';
import { type Changes, changesBetween } from './changes.js';
import { downloadPack } from './download-pack.js';
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
 * @throws KeyproofError if the input names a folder that does not exist.
 */
export async function compareWithBaseline(
  packDir: string,
  inputs: ActionInputs,
  event: RunEvent,
): Promise<BaselineResult> {
  const named = namedBaseline(inputs, event);
  if (named.kind === 'none') return { changes: null, note: named.why };
  try {
    const { dir, since, remove } = await folderOf(named, inputs, event);
    return { changes: await changesBetween(dir, packDir, since).finally(remove), note: null };
  } catch (error) {
    return { changes: null, note: `Not compared with a baseline: ${reasonOf(error)}` };
  }
}

const NO_ARTIFACT =
  'Not compared with a baseline, so that nothing is stated of what is new, fixed or missing: the inputs artifact and token are needed for that of the base branch, or baseline with the folder of a pack.';

const NONE_ASKED =
  'Not compared with a baseline, because the input baseline is none: nothing is stated of what is new, fixed or missing.';

/** Returns the baseline: of what is to be merged, unless the input says otherwise, the artifact of the branch it goes to. */
function namedBaseline(inputs: ActionInputs, event: RunEvent): Named {
  const { baseline, artifact, token } = inputs;
  const { branch, mergesInto } = event;
  if (baseline === 'none') return { kind: 'none', why: mergesInto === null ? null : NONE_ASKED };
  if (baseline?.startsWith('artifact:')) return { kind: 'artifact', name: baseline.slice(9).trim(), branch };
  if (baseline !== null) return { kind: 'folder', folder: existingFolder(baseline, inputs, event) };
  if (mergesInto === null) return { kind: 'none', why: null };
  if (artifact === null || token === null) return { kind: 'none', why: NO_ARTIFACT };
  return { kind: 'artifact', name: artifact, branch };
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
  const { dir, since } = await downloadPack(named.name, named.branch, token, event);
  return { dir, since, remove: () => rm(dir, { recursive: true, force: true }) };
}
