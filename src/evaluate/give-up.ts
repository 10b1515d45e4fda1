import { readFile, writeFile } from 'node:fs/promises';
import type { Observation } from '../model/index.js';
import { groupBy } from '../text/group-by.js';
import { observationLine } from './observation-line.js';
import { errorObservation } from './to-observation.js';

/** A policy that ended its worker on a subject, and the limit it exceeded. */
export type PolicyEnd = { ruleId: string; cause: 'time' | 'memory' };

/** What a policy may take of a thread. */
export type ThreadLimits = {
  /** Time limit for one subject, ms. */
  subjectTimeoutMs: number;
  /** Most memory of a thread, in MiB. */
  maxMemoryMb: number;
};

/** How many subjects a policy may end its worker on before it is given up. */
const GIVE_UP_AFTER = 3;

/** Words for what a policy that ended its worker did, on one subject and on several. */
const SAID: {
  [C in PolicyEnd['cause']]: (limits: ThreadLimits) => { once: string; often: string };
} = {
  time: ({ subjectTimeoutMs }) => ({
    once: `the policy did not finish within ${subjectTimeoutMs} ms`,
    often: `the policy ran over its time limit of ${subjectTimeoutMs} ms on several subjects, so it was given up`,
  }),
  memory: ({ maxMemoryMb }) => ({
    once: `the policy took more than the ${maxMemoryMb} MiB of memory that its thread has`,
    often: `the policy took more than the ${maxMemoryMb} MiB of memory that its thread has on several subjects, so it was given up`,
  }),
};

/** Returns the sentence about a policy that ended its worker on one subject. */
export function saidOnce({ cause }: PolicyEnd, limits: ThreadLimits): string {
  return SAID[cause](limits).once;
}

/** Returns the policies that ended their worker too often, by rule id, with the sentence that reports it. */
export function givenUpBy(ends: readonly PolicyEnd[], limits: ThreadLimits): Map<string, string> {
  const given = [...groupBy(ends, ({ ruleId }) => ruleId)].flatMap(([ruleId, own]) => {
    const last = own[GIVE_UP_AFTER - 1];
    return last === undefined ? [] : [[ruleId, SAID[last.cause](limits).often] as const];
  });
  return new Map(given);
}

/**
 * Replaces the results of policies that were given up in a file of observations by that sentence; none of them is
 * used.
 */
export async function withoutGivenUp(file: string, givenUp: ReadonlyMap<string, string>): Promise<void> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
  await writeFile(file, lines.map((line) => replaced(line, givenUp)).join(''));
}

function replaced(line: string, givenUp: ReadonlyMap<string, string>): string {
  const observation = JSON.parse(line) as Observation;
  const error = givenUp.get(observation.ruleId);
  if (error === undefined) return `${line}\n`;
  return observationLine(errorObservation({ id: observation.ruleId }, observation.subject, error));
}
