import { DAY_MS, KeyproofError, type Waiver, type WaiverFile } from '../model/index.js';
import { checkedYaml, type YamlPath } from '../text/checked-yaml.js';
import { byText } from '../text/compare-text.js';
import { readSmallFile } from '../text/small-file.js';
import { startOfDay } from '../text/start-of-day.js';

/** A list of waivers with the file it is from. */
export type WaiverList = {
  /** The waivers, in the order of the file. */
  waivers: readonly Waiver[];
  /** Path to name in messages. */
  shown: string;
  /** Line of a part of the file, by path from its top. */
  lineOf: (path: YamlPath) => number;
};

/** Longest time an exception may hold: a year, which may have a leap day. */
const LONGEST_DAYS = 366;

/**
 * Reads a file of accepted exceptions.
 * @param shown the path to name in messages.
 * @throws KeyproofError with one line a problem if it cannot be used.
 */
export function loadWaivers(file: string, shown: string): Waiver[] {
  const text = readSmallFile({ path: file, shown, option: '--waivers' });
  const { value, lineOf } = checkedYaml<WaiverFile>(text, { shown, schema: 'waivers' });
  return checkedWaivers({ waivers: value.waivers, shown, lineOf });
}

/**
 * Returns waivers that a schema has found valid, if they also hold what it cannot say: distinct ids, days of the calendar in
 * their order, at most a year, two persons, and subjects that are named.
 * @throws KeyproofError with one line a problem: file, line, waiver, what is wrong.
 */
export function checkedWaivers({ waivers, shown, lineOf }: WaiverList): Waiver[] {
  const problems = waivers.flatMap((waiver, index) =>
    problemsOf(waiver, waivers.slice(0, index)).map(
      ({ field, sentence }) =>
        `${shown}:${lineOf(['waivers', index, field])}: waiver ${waiver.id}: ${sentence}`,
    ),
  );
  if (problems.length > 0) throw new KeyproofError(problems.join('\n'));
  return [...waivers];
}

type Problem = { field: keyof Waiver; sentence: string };

function problemsOf(waiver: Waiver, earlier: readonly Waiver[]): Problem[] {
  return [
    ...(earlier.some(({ id }) => id === waiver.id)
      ? [{ field: 'id' as const, sentence: 'the id is given twice; give each exception its own.' }]
      : []),
    ...dateProblems(waiver),
    ...(samePerson(waiver.requestedBy, waiver.approver)
      ? [
          {
            field: 'approver' as const,
            sentence: 'approver is who requested it; another person must accept the risk.',
          },
        ]
      : []),
    ...subjectProblems(waiver),
  ];
}

function dateProblems({ granted, expires }: Waiver): Problem[] {
  const wrong = (['granted', 'expires'] as const).filter(
    (field) => startOfDay({ granted, expires }[field]) === null,
  );
  if (wrong.length > 0)
    return wrong.map((field) => ({
      field,
      sentence: `${field} is no day of the calendar; write it as 2026-09-30.`,
    }));
  const days = ((startOfDay(expires) ?? 0) - (startOfDay(granted) ?? 0)) / DAY_MS;
  if (days < 0)
    return [{ field: 'expires', sentence: `it expires (${expires}) before it is granted (${granted}).` }];
  if (days > LONGEST_DAYS)
    return [
      {
        field: 'expires',
        sentence: `it holds for ${days} days; an exception expires after a year at most, and is granted anew.`,
      },
    ];
  return [];
}

function samePerson(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

function subjectProblems({ subjects, allSubjects }: Waiver): Problem[] {
  if (allSubjects) {
    const both = subjects !== undefined && subjects.length > 0;
    return both
      ? [{ field: 'subjects', sentence: 'subjects and allSubjects contradict each other; leave one out.' }]
      : [];
  }
  if (subjects === undefined || subjects.length === 0)
    return [{ field: 'id', sentence: 'it names no subjects; name them, or state allSubjects: true.' }];
  return subjects.some((subject) => /^[*\s]+$/.test(subject))
    ? [
        {
          field: 'subjects',
          sentence: 'a pattern of * alone names every subject; state allSubjects: true if that is meant.',
        },
      ]
    : [];
}

/**
 * Joins the waivers of keyproof.yaml and of a file, sorted by id.
 * @throws KeyproofError if both have the same id.
 */
export function joinedWaivers(config: readonly Waiver[], file: readonly Waiver[]): Waiver[] {
  const twice = file.find(({ id }) => config.some((own) => own.id === id));
  if (twice !== undefined)
    throw new KeyproofError(
      `waiver ${twice.id}: is in keyproof.yaml and in the file of --waivers; leave one out.`,
    );
  return [...config, ...file].sort(byText(({ id }) => id));
}
