import { createHmac } from 'node:crypto';
import { sha256Hex } from '../text/sha256.js';

/** A subject whose id holds a name. */
export type RenamedSubject = { kind: string; id: string };

/**
 * Returns new ids of findings, by the old: an id is the hash of rule and subject, so that whoever has a list of names could find
 * out by it whom a finding is about. Findings on other subjects keep theirs.
 */
export function findingIds(
  rules: readonly string[],
  renamed: readonly RenamedSubject[],
  key: Uint8Array,
): Map<string, string> {
  const old = renamed.flatMap(({ kind, id }) =>
    rules.map((rule) => sha256Hex(`${rule}\n${kind}\n${id}`).slice(0, 16)),
  );
  return new Map(old.map((id) => [id, createHmac('sha256', key).update(id).digest('hex').slice(0, 16)]));
}
