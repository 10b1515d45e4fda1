import {
  type Assessment,
  SEVERITIES,
  type Severity,
  SUBJECT_WORDS,
  type SubjectFailures,
} from '../../model/index.js';
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
  /**
   * Subjects of the first kind whose worst result it is: `93 keys`, `223 more keys`; if there is none of them, of the next kind that has
   * one: `1 route`, `the organisation`. Empty if it is the worst result of no subject.
   */
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
    subjects: worstOn(assessment.subjectFailures, main, place),
  }));
  const undecided = {
    key: 'no-evidence',
    label: 'Undecided',
    count: outcomes['no-evidence'] + outcomes.error,
    subjects: main?.undecided ? subjectsText(main, main.undecided, afterOthers(main, SEVERITIES)) : '',
  };
  return [...failed, undecided];
}

/** Returns how the subjects of the tiles add up; null if no tile has any. */
export function countedOnceText(assessment: Pick<Assessment, 'outcomes' | 'subjectFailures'>): string | null {
  const main = mainFailures(assessment);
  if (main === undefined || main.failed + main.undecided === 0) return null;
  return `Each ${SUBJECT_WORDS[main.kind][0]} counts once, at its worst result.`;
}

function worstOn(all: readonly SubjectFailures[], main: SubjectFailures | undefined, place: number): string {
  const [severity, worse] = [SEVERITIES[place], SEVERITIES.slice(0, place)];
  if (severity === undefined || main === undefined) return '';
  const kinds = [main, ...all.filter((kind) => kind !== main)];
  const found = kinds.find(({ worst }) => worst[severity] > 0);
  return found === undefined ? '' : subjectsText(found, found.worst[severity], afterOthers(found, worse));
}

function afterOthers({ worst }: SubjectFailures, worse: readonly Severity[]): string {
  return worse.some((severity) => worst[severity] > 0) ? 'more ' : '';
}

function subjectsText({ kind }: SubjectFailures, count: number, more = ''): string {
  if (kind === 'organisation') return 'the organisation';
  const [one, many] = SUBJECT_WORDS[kind];
  return more === '' ? plural(count, one, many) : `${formatCount(count)} ${more}${count === 1 ? one : many}`;
}
