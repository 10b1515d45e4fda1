import type { Adapter, AdapterContext, AdapterReader, Emit, FileSample } from '../../../adapter.js';
import { commitOf, findingWriter } from '../../../findings/finding.js';

/**
 * Output of git-secrets (`git secrets --scan` or `--scan-history`, with stderr, where it all goes). Follows
 * https://github.com/awslabs/git-secrets/blob/master/git-secrets: lines of `git grep`, then `[ERROR] Matched one or more ...`.
 * - What it proves: that a line of a file, or of a file in a commit, matches a prohibited pattern. What it cannot: which pattern,
 *   what in the line is the secret (so there is no fingerprint), when, and that nothing else is there.
 * - A scan that finds nothing prints nothing; an empty file cannot prove clean.
 * - The line of the file itself is not kept.
 */
export const adapter: Adapter = {
  id: 'git-secrets',
  title: 'git-secrets output (text)',
  recognisedBy:
    'lines `path:line:text` and `[ERROR] Matched one or more prohibited patterns`, or `git-secrets` in its path',
  proves: 'that a line of a file, or of a file in a commit, matches a prohibited pattern',
  cannot: 'which pattern, that it is a secret, and that nothing was found: a clean scan prints nothing',
  produces: ['secret_findings'],
  formats: ['text'],
  signature: [],
  recognise,
  open,
};

const SUMMARY = '[ERROR] Matched one or more prohibited patterns';
/** Commit (with `--scan-history`), path, line; a path on Windows may begin with a drive. */
const MATCH = /^(?:([0-9a-f]{40}|[0-9a-f]{64}):)?((?:[A-Za-z]:[\\/])?[^:]+):(\d{1,9}):/;

function recognise({ head, path }: FileSample): { version: string | null } | null {
  const isNamed = /git-secrets/i.test(path) && head.split('\n', 20).some((line) => MATCH.test(line));
  return isNamed || head.split(/\r?\n/).includes(SUMMARY) ? { version: null } : null;
}

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const write = findingWriter('git-secrets', context);
  return {
    items: [''],
    convert({ value }) {
      const { text } = value;
      const lines = typeof text === 'string' ? text.split(/\r?\n/) : [];
      const end = lines.indexOf(SUMMARY);
      if (end === -1) context.truncated(CUT);
      return lines.slice(0, end === -1 ? undefined : end).flatMap((line, index): Emit[] => {
        const [found, commit = null, path = null, number] = MATCH.exec(line) ?? [];
        if (found === undefined) return passOver(line);
        return write(`line ${index + 1}`, { path, line: Number(number), commit: commitOf(commit) });
      });
    },
  };

  /** A matched line of a file may hold a line break of its own; what it says is not shown. */
  function passOver(line: string): [] {
    if (line.trim() !== '') context.skip('lines that name no place');
    return [];
  }
}

const CUT =
  'The output does not end with the summary of git-secrets, so findings may be missing: save all of it, with stderr (2>&1).';
