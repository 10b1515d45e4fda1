import type { Observation } from '../model/index.js';
import { errorObservation } from './to-observation.js';

/**
 * Longest line, in characters. One policy's result on one subject fills a page or two; the loader takes lines of 16
 * MB.
 */
const MOST_CHARACTERS = 2 ** 20;

/** Returns an observation as a line of NDJSON; one that is too long becomes an `error` that states the limit. */
export function observationLine(observation: Observation): string {
  const line = JSON.stringify(observation);
  if (line.length <= MOST_CHARACTERS) return `${line}\n`;
  const { ruleId, subject } = observation;
  const error = `the policy's answer takes more than ${MOST_CHARACTERS} characters`;
  return `${JSON.stringify(errorObservation({ id: ruleId }, subject, error))}\n`;
}
