import type { InputFile, Policy, RecordKind } from '../model/index.js';
import type { KindsBehind, Store } from '../store/index.js';
import { formatCount } from '../text/format.js';

/** Sentences on inputs of policies, by policy id; a policy with complete inputs is left out. */
export type InputGaps = ReadonlyMap<string, readonly string[]>;

/**
 * Finds, for each policy, the inputs it could have relied on that were rejected or not read in part, cut short or
 * unreadable: what is missing there could have contained a violation.
 */
export async function inputGaps(
  policies: readonly Policy[],
  files: readonly InputFile[],
  store: Store,
): Promise<InputGaps> {
  const lacking = files.filter((file) => gapsOf(file).length > 0);
  if (lacking.length === 0) return new Map();
  const kindsBehind = await store.kindsBehind();
  const gaps = policies.map((policy) => [policy.id, gapsFor(policy, lacking, kindsBehind)] as const);
  return new Map(gaps.filter(([, sentences]) => sentences.length > 0));
}

function gapsFor(policy: Policy, lacking: readonly InputFile[], kindsBehind: KindsBehind): string[] {
  const kinds = kindsBehind(policy.subject, policy.reads ?? null);
  return lacking.filter((file) => concerns(file, kinds)).flatMap(gapsOf);
}

function gapsOf(file: InputFile): string[] {
  if (file.state === 'not-used') return [];
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

/**
 * Returns whether a file concerns kinds of records. A file that gave no records at all could have contained any kind.
 */
function concerns(file: InputFile, kinds: ReadonlySet<RecordKind>): boolean {
  const produced = Object.keys(file.produced);
  return produced.length === 0 || [...kinds].some((kind) => file.produced[kind] !== undefined);
}
