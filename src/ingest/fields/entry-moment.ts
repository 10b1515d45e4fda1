import { isObject } from '../../text/is-object.js';
import { parseInstant } from './instants.js';

/** Members in which logs state when an entry was made, best first. */
const MOMENTS = [
  'eventTime',
  'eventTimestamp',
  'timestamp',
  '@timestamp',
  'time',
  'TimeGenerated',
  'TimeGenerated [UTC]',
  'IsoTimestamp',
  'activityDateTime',
  'published',
  'requestReceivedTimestamp',
  'stageTimestamp',
  'created_at',
  'createdAt',
];

/**
 * Returns when an entry of a log was made, epoch ms, whatever it is about; null if it states no exact time in a member that logs
 * have for it.
 */
export function momentOfEntry(entry: Record<string, unknown>): number | null {
  const detail = entry['detail'];
  for (const holder of isObject(detail) ? [entry, detail] : [entry]) {
    const stated = MOMENTS.map((name) => holder[name]).find((value) => value !== undefined && value !== null);
    const read = parseInstant(stated);
    if (read.ok && read.value?.state === 'known' && read.value.tolerance_ms === 0) return read.value.ms;
  }
  return null;
}
