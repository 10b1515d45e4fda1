import type { Assessment, InputFile, PopulationRow } from '../../model/index.js';
import { formatBytes, formatCount, formatDays, plural } from '../../text/format.js';
import { RECORD_WORDS } from '../../text/record-words.js';
import { coverageLines } from '../text/coverage-lines.js';
import { problemsOfKind } from '../text/partial-inputs.js';
import { type Capped, capped } from './caps.js';
import type { ViewContext } from './context.js';

/** An input file as printed. */
export type InputView = {
  path: string;
  sha256: string;
  size: string;
  adapter: string;
  records: number;
  rejected: number;
  notes: string[];
};

/** A rejected record as printed. */
export type RejectView = { file: string; record: string; field: string; reason: string };

/** A row of the population table as printed. */
export type PopulationView = Omit<PopulationRow, 'kind' | 'range'> & {
  name: string;
  range: string;
  /** What is wrong with its inputs; empty if nothing is known to be. */
  problems: string;
};

/** Inputs, population and what was left out, as printed. */
export type InputsView = {
  population: PopulationView[];
  used: Capped<InputView>;
  /** `157 files, 12.1 MB, 52,310 records`. */
  usedText: string;
  /** True if the files used are few enough to be shown at once. */
  usedOpen: boolean;
  /** Whether every file was read to its end and no record was rejected. */
  whole: boolean;
  notUsed: Capped<InputView>;
  unreadable: Capped<InputView>;
  rejected: number;
  rejects: Capped<RejectView>;
};

/** Returns everything the report states about its inputs. */
export function inputsView(context: ViewContext): InputsView {
  const { assessment } = context;
  const used = assessment.inputs.filter(({ state }) => state === 'used');
  const rejected = assessment.inputs.reduce((sum, file) => sum + file.rejected, 0);
  return {
    population: assessment.population.map((row) => populationView(row, assessment)),
    used: filesIn('used', context),
    usedText: usedText(used),
    usedOpen: used.length <= SHOWN_FILES,
    whole:
      rejected === 0 && assessment.inputs.every(({ state, truncated }) => state === 'used' && !truncated),
    notUsed: filesIn('not-used', context),
    unreadable: filesIn('unreadable', context),
    rejected,
    rejects: capped(rejectViews(assessment), context.caps.rejects, rejected, IN_ASSESSMENT),
  };
}

/** Files used that the page shows before the reader asks for them. */
const SHOWN_FILES = 12;

const IN_ASSESSMENT = 'assessment.json lists the first 1,000 of each file';

function usedText(used: readonly InputFile[]): string {
  const sum = (of: 'bytes' | 'records') => used.reduce((all, file) => all + file[of], 0);
  return `${plural(used.length, 'file')}, ${formatBytes(sum('bytes'))}, ${plural(sum('records'), 'record')}`;
}

function filesIn(state: InputFile['state'], context: ViewContext): Capped<InputView> {
  const files = context.assessment.inputs.filter((file) => file.state === state);
  return capped(files.map(inputView), context.caps.inputs, files.length, 'all of them are in manifest.json');
}

function inputView(file: InputFile): InputView {
  return {
    path: file.path,
    sha256: file.sha256 ?? 'not computed',
    size: formatBytes(file.bytes),
    adapter: [file.adapter ?? 'not recognised', file.version ?? ''].join(' ').trim(),
    records: file.records,
    rejected: file.rejected,
    notes: [
      ...file.warnings,
      ...truncatedNote(file),
      ...coverageLines(file),
      ...unreadableNotes(file),
      ...skippedNotes(file),
      ...file.decisions.slice(0, MOST_DECISIONS).map((sentence) => `${sentence}.`),
    ],
  };
}

/** Number of decisions shown for a file; assessment.json has all. */
const MOST_DECISIONS = 10;
/** Number of unreadable values shown for a file; assessment.json has the first 1,000. */
const MOST_UNREADABLE = 5;

function unreadableNotes({ unreadable, unreadableFields }: InputFile): string[] {
  if (unreadableFields === 0) return [];
  const shown = unreadable
    .slice(0, MOST_UNREADABLE)
    .map(({ record, field, reason }) => `${record}, ${field}: ${reason}`);
  const more =
    unreadableFields > shown.length ? ` and ${formatCount(unreadableFields - shown.length)} more` : '';
  return [`Could not be read and is unknown: ${shown.join('; ')}${more}.`];
}

const truncatedNote = ({ truncated }: InputFile): string[] =>
  truncated ? ['Not complete: the export continues elsewhere or ends early.'] : [];

function skippedNotes({ skipped }: InputFile): string[] {
  return Object.entries(skipped)
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => `${formatCount(count)} left out: ${reason}.`);
}

function rejectViews({ inputs }: Assessment): RejectView[] {
  return inputs.flatMap(({ path, rejects }) =>
    rejects.map(({ record, field, reason }) => ({
      file: path,
      record,
      field: field ?? 'whole record',
      reason,
    })),
  );
}

function populationView({ kind, range, ...counts }: PopulationRow, assessment: Assessment): PopulationView {
  return {
    ...counts,
    name: RECORD_WORDS[kind],
    problems: problemsOfKind(assessment, kind),
    range: range === null ? 'no dates' : formatDays(range.firstMs, range.lastMs),
  };
}
