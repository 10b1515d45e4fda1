import type { AuditEventRecord } from '../../../../model/index.js';
import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { objectOf } from '../../../fields/json.js';
import { lifeEvent } from '../../../fields/life-events.js';
import { type Draft, type Reading, reading } from '../../../fields/record-reader.js';
import { type IsRepeated, repeatedIds } from '../../../fields/repeated-ids.js';
import { callerType, requestMeaning, secretId } from '../requests.js';
import { eventOfTable, TABLE } from './table-row.js';

const AGAIN = 'export the audit log again.';
const TIME = ['requestReceivedTimestamp', 'stageTimestamp', 'timestamp'];

/**
 * Audit log of the API server of Kubernetes: one event a line as the log backend writes it, or an `EventList` of the webhook, also from
 * EKS, AKS and OpenShift. Follows https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/
 * - Requests on Secrets, for tokens of service accounts, and changes of roles and bindings are kept; the rest is counted and left out.
 * - The key is `k8s:<namespace>/<name>`, as in the list of Secrets. Listing or watching Secrets reads all of a namespace or of the cluster and names
 *   none.
 * - A request is logged at several stages: one that was received has no answer yet and is left out, of the others the first counts.
 * - Log Analytics keeps the events of AKS as rows with the members as columns (table-row.ts).
 * - `requestObject` and `responseObject` may hold the Secret itself, and are never read.
 */
export const adapter: Adapter = {
  id: 'kubernetes-audit-log',
  title: 'Kubernetes audit log (NDJSON, JSON; JSON or CSV of AKSAudit in Log Analytics)',
  recognisedBy:
    '`apiVersion` of audit.k8s.io beside `kind` Event or EventList; columns `AuditId`, `Verb`, `ObjectRef`, `ResponseStatus`',
  proves:
    'who read, made, changed or deleted which Secret through the API server, from where, with what result',
  cannot:
    'what the policy of the log leaves out, whether an update changed the value, pods that mount a Secret, and which cluster it is',
  produces: ['events', 'rotations'],
  formats: ['ndjson', 'json', 'csv'],
  signature: ['kind', 'apiVersion', 'auditID', 'verb', 'objectRef', 'stage'],
  recognise,
  open,
};

function recognise({ header, keys, head }: FileSample): { version: string | null } | null {
  const names = header ?? keys;
  if (TABLE.every((name) => names.includes(name))) return { version: 'log-analytics' };
  const shaped = keys.includes('apiVersion') && (keys.includes('verb') || keys.includes('items'));
  return shaped && /"apiVersion"\s*:\s*"audit\.k8s\.io\//.test(head) ? { version: null } : null;
}

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const isRepeated = repeatedIds();
  return { items: ['$.items', '$', ''], convert: (raw) => convert(raw, isRepeated, context) };
}

function convert(raw: RawRecord, isRepeated: IsRepeated, context: AdapterContext): Emit[] {
  const { requestObject: _request, responseObject: _response, ...kept } = eventOfTable(raw.value);
  const r = reading({ ...raw, value: kept }, context, AGAIN);
  const verb = r.text('verb') ?? '';
  const meaning = requestMeaning({
    verb,
    resource: r.text('objectRef.resource'),
    subresource: r.text('objectRef.subresource'),
  });
  const id = r.text('auditID');
  const left = meaning === null ? 'event about no credential' : earlier(r, id, isRepeated);
  if (meaning === null || left !== null) {
    if (!r.failed) context.skip(left ?? 'event about no credential');
    return [];
  }
  const at = r.need(TIME, r.date(TIME), 'There is no time (requestReceivedTimestamp): every event has one.');
  const event = { ...common(r), event_id: id, at, action: actionOf(r, verb), key_id: keyOf(r) };
  return r.failed ? [] : lifeEvent(r, meaning, event);
}

/** Returns why a request is not counted here: it has no answer yet, or was counted at an earlier stage. */
function earlier(r: Reading, id: string | null, isRepeated: IsRepeated): string | null {
  if (r.text('stage') === 'RequestReceived') return 'request that has no answer yet';
  return isRepeated(id) ? 'later stage of a request' : null;
}

function actionOf(r: Reading, verb: string): string {
  const place = [r.text('objectRef.resource'), r.text('objectRef.subresource')].filter(
    (part) => part !== null,
  );
  return `${verb} ${place.join('/')}`;
}

function keyOf(r: Reading): string | null {
  if (r.text('objectRef.resource') !== 'secrets') return null;
  return secretId(r.text('objectRef.namespace'), r.text('objectRef.name'));
}

function common(r: Reading): Draft<'events'> {
  return {
    actor: () => r.text('user.username'),
    actor_type: () => callerType(r.text('user.username')),
    outcome: () => outcomeOf(r),
    http_status: () => r.number('responseStatus.code'),
    source_ip: () => r.list('sourceIPs')?.[0] ?? null,
    log: 'kubernetes-audit',
  };
}

function outcomeOf(r: Reading): AuditEventRecord['outcome'] {
  const code = r.number('responseStatus.code');
  if (code !== null) return code < 400 ? 'success' : 'failure';
  return objectOf(r.value('annotations'))['authorization.k8s.io/decision'] === 'forbid' ? 'failure' : null;
}
