import type { InputFile, PartialInput, Policy, RecordKind } from '../model/index.js';
import type { KindsBehind, Store } from '../store/index.js';
import { distinctTexts } from '../text/compare-text.js';
import { formatCount } from '../text/format.js';
import { logSystems } from './log-systems.js';

/** Sentences on inputs of policies, by policy id; a policy with complete inputs is left out. */
export type InputGaps = ReadonlyMap<string, readonly string[]>;

/** Returns, for each policy, what inputs that it could have relied on lack: what is missing there could have contained a violation. */
export async function inputGaps(
  policies: readonly Policy[],
  partial: readonly PartialInput[],
  store: Pick<Store, 'kindsBehind'>,
): Promise<InputGaps> {
  if (partial.length === 0) return new Map();
  const kindsBehind = await store.kindsBehind();
  const gaps = policies.map((policy) => [policy.id, gapsFor(policy, partial, kindsBehind)] as const);
  return new Map(gaps.filter(([, sentences]) => sentences.length > 0));
}

function gapsFor(policy: Policy, partial: readonly PartialInput[], kindsBehind: KindsBehind): string[] {
  const behind = ({ systems }: PartialInput) => kindsBehind(policy.subject, policy.reads ?? null, systems);
  const own = partial.filter((input) => concerns(input, behind(input)));
  return own.map(({ problem }) => problem);
}

/** Returns what a file lacks: records or values that were not read, its end, or a further page. */
export function fileGaps(file: InputFile): PartialInput[] {
  if (file.state === 'not-used') return possibleGaps(file);
  const kinds = Object.keys(file.produced) as RecordKind[];
  const values = file.unreadableFields === 1 ? 'value could' : 'values could';
  const records = file.rejected === 1 ? 'record was' : 'records were';
  const problems = [
    ...(file.rejected > 0 ? [`${formatCount(file.rejected)} ${records} rejected in ${file.path}`] : []),
    ...(file.unreadableFields > 0
      ? [`${formatCount(file.unreadableFields)} ${values} not be read in ${file.path}`]
      : []),
    ...(file.truncated ? [`${file.path} continues in a file that was not supplied`] : []),
    ...(file.state === 'unreadable' ? [`${file.path} could not be read to its end`] : []),
  ];
  return problems.map((problem) => ({ kinds, ...logSystems([file]), problem }));
}

/** A file that no format fits is listed with those that are not used. */
function possibleGaps({ coverage }: InputFile): PartialInput[] {
  const kinds = coverage.map(({ kind }) => kind);
  const problems = distinctTexts(coverage.flatMap(({ gaps }) => gaps));
  return problems.map((problem) => ({ kinds, problem }));
}

/** A file that gave no records at all could have contained any kind. */
function concerns({ kinds: own }: PartialInput, kinds: ReadonlySet<RecordKind>): boolean {
  return own.length === 0 || own.some((kind) => kinds.has(kind));
}
