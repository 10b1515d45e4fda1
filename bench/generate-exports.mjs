import { once } from 'node:events';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';

const AS_OF = Date.UTC(2026, 8, 30, 12);
const DAY = 86_400_000;
const ENVIRONMENTS = ['production', 'production', 'staging', 'development'];
const TIERS = ['critical', 'high', 'medium', 'low'];
const STORAGE = ['secrets-manager', 'secrets-manager', 'secrets-manager', 'hsm', 'env-var'];
const ROLES = ['developer', 'devops', 'sre', 'security', 'operator', 'auditor'];
const PEOPLE = 400;

/** Writes a synthetic bank of `keys` keys with 4 rotations, 3 grants and 10 log events each, all in the canonical form. */
export async function generateExports(folder, keys) {
  mkdirSync(folder, { recursive: true });
  const write = (name, lines) => writeLines(join(folder, name), lines);
  await write('keys.csv', keyLines(keys));
  await write('principals.csv', principalLines());
  await write('rotations.ndjson', perKey(keys, 4, rotation));
  await write('grants.ndjson', perKey(keys, 3, grant));
  await write('events.ndjson', perKey(keys, 10, event));
  return { keys, rotations: keys * 4, grants: keys * 3, events: keys * 10 };
}

async function writeLines(file, lines) {
  const stream = createWriteStream(file);
  let pending = '';
  for (const line of lines) {
    pending += `${line}\n`;
    if (pending.length < 1 << 18) continue;
    if (!stream.write(pending)) await once(stream, 'drain');
    pending = '';
  }
  stream.end(pending);
  await once(stream, 'finish');
}

function* keyLines(count) {
  yield 'key_id,name,store,storage,type,provider,environment,owner,purpose,risk_tier,scopes,approved_scopes,status,created,last_rotated,last_used,expires,fingerprint,encrypted_at_rest,encryption_algorithm,ip_allowlist,auth_type,account_kind,pci_scope,rotation_enabled';
  for (let n = 0; n < count; n += 1) {
    const scope = n % 97 === 0 ? '*' : 'accounts:read;payments:write';
    yield [
      keyId(n),
      `service-${n % 500}/credential`,
      'vault-kv',
      STORAGE[n % STORAGE.length],
      'api-key',
      'card-processor',
      ENVIRONMENTS[n % ENVIRONMENTS.length],
      n % 41 === 0 ? 'nobody@northbridge.example' : person(n),
      'Settles card payments',
      TIERS[n % TIERS.length],
      scope,
      'accounts:read;payments:write',
      n % 23 === 0 ? 'revoked' : 'active',
      iso(400 + (n % 300)),
      iso(n % 200),
      iso(n % 30),
      iso(-90),
      fingerprint(n),
      'true',
      'AES-256-GCM',
      n % 13 === 0 ? '0.0.0.0/0' : '10.0.0.0/8',
      'static-key',
      'application',
      'connected',
      'true',
    ].join(',');
  }
}

function* principalLines() {
  yield 'principal_id,name,kind,roles,status,departed_at,department';
  for (let n = 0; n < PEOPLE; n += 1) {
    const left = n % 50 === 0;
    yield [
      person(n),
      `Person ${n}`,
      'human',
      ROLES[n % ROLES.length],
      left ? 'left' : 'active',
      left ? iso(20) : '',
      'Payments',
    ].join(',');
  }
}

function* perKey(keys, times, make) {
  for (let n = 0; n < keys; n += 1) for (let t = 0; t < times; t += 1) yield JSON.stringify(make(n, t));
}

function rotation(n, t) {
  return {
    key_id: keyId(n),
    rotation_id: `rot-${n}-${t}`,
    step: 'rotated',
    at: iso((n % 200) + t * 60),
    actor: 'rotation-pipeline',
    actor_type: 'automation',
    status: 'success',
    version: String(4 - t),
  };
}

function grant(n, t) {
  return {
    grant_id: `grant-${n}-${t}`,
    principal_id: person(n * 7 + t * 13),
    key_id: keyId(n),
    action: ['read', 'rotate', 'use'][t % 3],
    effect: 'allow',
    granted_at: iso(300),
    approved_by: person(n + 1),
    reviewed_at: iso(n % 120),
    reviewer: person(n + 2),
    decision: 'keep',
  };
}

function event(n, t) {
  return {
    event_id: `event-${n}-${t}`,
    at: iso((n % 30) + t),
    category: t % 5 === 0 ? 'read-secret' : 'use',
    action: 'GetSecretValue',
    key_id: keyId(n),
    actor: `service-${n % 500}`,
    actor_type: 'service',
    outcome: t % 9 === 0 ? 'failure' : 'success',
    source_ip: `10.0.${n % 250}.${t}`,
    log: 'vault-audit',
  };
}

const keyId = (n) => `vault:secret/service-${n % 500}/key-${n}`;
const person = (n) => `p${n % PEOPLE}@northbridge.example`;
const iso = (daysAgo) => new Date(AS_OF - daysAgo * DAY).toISOString();
const fingerprint = (n) => (n * 2654435761).toString(16).padStart(16, '0').repeat(2).slice(0, 32);
