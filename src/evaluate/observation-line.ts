import type { Observation } from '../model/index.js';
import { errorObservation } from './to-observation.js';

/** What is examined of one subject by one policy fills a page or two; what loads observations takes lines of 16 MB. */
const MOST_CHARACTERS = 2 ** 20;

/** An observation as a line of NDJSON; one that is too long to be meant for people is an `error` that says so. */
export function observationLine(observation: Observation): string {
  const line = JSON.stringify(observation);
  if (line.length <= MOST_CHARACTERS) return `${line}\n`;
  const { ruleId, subject } = observation;
  const error = `the policy's answer takes more than ${MOST_CHARACTERS} characters`;
  return `${JSON.stringify(errorObservation({ id: ruleId }, subject, error))}\n`;
}
