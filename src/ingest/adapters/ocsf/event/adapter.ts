import type { FileSample } from '../../../adapter.js';
import { unwrapping } from '../../../envelopes/unwrapping.js';
import { adapter as cloudtrail } from '../../aws/cloudtrail/adapter.js';

/**
 * Events in the Open Cybersecurity Schema Framework, as sources of one's own write them to Security Lake and pipelines to a lake. Follows
 * https://schema.ocsf.io/1.3.0/base_event
 * - Each event is read as the log that `raw_data` is of: products map the members of their events in ways of their own, so that these are not read.
 *   Events of CloudTrail, which AWS maps itself, are read by aws/cloudtrail.
 */
export const adapter = unwrapping({
  id: 'ocsf-events',
  title: 'Events in OCSF with their raw data (JSON, NDJSON)',
  recognisedBy: '`raw_data` beside `class_uid` and `metadata`',
  proves: 'what the events of known logs prove that were mapped',
  cannot: 'that what the mapping left out did not happen, and events without `raw_data`',
  formats: ['json', 'ndjson'],
  signature: ['class_uid', 'metadata', 'raw_data', 'activity_id', 'time'],
  items: ['$', ''],
  places: [['raw_data']],
  recognise: (sample: FileSample) => {
    const shaped = ['class_uid', 'metadata', 'raw_data'].every((name) => sample.keys.includes(name));
    return shaped && cloudtrail.recognise(sample) === null ? { version: null } : null;
  },
});
