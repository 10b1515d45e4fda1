/** The log that each store's own events are found in. */
export const STORE_LOGS = {
  kong: 'kong-gateway',
  'vault-kv': 'vault-audit',
  'azure-kv': 'azure-kv-audit',
  'aws-iam': 'access-key-broker',
};
