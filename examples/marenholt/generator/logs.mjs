import { groupBy } from '../../shared/group-by.mjs';
import { AS_OF, at, isoDay, QUARTER_START } from '../../shared/time.mjs';
import { auditEvents } from './log-azure.mjs';
import { trailFiles } from './log-cloudtrail.mjs';
import { gatewayLog } from './log-gateway.mjs';
import { auditEntries } from './log-google.mjs';
import { vaultEntries } from './log-vault.mjs';
import { managementCalls, readCalls } from './rotations.mjs';

/** The last day that the export of the audit log of the production vault in Azure holds: it was taken too early. */
export const AZURE_EXPORTED_TO = at('2026-09-24');

/** The audit logs of the quarter as each store writes them. The test project of Google and the clusters log nothing that is kept. */
export function logFiles(keys, routes) {
  const calls = [...managementCalls(keys), ...readCalls(keys)].filter(
    (call) => call.at >= QUARTER_START && call.at <= AS_OF,
  );
  const of = (store, environment) =>
    calls
      .filter(({ key }) => key.store === store && key.environment === environment)
      .sort((a, b) => a.at - b.at || (a.key.id < b.key.id ? -1 : 1));
  return {
    ...trailFiles('production', of('aws-sm', 'production')),
    ...trailFiles('staging', of('aws-sm', 'staging')),
    ...monthly('logs/azure/mh-prod-kv', of('azure-kv', 'production').filter(isExported), auditEvents),
    ...monthly('logs/azure/mh-stg-kv', of('azure-kv', 'staging'), auditEvents),
    ...monthly('logs/google/mh-risk-prod', of('gcp-sm', 'production'), auditEntries),
    ...monthly('logs/vault/prod', of('vault-kv', 'production'), vaultEntries),
    ...monthly('logs/vault/stg', of('vault-kv', 'staging'), vaultEntries),
    ...gatewayLog(keys, calls, routes),
  };
}

const isExported = (call) => call.at < AZURE_EXPORTED_TO;

/** One file a month; `print` gives its name's ending and content. */
function monthly(path, calls, print) {
  const months = groupBy(calls, (call) => isoDay(call.at).slice(0, 7));
  return Object.fromEntries(
    [...months].map(([month, group]) => {
      const { ending, content } = print(group);
      return [`${path}-${month}${ending}`, content];
    }),
  );
}
