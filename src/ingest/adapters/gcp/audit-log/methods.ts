import { entryOf } from '../../../fields/json.js';
import type { Meaning } from '../../../fields/life-events.js';
import { type Request, requestMeaning } from '../../kubernetes/requests.js';

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
    CreateRole: { category: 'admin' },
    UpdateRole: { category: 'admin' },
    DeleteRole: { category: 'admin' },
    UndeleteRole: { category: 'admin' },
  },
  'apikeys.googleapis.com': {
    CreateKey: { category: 'create', step: 'created' },
    DeleteKey: { category: 'revoke', step: 'revoked' },
    UndeleteKey: { category: 'update' },
    UpdateKey: { category: 'update' },
    GetKeyString: { category: 'read-secret' },
  },
};

/** Methods of services that have more to do than keys: the rest is about none. */
const OF_OTHERS: typeof METHODS = {
  'cloudresourcemanager.googleapis.com': { SetIamPolicy: { category: 'admin' } },
};

/** Method of the API server of a cluster (GKE): `io.k8s.core.v1.secrets.get`, `io.k8s.core.v1.serviceaccounts.token.create`. */
const OF_CLUSTER = /^io\.k8s\..*?\.v\d\w*\.([a-z]+)(?:\.([a-z]+))?\.([a-z]+)$/;

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
  if (service === 'k8s.io') return ofCluster(method);
  const methods = entryOf(METHODS, service);
  const name = method.slice(method.lastIndexOf('.') + 1);
  const other = entryOf(entryOf(OF_OTHERS, service) ?? {}, name);
  if (other !== undefined) return other;
  return methods ? (entryOf(methods, name) ?? { category: 'other' }) : null;
}

function ofCluster(method: string): Meaning | null {
  const request = clusterRequest(method);
  return request === null ? null : requestMeaning(request);
}

/** Returns the request to a cluster that a method is; null if it is of no resource. */
export function clusterRequest(method: string): Request | null {
  const [, resource, subresource, verb] = OF_CLUSTER.exec(method) ?? [];
  return resource === undefined || verb === undefined
    ? null
    : { verb, resource, subresource: subresource ?? null };
}
