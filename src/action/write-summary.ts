import { appendFileSync, statSync } from 'node:fs';
import { type Room, SUMMARY_ROOM } from './markdown/summary.js';
import { reasonOf } from './reason-of.js';
import type { RunnerEnv } from './run-event.js';

/** Least that is worth writing, bytes. */
const LEAST = 10_000;

/**
 * Adds text to the summary of the step, which a runner refuses as a whole if it is too large: what stands in it already counts.
 * @param text returns the text that fits.
 * @returns why nothing was added, in one sentence; null if it was, or there is no summary.
 */
export function writeSummary(
  { GITHUB_STEP_SUMMARY: file }: RunnerEnv,
  text: (room: Room) => string,
): string | null {
  if (!file) return null;
  try {
    const bytes = SUMMARY_ROOM.bytes - (statSync(file, { throwIfNoEntry: false })?.size ?? 0);
    if (bytes < LEAST) return FULL;
    appendFileSync(file, text({ ...SUMMARY_ROOM, bytes }));
    return null;
  } catch (error) {
    return `The summary was not written: ${reasonOf(error)}`;
  }
}

const FULL =
  'The summary was not written: what stands in GITHUB_STEP_SUMMARY already leaves no room, and a runner refuses more than 1 MiB.';
