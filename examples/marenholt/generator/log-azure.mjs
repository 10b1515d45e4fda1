import { gzip } from '../../shared/formats.mjs';
import { sha256, stableUuid } from '../../shared/random.mjs';
import { AZURE, SUBSCRIPTION } from './places.mjs';

const OPERATIONS = { read: 'SecretGet', put: 'SecretSet', end: 'SecretUpdate' };

/** AuditEvent of the diagnostic settings of a Key Vault, a blob of `records`. */
export const auditEvents = (calls) => ({
  ending: '.json.gz',
  content: gzip(JSON.stringify({ records: calls.filter(({ kind }) => kind in OPERATIONS).map(recordOf) })),
});

function recordOf({ key, kind, at }) {
  const vault = AZURE[key.environment];
  const pipeline = kind !== 'read';
  return {
    time: new Date(at).toISOString().replace('Z', '0000Z'),
    resourceId: `/SUBSCRIPTIONS/${SUBSCRIPTION}/RESOURCEGROUPS/MH-SECRETS/PROVIDERS/MICROSOFT.KEYVAULT/VAULTS/${vault.toUpperCase()}`,
    operationName: OPERATIONS[kind],
    operationVersion: '7.4',
    category: 'AuditEvent',
    resultType: 'Success',
    resultSignature: 'OK',
    durationMs: String(20 + (at % 60)),
    callerIpAddress: pipeline ? '10.40.250.17' : key.address,
    correlationId: stableUuid(`azure ${kind} ${key.id} ${at}`),
    identity: { claim: { appid: pipeline ? PIPELINE : applicationOf(key) } },
    properties: {
      clientInfo: pipeline ? 'mh-rotation/3.1' : 'azsdk-net-Security.KeyVault.Secrets/4.7.0',
      requestUri: `${key.id}?api-version=7.4`,
      id: `${key.id}/${sha256(`version ${key.id}`).slice(0, 32)}`,
      httpStatusCode: 200,
    },
  };
}

const PIPELINE = stableUuid('application rotation pipeline');

/** Client id of the managed identity of a workload. */
export const applicationOf = ({ service, environment }) => stableUuid(`identity ${service} ${environment}`);
