import { isObject } from '../../../../text/is-object.js';
import type { FileSample } from '../../../adapter.js';
import { type EventPart, unwrapping } from '../../../envelopes/unwrapping.js';

const NO_DATA = 'there is no data in base64: expected a message with the entry of a log';
const DATA = /"data"\s*:\s*"[A-Za-z\d+/=_-]*"/;
const BASE64 = /^[A-Za-z\d+/_-]+={0,2}$/;

/**
 * Messages of Google Pub/Sub that carry entries of a log (a sink of Cloud Logging): as `gcloud pubsub subscriptions pull --format=json` and
 * `subscriptions.pull` give them, and as a push delivers one (`message`, `subscription`). Follows
 * https://cloud.google.com/pubsub/docs/reference/rest/v1/projects.subscriptions/pull,
 * https://cloud.google.com/pubsub/docs/push and https://cloud.google.com/logging/docs/export/pubsub
 * - `data` is the entry in base64, which is read as the log that it is of. Attributes are not read.
 * - A pull takes what is at hand, up to its limit, and a message may come twice: nothing tells what else the subscription holds.
 */
export const adapter = unwrapping({
  id: 'gcp-pubsub-messages',
  title: 'Google Pub/Sub messages with entries of a log (JSON, NDJSON)',
  recognisedBy: '`message` with `data` beside `ackId` or `subscription`; `receivedMessages`',
  proves: 'what the events of known logs prove that the messages carry',
  cannot:
    'that what the sink left out, an earlier pull took or the limit of the pull kept back did not happen',
  formats: ['json', 'ndjson'],
  signature: ['receivedMessages', 'ackId', 'message', 'data', 'messageId', 'publishTime', 'subscription'],
  items: ['$.receivedMessages', '$', ''],
  places: [['data']],
  recognise: ({ keys, head }: FileSample) => {
    const isOne = keys.includes('message') && (keys.includes('ackId') || keys.includes('subscription'));
    const carries = DATA.test(head) && /"(?:messageId|message_id)"\s*:/.test(head);
    return (isOne || keys.includes('receivedMessages')) && carries ? { version: null } : null;
  },
  parts,
});

function parts({ message }: Record<string, unknown>): EventPart[] {
  const data = isObject(message) ? message['data'] : undefined;
  const isEncoded = typeof data === 'string' && BASE64.test(data);
  return [
    { at: ['message'], holder: isEncoded ? { data: Buffer.from(data, 'base64').toString('utf8') } : NO_DATA },
  ];
}
