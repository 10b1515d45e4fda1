import type { AuditEventRecord } from '../../../../model/index.js';
import { fingerprint } from '../../../../secrets/fingerprint.js';
import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { textOf } from '../../../fields/json.js';
import { lifeEvent } from '../../../fields/life-events.js';
import { warnOfNextPage } from '../../../fields/next-page.js';
import { type Draft, type Reading, reading } from '../../../fields/record-reader.js';
import { type IsRepeated, repeatedIds } from '../../../fields/repeated-ids.js';
import { hasMember } from '../../../fields/whole-record.js';
import { callerType, secretId } from '../../kubernetes/requests.js';
import { shortResourceName } from '../resource-names.js';
import { meaningOf } from './methods.js';
import { entryOfTable } from './table-row.js';

const AGAIN = 'export the log again.';
const GOES_ON =
  'The export ends with a nextPageToken: the log has more entries than it lists. Add the next pages.';
const READS_OFF =
  'No reading of a secret is in this log: Google writes Data Access logs only if they were switched on, so that it does not show that nobody read one.';
const KEY =
  /projects\/[^/]+\/(?:(?:locations\/[^/]+\/)?(?:secrets|keys)\/[^/]+|serviceAccounts\/[^/]+\/keys\/[^/]+)/;
/** Resource name of a key of Apigee, which ends in the key itself. */
const APIGEE_KEY = /^organizations\/[^/]+\/(?:[^/]+\/[^/]+\/)?apps\/[^/]+\/keys\/([^/:]+)/;
/** Resource name of a Secret of a cluster. */
const CLUSTER_SECRET = /^core\/v1\/namespaces\/([^/]+)\/secrets\/([^/]+)$/;
const CLUSTER = 'k8s.io';

/**
 * Google Cloud audit logs: `gcloud logging read --format=json` (a bare array), sinks to Cloud Storage (one entry a line) and
 * the API (`{entries}`); rows of BigQuery (a sink, or Log Analytics) and the CSV that the Logs Explorer downloads. Follows https://cloud.google.com/logging/docs/reference/audit/auditlog/rest/Shared.Types/AuditLog
 * - Calls of Secret Manager, and those of IAM and the API Keys API that concern keys, become events; the key is the resource
 *   name without the version, with the project's number if the log has that.
 * - A call made with a key of a service account is a use of that key too (`serviceAccountKeyName`).
 * - `status: {}` is success; a permission that is not `granted`, which Google leaves out if it is false, is a failure.
 * - Of clusters (GKE), what their own audit log would tell counts: requests on Secrets, for tokens of service accounts, and changes of roles. The key
 *   is `k8s:<namespace>/<name>`, as in the list of Secrets.
 * - Of Apigee, what is done with keys of developers' apps counts. A resource name of such a key ends in the key itself: it is
 *   fingerprinted at once, and the id is that of the list of apps.
 * - Of an operation that takes a while, the last entry counts. An entry delivered twice (`insertId`) counts once.
 */
export const adapter: Adapter = {
  id: 'gcp-audit-log',
  title: 'Google Cloud audit log entries (JSON, NDJSON; JSON of BigQuery; CSV of the Logs Explorer)',
  recognisedBy:
    '`protoPayload` or `protopayload_auditlog` with `serviceName` and `methodName`, also as columns `protoPayload.methodName`',
  proves:
    'who made, replaced, read or deleted secrets, service-account keys, API keys and keys of Apigee apps, and which key a caller used',
  cannot: 'who read a secret if Data Access logs are off, and calls of days that were not exported',
  produces: ['events', 'rotations'],
  formats: ['json', 'ndjson', 'csv'],
  signature: ['protoPayload', 'insertId', 'logName', 'resource', 'timestamp', 'severity'],
  recognise,
  open,
};

const HOLDERS = ['protoPayload', 'protopayload_auditlog', 'proto_payload', 'entries'];

function recognise({ keys, header, head }: FileSample): { version: string | null } | null {
  if (header !== null) {
    const has = ['protoPayload.methodName', 'protoPayload.serviceName'].every((name) =>
      header.includes(name),
    );
    return has ? { version: 'logs-explorer' } : null;
  }
  const holds = HOLDERS.some((name) => keys.includes(name));
  const isAudit = /"method(?:Name|_name)"\s*:/.test(head) && /"service(?:Name|_name)"\s*:/.test(head);
  return holds && isAudit ? { version: null } : null;
}

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const isRepeated = repeatedIds();
  let reads = 0;
  return {
    items: ['$.entries', '$', ''],
    convert(raw) {
      const emits = convert(raw, isRepeated, context);
      reads += emits.filter(isReading).length;
      return emits;
    },
    envelope: (value) => warnOfNextPage(value, ['nextPageToken'], GOES_ON, context),
    end() {
      if (reads === 0) context.warn(READS_OFF);
      return [];
    },
  };
}

