import type { OnProgress, ProgressEvent, ProgressStage } from '../model/index.js';
import { formatCount } from '../text/format.js';

const VERBS: { [S in ProgressStage]: [string, string] } = {
  read: ['Reading', 'files'],
  evaluate: ['Evaluating', 'subjects'],
  print: ['Printing', 'pages'],
};
const REDRAW_MS = 80;
const CLEAR_LINE = '\r\u001b[K';

/** Draws one line of progress on a terminal, with rate and remaining time, and clears it at the end. */
export function progressLine(
  write: (text: string) => void,
  now: () => number,
): { onProgress: OnProgress; clear: () => void } {
  let stage: ProgressStage | null = null;
  let started = 0;
  let drawn = 0;
  const onProgress: OnProgress = (event) => {
    if (event.stage !== stage) {
      stage = event.stage;
      started = now();
    } else if (now() - drawn < REDRAW_MS && event.done !== event.total) return;
    drawn = now();
    write(`${CLEAR_LINE}${progressText(event, now() - started)}`);
  };
  return { onProgress, clear: () => write(CLEAR_LINE) };
}

/**
 * Returns a line such as `Evaluating 12,000 of 100,000 subjects, 9,800/s, 9 s left`.
 *
 * @param elapsedMs ms since the stage began.
 */
export function progressText(event: ProgressEvent, elapsedMs: number): string {
  const [verb, unit] = VERBS[event.stage];
  const of = event.total === null ? '' : ` of ${formatCount(event.total)}`;
  const rate = elapsedMs >= 500 ? (event.done * 1000) / elapsedMs : 0;
  const pace = rate > 0 ? `, ${rate >= 10 ? formatCount(Math.round(rate)) : rate.toFixed(1)}/s` : '';
  const left =
    rate > 0 && event.total !== null ? `, ${remaining((event.total - event.done) / rate)} left` : '';
  return `${verb} ${formatCount(event.done)}${of} ${unit}${pace}${left}${event.detail ? `  ${event.detail}` : ''}`;
}

function remaining(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return `${Math.ceil(seconds / 60)} min`;
}
