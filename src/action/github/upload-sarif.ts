import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Octokit } from 'octokit';
import type { RunEvent } from '../run-event.js';

/** GitHub refuses a larger file, compressed. */
const MOST_BYTES = 10 * 1024 * 1024;

/**
 * Uploads results.sarif to code scanning.
 * @throws Error if it is too large, or GitHub refuses it.
 */
export async function uploadSarif(client: Octokit, sarif: Uint8Array, event: RunEvent): Promise<void> {
  const compressed = await promisify(gzip)(sarif);
  if (compressed.length > MOST_BYTES)
    throw new Error(
      'it is larger than the 10 MB, compressed, that GitHub takes; assess fewer frameworks or paths in a step',
    );
  const { owner, repo, sha, ref } = event;
  const given = { owner, repo, commit_sha: sha, ref, sarif: compressed.toString('base64') };
  await client.rest.codeScanning.uploadSarif({ ...given, tool_name: 'keyproof', validate: true });
}
