import type { AuditEventRecord } from '../../../model/index.js';
import { entryOf } from '../../fields/json.js';
import type { Meaning } from '../../fields/life-events.js';

/** A request to the API server of Kubernetes, as its log or that of a cloud names it. */
export type Request = {
  /** `get`, `list`, `create` ... */
  verb: string;
  /** `secrets`, `roles` ...; null if not stated. */
  resource: string | null;
  /** `token` of a service account; null if there is none. */
  subresource: string | null;
};

/**
 * What a request on a Secret means, by its verb. An update may change labels or the value, which the log does not tell: no step of a
 * rotation.
 */
const VERBS: { readonly [verb: string]: Meaning } = {
  get: { category: 'read-secret' },
  list: { category: 'read-secret' },
  watch: { category: 'read-secret' },
  create: { category: 'create', step: 'created' },
  update: { category: 'update' },
  patch: { category: 'update' },
  delete: { category: 'revoke', step: 'revoked' },
  deletecollection: { category: 'revoke' },
};
const RIGHTS = ['roles', 'clusterroles', 'rolebindings', 'clusterrolebindings'];
const READS = ['get', 'list', 'watch'];

/** Returns what a request means for credentials; null for one about none. */
export function requestMeaning({ verb, resource, subresource }: Request): Meaning | null {
  if (resource === 'secrets') return entryOf(VERBS, verb) ?? { category: 'other' };
  if (resource === 'serviceaccounts' && subresource === 'token') return { category: 'create' };
  if (RIGHTS.includes(resource ?? '') && !READS.includes(verb)) return { category: 'admin' };
  return null;
}

/** Returns the id of a Secret, as the list of Secrets has it; null if a request names none, as one for all of a namespace does. */
export function secretId(namespace: string | null, name: string | null): string | null {
  return namespace === null || name === null ? null : `k8s:${namespace}/${name}`;
}

/** Returns whether a name that Kubernetes knows a caller by is of a person; null if it does not tell. */
export function callerType(name: string | null): AuditEventRecord['actor_type'] {
  if (name?.startsWith('system:serviceaccount:')) return 'automation';
  if (name?.startsWith('system:')) return 'service';
  return name?.includes('@') ? 'human' : null;
}
