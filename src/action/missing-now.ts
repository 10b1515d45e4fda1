import { type Comparison, SUBJECT_WORDS } from '../index.js';
import { formatCount, joinWords, plural } from '../text/format.js';

/** What the baseline had and this audit has not. Nothing of it is fixed: it is not known. */
export type MissingNow = {
  /** Files of which nothing is read any more, and whose content is at no other path. */
  files: string[];
  /** Subjects that are not there any more, by kind. */
  subjects: Comparison['summary']['subjects'];
  /** Checks of such subjects, or of rules that are not there any more: those that failed, and those that passed. */
  gone: { failed: number; passed: number };
  /** Checks that were decided in the baseline and are not now. */
  undecided: number;
};

/** Returns what only the older pack of a comparison has. */
export function missingNow({
  differences: { inputs },
  subjects,
  counts,
  unexamined,
}: Comparison['summary']): MissingNow {
  return {
    files: [...inputs.removed, ...inputs.unread].sort(),
    subjects: subjects.filter(({ gone }) => gone > 0),
    gone: { failed: counts.gone.total, passed: unexamined },
    undecided: counts['newly-undecided'].total,
  };
}

/** Returns the number of checks that are missing. */
export function missingChecks({ gone, undecided }: MissingNow): number {
  return gone.failed + gone.passed + undecided;
}

/**
 * Returns what is missing in a few words, such as `1 file, 3 keys and 40 checks`; empty if no subject and no check is. A file alone is
 * not: an export that was made anew under another name takes its place.
 */
export function missingWords(missing: MissingNow): string {
  const { files, subjects } = missing;
  const checks = missingChecks(missing);
  if (subjects.length === 0 && checks === 0) return '';
  return joinWords([
    ...(files.length > 0 ? [plural(files.length, 'file')] : []),
    ...subjects.map(({ kind, gone }) => plural(gone, ...SUBJECT_WORDS[kind])),
    ...(checks > 0 ? [plural(checks, 'check')] : []),
  ]);
}

const MOST_FILES = 10;

/** Returns what is missing, one sentence each. */
export function missingSentences({ files, subjects, gone, undecided }: MissingNow): string[] {
  const named = files.slice(0, MOST_FILES);
  const more = files.length - named.length;
  return [
    ...(files.length > 0
      ? [`Read before and not now: ${named.join(', ')}${more > 0 ? ` and ${formatCount(more)} more` : ''}.`]
      : []),
    ...subjects.map(
      ({ kind, gone: count }) =>
        `${plural(count, ...SUBJECT_WORDS[kind])}: examined before, and not there now.`,
    ),
    ...(gone.failed > 0
      ? [
          `${plural(gone.failed, 'check')} failed before: the subject or policy is not there now. Not counted as fixed.`,
        ]
      : []),
    ...(gone.passed > 0
      ? [`${plural(gone.passed, 'check')} passed before: the subject or policy is not there now.`]
      : []),
    ...(undecided > 0 ? [`${plural(undecided, 'check')} decided before, and without evidence now.`] : []),
  ];
}
