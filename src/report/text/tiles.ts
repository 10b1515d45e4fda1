import { type Assessment, SEVERITIES, SUBJECT_WORDS, type SubjectFailures } from '../../model/index.js';
import { formatCount, plural } from '../../text/format.js';
import { mainFailures } from './glance.js';
import { SEVERITY_WORDS } from './words.js';

/** Failed checks of one severity, or undecided checks, as a number with its word. */
export type Tile = {
  /** Severity, or `no-evidence` for undecided checks. */
  key: string;
  label: string;
  /** Checks. */
  count: number;
  /** Subjects of the first kind whose worst result it is: `93 keys`, `223 more keys`; empty if no check has it. */
  subjects: string;
};

/** Returns how many checks failed by severity and how many are undecided, each with the keys of which it is the worst result. */
export function tilesOf(assessment: Pick<Assessment, 'severities' | 'outcomes' | 'subjectFailures'>): Tile[] {
  const { severities, outcomes } = assessment;
  const main = mainFailures(assessment);
  const failed = SEVERITIES.map((key, place) => ({
    key: String(key),
    label: SEVERITY_WORDS[key],
    count: severities[key],
    subjects:
      main === undefined || severities[key] === 0
        ? ''
        : subjectsText(
            main,
            main.worst[key],
            SEVERITIES.slice(0, place).some((worse) => main.worst[worse] > 0) ? 'more ' : '',
          ),
  }));
  const undecided = {
    key: 'no-evidence',
    label: 'Undecided',
    count: outcomes['no-evidence'] + outcomes.error,
    subjects: main?.undecided ? `${subjectsText(main, main.undecided)} without a failure` : '',
  };
  return [...failed, undecided];
}

function subjectsText({ kind }: SubjectFailures, count: number, more = ''): string {
  const [one, many] = SUBJECT_WORDS[kind];
  return more === '' ? plural(count, one, many) : `${formatCount(count)} ${more}${count === 1 ? one : many}`;
}
