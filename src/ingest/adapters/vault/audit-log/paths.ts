import type { Meaning } from '../../../fields/life-events.js';
import { kvPath } from '../secret-path.js';

/** What a request means, and the key it is about. */
export type Request = Meaning & {
  /** Key; null if it names none. */
  key: string | null;
};

type Operation = { path: string; operation: string; mountType: string | null; mountPoint: string | null };

const WRITES = ['create', 'update', 'patch'];
/** Engines whose reading makes a credential. */
const DYNAMIC = /^(?:database|aws|gcp|azure|rabbitmq|ldap|ssh|pki|kubernetes|nomad|consul)$/;

/** Returns what a request means; null if it concerns no credential. */
export function meaningOf(request: Operation): Request | null {
  return ofKv(request) ?? ofLogin(request) ?? ofTokens(request) ?? ofEngine(request) ?? ofSystem(request);
}

/** Requests to secrets of KV: version 2 by `data` or `metadata` after the mount, version 1 by the type of the mount. */
function ofKv({ path, operation, mountType, mountPoint }: Operation): Request | null {
  const part = /\/(data|metadata|delete|undelete|destroy)\//.exec(path)?.[1];
  const isKv = mountType === 'kv' || mountType === 'generic' || (mountType === null && part !== undefined);
  if (!isKv || path.startsWith('sys/') || path.startsWith('auth/')) return null;
  const key = operation === 'list' ? null : kvPath(path, mountPoint);
  if (part === 'delete' || part === 'destroy') return { category: 'revoke', key };
  if (part === 'undelete') return { category: 'update', key };
  if (operation === 'delete') return { category: 'revoke', step: 'revoked', key };
  if (part === 'metadata') return { category: WRITES.includes(operation) ? 'update' : 'other', key };
  if (WRITES.includes(operation)) return { category: 'rotate', step: 'rotated', key };
  return { category: operation === 'read' ? 'read-secret' : 'other', key };
}

function ofLogin({ path, operation }: Operation): Request | null {
  const isLogin = /^auth\/.+\/(?:login|callback)(?:\/|$)/.test(path) && operation !== 'list';
  return isLogin ? { category: 'authentication', key: null } : null;
}

function ofTokens({ path }: Operation): Request | null {
  const [, action = ''] = /^auth\/token\/([a-z-]+)/.exec(path) ?? [];
  if (action === '') return null;
  if (action.startsWith('create')) return { category: 'create', key: null };
  if (action.startsWith('revoke')) return { category: 'revoke', key: null };
  return { category: action.startsWith('renew') ? 'update' : 'other', key: null };
}

/** Credentials that an engine makes when they are read, which no inventory lists, and keys of transit. */
function ofEngine({ path, operation, mountType }: Operation): Request | null {
  if (mountType === 'transit') {
    if (path.endsWith('/rotate'))
      return { category: 'rotate', step: 'rotated', key: path.replace(/\/rotate$/, '') };
    return { category: WRITES.includes(operation) ? 'use' : 'other', key: null };
  }
  const isCredential = /\/(?:creds|static-creds|issue|sign|sts|token|key)\//.test(`/${path}/`);
  if (!isCredential || (mountType !== null && !DYNAMIC.test(mountType))) return null;
  return path.startsWith('sys/') || path.startsWith('auth/') ? null : { category: 'read-secret', key: null };
}

function ofSystem({ path, operation }: Operation): Request | null {
  if (!path.startsWith('sys/') && !path.startsWith('auth/') && !path.startsWith('identity/')) return null;
  return [...WRITES, 'delete'].includes(operation) ? { category: 'admin', key: null } : null;
}
