import { entryOf } from '../../../fields/json.js';
import type { Meaning } from '../../../fields/life-events.js';

/**
 * Operations of a vault by their name in lower case
 * (https://learn.microsoft.com/en-us/azure/key-vault/general/logging?tabs=Vault#operation-names-table). What is not listed and
 * only reads or lists is `other`.
 */
const OPERATIONS: { readonly [name: string]: Meaning } = {
  secretget: { category: 'read-secret' },
  secretset: { category: 'rotate', step: 'rotated' },
  secretupdate: { category: 'update' },
  secretdelete: { category: 'revoke', step: 'revoked' },
  secretpurge: { category: 'revoke' },
  secretrecover: { category: 'update' },
  secretrestore: { category: 'update' },
  secretrotate: { category: 'rotate', step: 'rotated' },
  keycreate: { category: 'create', step: 'created' },
  keyimport: { category: 'create', step: 'created' },
  keyrotate: { category: 'rotate', step: 'rotated' },
  keyupdate: { category: 'update' },
  keydelete: { category: 'revoke', step: 'revoked' },
  keypurge: { category: 'revoke' },
  keyrecover: { category: 'update' },
  keyrestore: { category: 'update' },
  keysign: { category: 'use' },
  keyverify: { category: 'use' },
  keyencrypt: { category: 'use' },
  keydecrypt: { category: 'use' },
  keywrap: { category: 'use' },
  keyunwrap: { category: 'use' },
  keyrelease: { category: 'read-secret' },
  certificatecreate: { category: 'create', step: 'created' },
  certificateimport: { category: 'create', step: 'created' },
  certificaterenew: { category: 'rotate', step: 'rotated' },
  certificatedelete: { category: 'revoke', step: 'revoked' },
  certificatepurge: { category: 'revoke' },
  certificateupdate: { category: 'update' },
  vaultput: { category: 'admin' },
  vaultpatch: { category: 'admin' },
  vaultdelete: { category: 'admin' },
  vaultpurge: { category: 'admin' },
  vaultrecover: { category: 'admin' },
  vaultaccesspolicychangedeventgridnotification: { category: 'admin' },
  authentication: { category: 'authentication' },
  'secrets/getsecret': { category: 'read-secret' },
  'secrets/setsecret': { category: 'rotate', step: 'rotated' },
  'secrets/write': { category: 'rotate', step: 'rotated' },
  'secrets/delete': { category: 'revoke', step: 'revoked' },
  'secrets/purge': { category: 'revoke' },
  'secrets/recover': { category: 'update' },
  'keys/write': { category: 'create', step: 'created' },
  'keys/rotate': { category: 'rotate', step: 'rotated' },
  'keys/delete': { category: 'revoke', step: 'revoked' },
  write: { category: 'admin' },
  delete: { category: 'admin' },
  'accesspolicies/write': { category: 'admin' },
  'microsoft.authorization/roleassignments/write': { category: 'admin' },
  'microsoft.authorization/roleassignments/delete': { category: 'admin' },
};

/** Operations that make a key of a resource anew, such as `Microsoft.Storage/storageAccounts/regenerateKey/action`. */
export const REGENERATES = /^microsoft\..+\/regenerate\w*keys?\/action$/i;

/** Returns what an operation of the audit log (`SecretGet`) or activity log (`Microsoft.KeyVault/vaults/...`) means. */
export function meaningOf(operation: string): Meaning {
  if (REGENERATES.test(operation)) return { category: 'rotate', step: 'rotated' };
  const name = operation
    .toLowerCase()
    .replace(/^microsoft\.keyvault\/(?:vaults|managedhsms)\//, '')
    .replace(/\/action$/, '');
  return entryOf(OPERATIONS, name) ?? { category: 'other' };
}