/** Readings of Secrets of clusters are logged in a different way, and show nothing of the setting of Secret Manager. */
function isReading(emit: Emit): boolean {
  return (
    emit.kind === 'events' &&
    emit.record.category === 'read-secret' &&
    !emit.record.action?.startsWith('io.k8s.')
  );
}

function convert(raw: RawRecord, isRepeated: IsRepeated, context: AdapterContext): Emit[] {
  const r = reading({ ...raw, value: entryOfTable(raw.value) }, context, AGAIN);
  const service = r.text('protoPayload.serviceName') ?? '';
  const method = r.text('protoPayload.methodName') ?? '';
  const meaning = meaningOf(service, method);
  const used = r.text('protoPayload.authenticationInfo.serviceAccountKeyName');
  const left = leftOut(r, meaning !== null || used !== null, isRepeated);
  if (left !== null && !r.failed) {
    context.skip(left);
    return [];
  }
  const at = r.need('timestamp', r.date('timestamp'), 'There is no timestamp: every entry has one.');
  const event = { ...common(r), at, action: method || null, outcome: () => outcomeOf(r) };
  if (r.failed) return [];
  return [
    ...(meaning ? lifeEvent(r, meaning, { ...event, key_id: keyOf(r) }) : []),
    ...(used === null ? [] : keyUse(r, event, shortResourceName(used))),
  ];
}

/** Returns why an entry is left out; null if it counts. */
function leftOut(r: Reading, concernsKeys: boolean, isRepeated: IsRepeated): string | null {
  if (!concernsKeys) return 'event about no credential';
  if (r.flag('operation.first') === true && r.flag('operation.last') !== true)
    return 'beginning of an operation';
  return isRepeated(r.text('insertId')) ? 'event delivered twice' : null;
}

function common(r: Reading): Draft<'events'> {
  const identity = 'protoPayload.authenticationInfo';
  const actor = r.text([`${identity}.principalEmail`, `${identity}.principalSubject`]);
  const isService =
    /gserviceaccount\.com$/.test(actor ?? '') ||
    r.text(`${identity}.principalSubject`)?.startsWith('serviceAccount:');
  const ofCloud = actor === null ? null : isService ? 'automation' : 'human';
  return {
    event_id: r.text('insertId'),
    actor,
    actor_type: actor?.startsWith('system:') ? callerType(actor) : ofCloud,
    source_ip: () =>
      r.text(['protoPayload.requestMetadata.callerIp', 'protoPayload.requestMetadata.callerIP']),
    log: 'gcp-audit',
  };
}

/** Returns the use of a service-account key, as an event of its own. */
function keyUse(r: Reading, event: Draft<'events'>, key: string): Emit[] {
  const id = typeof event.event_id === 'string' ? `${event.event_id}#key` : null;
  return r.emit('events', { ...event, event_id: id, key_id: key, category: 'use' });
}

/** Returns the key that a call is about: as the answer names it, else the request, else the resource. */
function keyOf(r: Reading): string | null {
  const places = ['response.name', 'request.name', 'resourceName'];
  const names = places.map((place) => textOf(r.value(`protoPayload.${place}`)));
  const apigee = names.map((name) => APIGEE_KEY.exec(name ?? '')?.[1]).find((key) => key !== undefined);
  if (apigee !== undefined) return `apigee:${fingerprint(decoded(apigee))}`;
  if (r.text('protoPayload.serviceName') === CLUSTER) return clusterSecret(r);
  return names.map((name) => KEY.exec(name ?? '')?.[0]).find((key) => key !== undefined) ?? null;
}

function clusterSecret(r: Reading): string | null {
  const [, namespace, name] = CLUSTER_SECRET.exec(r.text('protoPayload.resourceName') ?? '') ?? [];
  return secretId(namespace ?? null, name ?? null);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function outcomeOf(r: Reading): AuditEventRecord['outcome'] {
  const code = r.number('protoPayload.status.code') ?? 0;
  const isWhole = hasMember(r, ['protoPayload.status', 'protoPayload.@type']);
  const permissions = r
    .each('protoPayload.authorizationInfo')
    .map(({ reading: permission }) => permission.flag('granted'));
  const denied = permissions.some((granted) => granted !== true);
  if (code !== 0 || denied) return 'failure';
  return isWhole ? 'success' : null;
}
