import { entryOf } from '../../../fields/json.js';
import type { Meaning } from '../../../fields/life-events.js';

/** Methods by service and last part of their name; `null` only reads about keys. */
const METHODS: { readonly [service: string]: { readonly [method: string]: Meaning } } = {
  'secretmanager.googleapis.com': {
    AccessSecretVersion: { category: 'read-secret' },
    AddSecretVersion: { category: 'rotate', step: 'rotated' },
    CreateSecret: { category: 'create', step: 'created' },
    DeleteSecret: { category: 'revoke', step: 'revoked' },
    DestroySecretVersion: { category: 'revoke' },
    DisableSecretVersion: { category: 'update' },
    EnableSecretVersion: { category: 'update' },
    UpdateSecret: { category: 'update' },
    SetIamPolicy: { category: 'admin' },
  },
  'iam.googleapis.com': {
    CreateServiceAccountKey: { category: 'create', step: 'created' },
    UploadServiceAccountKey: { category: 'create', step: 'created' },
    DeleteServiceAccountKey: { category: 'revoke', step: 'revoked' },
    DisableServiceAccountKey: { category: 'revoke', step: 'revoked' },
    EnableServiceAccountKey: { category: 'update' },
    SetIamPolicy: { category: 'admin' },
    SetIAMPolicy: { category: 'admin' },
    CreateServiceAccount: { category: 'admin' },
    DeleteServiceAccount: { category: 'admin' },
  },
  'apikeys.googleapis.com': {
    CreateKey: { category: 'create', step: 'created' },
    DeleteKey: { category: 'revoke', step: 'revoked' },
    UndeleteKey: { category: 'update' },
    UpdateKey: { category: 'update' },
    GetKeyString: { category: 'read-secret' },
  },
};

/** Methods of Apigee by their last two parts: most of what its log holds is about no key. */
const OF_APIGEE: { readonly [method: string]: Meaning } = {
  'DeveloperAppKeys.CreateDeveloperAppKey': { category: 'create', step: 'created' },
  'DeveloperAppKeys.DeleteDeveloperAppKey': { category: 'revoke', step: 'revoked' },
  'DeveloperAppKeys.GetDeveloperAppKey': { category: 'read-secret' },
  'DeveloperAppKeys.ReplaceDeveloperAppKey': { category: 'update' },
  'DeveloperAppKeys.UpdateDeveloperAppKey': { category: 'update' },
  'DeveloperAppKeys.UpdateDeveloperAppKeyApiProduct': { category: 'update' },
  'DeveloperAppKeys.DeleteApiProduct': { category: 'update' },
  'DeveloperApps.CreateDeveloperApp': { category: 'create' },
  'DeveloperApps.DeleteDeveloperApp': { category: 'revoke' },
  'DeveloperApps.GetDeveloperApp': { category: 'read-secret' },
  'DeveloperApps.GenerateKeyPairOrUpdateDeveloperAppStatus': { category: 'update' },
};

/** Returns what a call means for credentials; null for one about none. */
export function meaningOf(service: string, method: string): Meaning | null {
  if (service === 'apigee.googleapis.com')
    return entryOf(OF_APIGEE, method.split('.').slice(-2).join('.')) ?? null;
  const methods = entryOf(METHODS, service);
  const name = method.slice(method.lastIndexOf('.') + 1);
  return methods ? (entryOf(methods, name) ?? { category: 'other' }) : null;
}
