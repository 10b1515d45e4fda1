import { createHmac } from 'node:crypto';
import type { SecretFindingRecord } from '../../model/index.js';
import { fingerprintKey } from '../../secrets/fingerprint-key.js';
import { sha256Hex } from '../../text/sha256.js';
import type { AdapterContext, Emit } from '../adapter.js';
import { textOf } from '../fields/json.js';
import { constantsOf } from '../fields/stated-in-config.js';
import { repositoryFromPath } from './repository.js';

/** What a report states about one secret that was found. */
export type Found = Partial<
  Omit<SecretFindingRecord, 'finding_id' | 'repository_id' | 'kind' | 'key_id' | 'source'>
> & {
  /** The repository, as `repositoryStated` gives it; null if the report names none. */
  repository?: string | null;
  /** Whatever else tells it from another secret at the same place. Only hashed. */
  marks?: readonly unknown[];
};

/** Writes findings of one report. */
export type FindingWriter = (record: string, found: Found) => Emit[];

/**
 * Returns a writer of the findings of one report. What the report does not state of the repository comes from keyproof.yaml
 * (`constants: {repository_id: ...}`), or from the path of the file (`<tool>-<repository>.json`, `<repository>/<tool>.json`).
 * The id is a hash of the place and of the secret (keyed if there is a key of fingerprints, because whoever knows the place could
 * else try words as the secret), so that the same finding in the next report has the same, and two secrets on
 * one line have two. A scanner's own id is not used: most are made of the place only, others of the secret only.
 * @param tool name of the scanner
 */
export function findingWriter(tool: string, context: AdapterContext): FindingWriter {
  const otherwise = repositoryOfFile(context);
  return (at, { repository = null, marks = [], ...found }) => {
    const place = { repository_id: repository ?? otherwise, path: pathOf(found) };
    if (place.repository_id === null && isRepository(found)) context.warn(noRepository(tool));
    const finding_id = placeId(found, place, marks, context.file);
    const source = { file: context.file, record: at };
    return [
      { kind: 'secret_findings', record: { state: 'open', tool, ...found, ...place, finding_id, source } },
    ];
  };
}

/** Returns the repository that keyproof.yaml states for the file, or that its path names; the file then speaks for it. */
export function repositoryOfFile(context: AdapterContext): string | null {
  const stated = textOf(constantsOf('secret_findings', context)['repository_id']);
  const repository = stated ?? repositoryFromPath(context.file);
  if (repository !== null) context.speaksFor({ systems: [repository] });
  return repository;
}

/** Returns the commit; null if there is none, which some scanners write as zeros. */
export function commitOf(commit: string | null): string | null {
  return commit === null || /^0+$/.test(commit) ? null : commit;
}

/** Returns the path as git writes it, whatever the system of the scanner. */
function pathOf({ path }: Found): string | null {
  return path?.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '') || null;
}

function isRepository({ channel }: Found): boolean {
  return (channel ?? 'repository') === 'repository';
}

function noRepository(tool: string): string {
  return `The report does not say which repository was scanned: name the file ${tool}-<repository>.json, or give it \`constants: {repository_id: ...}\` in keyproof.yaml.`;
}

type Place = { repository_id: string | null; path: string | null };

function placeId(
  { commit, rule, line, column, secret_sha256: secret }: Found,
  { repository_id: repository, path }: Place,
  marks: readonly unknown[],
  file: string,
): string {
  const parts = [repository ?? file, commit, path, rule, line, column, secret, ...marks];
  const text = JSON.stringify(parts.map((part) => part ?? null));
  const key = fingerprintKey();
  const hash = key === null ? sha256Hex(text) : createHmac('sha256', key).update(text).digest('hex');
  return hash.slice(0, 32);
}
