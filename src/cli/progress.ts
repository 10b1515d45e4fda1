import type { OnProgress, ProgressEvent, ProgressStage } from '../model/index.js';
import { formatCount, plural, start } from '../text/format.js';
import type { World } from './world.js';

/** How progress is shown, and how its end is. */
export type Progress = {
  /** Hears each step. */
  onProgress: OnProgress;
  /** Ends what is shown: clears the line, or writes the last stage. */
  end: () => void;
};

const VERBS: { [S in ProgressStage]: { doing: string; done: string; unit: string } } = {
  read: { doing: 'Reading', done: 'Read', unit: 'files' },
  join: { doing: 'Joining', done: 'Joined', unit: 'records' },
  evaluate: { doing: 'Evaluating', done: 'Evaluated', unit: 'subjects' },
  judge: { doing: 'Judging', done: 'Judged', unit: 'controls' },
  write: { doing: 'Writing', done: 'Wrote', unit: 'the pack' },
  print: { doing: 'Printing', done: 'Printed', unit: 'pages' },
};
const REDRAW_MS = 80;
const CLEAR_LINE = '\r\u001b[K';

/**
 * Returns how a command shows its progress: one line that is redrawn on a terminal, a line a stage elsewhere; undefined if
 * it is not to show any.
 */
export function progressOf(
  { terminal }: World,
  wanted: { quiet?: boolean; progress: boolean },
): Progress | undefined {
  if (wanted.quiet || !wanted.progress) return undefined;
  const now = () => performance.now();
  return terminal.isTTY
    ? progressLine(terminal.stderr, now, () => terminal.columns)
    : stageLines(terminal.stderr, now);
}

/**
 * Draws one line of progress on a terminal, with rate and remaining time, and clears it at the end.
 * @param columns width of the terminal; the line is cut to it, so that it never wraps.
 */
export function progressLine(
  write: (text: string) => void,
  now: () => number,
  columns: () => number,
): Progress {
  let stage: ProgressStage | null = null;
  let started = 0;
  let drawn = 0;
  const onProgress: OnProgress = (event) => {
    if (event.stage !== stage) {
      stage = event.stage;
      started = now();
    } else if (now() - drawn < REDRAW_MS && event.done !== event.total) return;
    drawn = now();
    write(`${CLEAR_LINE}${start(progressText(event, now() - started), columns() - 1)}`);
  };
  return { onProgress, end: () => write(CLEAR_LINE) };
}

/** Writes one line a stage when the stage has ended, for logs: `Read 157 files (8.2 s)`. */
export function stageLines(write: (text: string) => void, now: () => number): Progress {
  let last: ProgressEvent | null = null;
  let started = 0;
  const end = () => {
    if (last !== null) write(`${stageText(last, now() - started)}\n`);
    last = null;
  };
  const onProgress: OnProgress = (event) => {
    if (event.stage !== last?.stage) {
      end();
      started = now();
    }
    last = event;
  };
  return { onProgress, end };
}

/**
 * Returns a line such as `Evaluating 12,000 of 100,000 subjects, 9,800/s, 9 s left`.
 *
 * @param elapsedMs ms since the stage began.
 */
export function progressText(event: ProgressEvent, elapsedMs: number): string {
  const { doing, unit } = VERBS[event.stage];
  if (event.total === null && event.done === 0) return `${doing} ${unit}${detailText(event)}`;
  const of = event.total === null ? '' : ` of ${formatCount(event.total)}`;
  const rate = elapsedMs >= 500 ? (event.done * 1000) / elapsedMs : 0;
  const pace = rate > 0 ? `, ${rate >= 10 ? formatCount(Math.round(rate)) : rate.toFixed(1)}/s` : '';
  const left =
    rate > 0 && event.total !== null ? `, ${remaining((event.total - event.done) / rate)} left` : '';
  return `${doing} ${formatCount(event.done)}${of} ${unit}${pace}${left}${detailText(event)}`;
}

/** Returns a line such as `Evaluated 2,913 subjects (4.1 s)`. */
function stageText({ stage, done }: ProgressEvent, elapsedMs: number): string {
  const { done: verb, unit } = VERBS[stage];
  const counted = done === 0 ? unit : plural(done, unit.replace(/s$/, ''), unit);
  return `${verb} ${counted} (${(elapsedMs / 1000).toFixed(1)} s)`;
}

function detailText({ detail }: ProgressEvent): string {
  return detail ? `  ${detail}` : '';
}

function remaining(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return `${Math.ceil(seconds / 60)} min`;
}
