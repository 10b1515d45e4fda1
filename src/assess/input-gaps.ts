import type { InputFile, Policy, RecordKind } from '../model/index.js';
import { formatCount } from '../text/format.js';
import { TABLE_OF } from './words.js';

/** Record kinds behind the first segment of a dossier path, beside the subject's own table. */
const TABLES_BEHIND: { readonly [segment: string]: readonly RecordKind[] } = {
  owner: ['principals'],
  rotations: ['rotations'],
  grants: ['grants'],
  events: ['events'],
  logs: ['events'],
  leaks: ['secret_findings'],
  findings: ['secret_findings'],
  leavers: ['principals', 'grants'],
  vendor: ['vendors'],
  owned_keys: ['keys'],
  keys: ['keys'],
  routes: ['routes'],
  attestations: ['attestations'],
  unknown_keys: ['keys', 'rotations', 'grants', 'events'],
};

/**
 * Sentences on inputs of a policy that were rejected in part, not read in part, cut short or unreadable: what is missing there might have
 * held a violation. A file that gave no records at all could have held any kind, so it counts for every policy.
 */
export function inputGaps(policy: Policy, files: readonly InputFile[]): string[] {
  const own = TABLE_OF[policy.subject];
  const kinds = new Set<string>(own === null ? [] : [own]);
  for (const path of policy.requires) {
    for (const kind of TABLES_BEHIND[path.split('.')[0] ?? ''] ?? []) kinds.add(kind);
  }
  return files.filter((file) => concerns(file, kinds)).flatMap(gapsOf);
}

function gapsOf(file: InputFile): string[] {
  const values = file.unreadableFields === 1 ? 'value could' : 'values could';
  const records = file.rejected === 1 ? 'record was' : 'records were';
  return [
    ...(file.rejected > 0 ? [`${formatCount(file.rejected)} ${records} rejected in ${file.path}`] : []),
    ...(file.unreadableFields > 0
      ? [`${formatCount(file.unreadableFields)} ${values} not be read in ${file.path}`]
      : []),
    ...(file.truncated ? [`${file.path} continues in a file that was not supplied`] : []),
    ...(file.state === 'unreadable' ? [`${file.path} could not be read to its end`] : []),
  ];
}

function concerns(file: InputFile, kinds: ReadonlySet<string>): boolean {
  if (file.state === 'not-used') return false;
  const produced = Object.keys(file.produced);
  return produced.length === 0 || produced.some((kind) => kinds.has(kind));
}
