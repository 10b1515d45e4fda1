import type { Observation } from '../../model/index.js';
import { isNotOver } from '../../text/not-over.js';

/** Returns why a check gave no result: an error, the end of the time allowed that it waits for, or what is not known. */
export function undecidedText(
  { outcome, error, missing }: Pick<Observation, 'outcome' | 'error' | 'missing'>,
  missingLabel: (path: string) => string,
): string {
  if (outcome === 'error') return `Error: ${error ?? 'no message'}`;
  const unknown = withoutParts(missing.filter((path) => !isNotOver(path)));
  const said = [
    ...(missing.some(isNotOver) ? [NOT_YET] : []),
    ...(unknown.length > 0 ? [`Not known: ${[...new Set(unknown.map(missingLabel))].join('; ')}`] : []),
  ];
  return said.join('. ');
}

/** Returns paths without those below another of them: without an audit log no list of scopes can be cut. */
function withoutParts(paths: readonly string[]): string[] {
  return paths.filter((path) => !paths.some((whole) => path.startsWith(`${whole}.`)));
}

const NOT_YET = 'Not judged yet: the time allowed ends after the as-of date';
