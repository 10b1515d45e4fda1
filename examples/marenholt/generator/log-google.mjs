import { gzip, ndjson } from '../../shared/formats.mjs';
import { sha256 } from '../../shared/random.mjs';
import { GCP } from './places.mjs';

const METHODS = {
  read: ['AccessSecretVersion', 'secretmanager.versions.access', 'data_access', '/versions/latest'],
  put: ['AddSecretVersion', 'secretmanager.versions.add', 'activity', ''],
  end: ['DisableSecretVersion', 'secretmanager.versions.disable', 'activity', '/versions/1'],
};

/** Audit log entries as a sink to Cloud Storage writes them, one a line. */
export const auditEntries = (calls) => ({
  ending: '.ndjson.gz',
  content: gzip(ndjson(calls.filter(({ kind }) => kind in METHODS).map(entryOf))),
});

function entryOf({ key, kind, at }) {
  const project = GCP[key.environment];
  const [method, permission, log, version] = METHODS[kind];
  return {
    protoPayload: {
      '@type': 'type.googleapis.com/google.cloud.audit.AuditLog',
      serviceName: 'secretmanager.googleapis.com',
      methodName: `google.cloud.secretmanager.v1.SecretManagerService.${method}`,
      resourceName: `${key.id}${version}`,
      status: {},
      authenticationInfo: {
        principalEmail: `${kind === 'read' ? key.service : 'key-rotation'}@${project}.iam.gserviceaccount.com`,
      },
      requestMetadata: { callerIp: kind === 'read' ? key.address : '10.40.250.17' },
      authorizationInfo: [{ permission, resource: key.id, granted: true }],
    },
    insertId: sha256(`${kind} ${key.id} ${at}`).slice(0, 14),
    resource: {
      type: 'audited_resource',
      labels: { project_id: project, service: 'secretmanager.googleapis.com' },
    },
    timestamp: new Date(at).toISOString(),
    severity: 'NOTICE',
    logName: `projects/${project}/logs/cloudaudit.googleapis.com%2F${log}`,
    receiveTimestamp: new Date(at + 740).toISOString(),
  };
}
