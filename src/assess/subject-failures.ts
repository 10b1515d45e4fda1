import { SEVERITIES, SUBJECT_KINDS, type SubjectCounts, type SubjectFailures } from '../model/index.js';
import type { Store } from '../store/index.js';
import { noSeverities } from './policy-results.js';

type Row = Pick<SubjectFailures, 'kind' | 'tested' | 'failed' | 'undecided'> & SubjectFailures['worst'];

const RANK = `list_position([${SEVERITIES.map((severity) => `'${severity}'`).join(', ')}], severity)`;

const BY_KIND = `SELECT kind, count(*) FILTER (tested) AS tested, count(rank) AS failed, count(*) FILTER (rank IS NULL AND lacking) AS undecided,
    ${SEVERITIES.map((severity, index) => `count(*) FILTER (rank = ${index + 1}) AS ${severity}`).join(', ')}
  FROM (SELECT kind, "subjectId", min(${RANK}) FILTER (outcome = 'fail') AS rank,
      bool_or(outcome <> 'no-evidence') AS tested, bool_or(outcome = 'no-evidence') AS lacking
    FROM observations WHERE outcome IN ('pass', 'fail', 'no-evidence') GROUP BY kind, "subjectId")
  GROUP BY kind`;

/** Counts the subjects of each kind that has any by their failures, in the order of reports. */
export async function subjectFailures(subjects: SubjectCounts, store: Store): Promise<SubjectFailures[]> {
  const rows = await store.query<Row>(BY_KIND);
  return SUBJECT_KINDS.filter((kind) => subjects[kind] > 0).map((kind) => {
    const row = rows.find((one) => one.kind === kind);
    return {
      kind,
      subjects: subjects[kind],
      tested: row?.tested ?? 0,
      failed: row?.failed ?? 0,
      worst: row === undefined ? noSeverities() : worstOf(row),
      undecided: row?.undecided ?? 0,
    };
  });
}

function worstOf({ critical, high, medium, low }: Row): SubjectFailures['worst'] {
  return { critical, high, medium, low };
}
