import type { FileSample } from '../../../adapter.js';
import { unwrapping } from '../../../envelopes/unwrapping.js';

/**
 * Log of a container: lines of Docker's json-file driver (`log`, `stream`, `time`), and of Fluentd and Fluent Bit, which add what they know of
 * the pod. Follows https://docs.docker.com/engine/logging/drivers/json-file/
 * - Each line is read as the log that it is of: Vault and other programs write their audit log to the output of their container. Lines of anything
 *   else are left out; an event that Docker split, because it is longer than 16 KB, is rejected.
 */
export const adapter = unwrapping({
  id: 'container-log',
  title: 'Log of a container (NDJSON, JSON of Docker, Fluentd and Fluent Bit)',
  recognisedBy: '`log` beside `stream` stdout or stderr',
  proves: 'what the events of known logs prove that the container wrote',
  cannot: 'that what was rotated away or dropped on the way did not happen',
  formats: ['ndjson', 'json'],
  signature: ['log', 'stream', 'time', 'kubernetes'],
  items: ['$', ''],
  places: [['log']],
  recognise: ({ keys, head }: FileSample) =>
    keys.includes('log') && keys.includes('stream') && /"stream"\s*:\s*"std(?:out|err)"/.test(head)
      ? { version: null }
      : null,
});
