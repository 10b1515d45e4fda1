import { gzip } from '../../shared/formats.mjs';
import { sha256, stableUuid } from '../../shared/random.mjs';
import { workloadOf } from './people.mjs';

const OPERATIONS = { read: ['read', 'data'], put: ['update', 'data'], end: ['update', 'destroy'] };

/** What the file of an audit device of Vault holds, one entry a line; of each call the answer. */
export const vaultEntries = (calls) => ({
  ending: '.ndjson.gz',
  content: gzip(
    calls
      .filter(({ kind }) => kind in OPERATIONS)
      .flatMap(entriesOf)
      .map((entry) => `${JSON.stringify(entry)}\n`)
      .join(''),
  ),
});

function entriesOf(call) {
  const { key, kind, at } = call;
  const [operation, part] = OPERATIONS[kind];
  const role = kind === 'read' ? workloadOf(key.service, key.environment) : 'rotation-pipeline';
  const token = `hmac-sha256:${sha256(`token of ${role}`)}`;
  const auth = {
    client_token: token,
    accessor: `hmac-sha256:${sha256(`accessor of ${role}`)}`,
    display_name: 'approle',
    policies: ['default', role],
    token_policies: ['default', role],
    metadata: { role_name: role },
    entity_id: stableUuid(`entity ${role}`),
    token_type: 'service',
  };
  const request = {
    id: stableUuid(`vault ${kind} ${key.id} ${at}`),
    operation,
    mount_point: 'kv/',
    mount_type: 'kv',
    client_token: token,
    namespace: { id: 'root' },
    path: key.id.replace('kv/', `kv/${part}/`),
    remote_address: kind === 'read' ? key.address : '10.40.250.17',
  };
  const response =
    kind === 'put'
      ? { response: { mount_type: 'kv', data: { version: versionAt(call) } } }
      : { response: { mount_type: 'kv' } };
  const time = (offset) => new Date(at + offset).toISOString().replace('Z', '000000Z');
  return [
    { time: time(0), type: 'request', auth, request },
    { time: time(4), type: 'response', auth, request, ...response },
  ];
}

/** Running number of the version that a call writes. */
const versionAt = ({ key, rotation }) => key.versions.indexOf(rotation) + 2;
