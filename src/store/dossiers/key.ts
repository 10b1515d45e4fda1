import { newestFirst, recordsMember } from '../bounded.js';
import { type JsonText, jsonObject, jsonRecord, jsonValue, jsonWith } from '../json-text.js';
import { keySummary } from '../terms/summaries.js';
import { contradictions } from './contradictions.js';
import { documents } from './documents.js';
import { type Dossier, dossier, isCovered, list, member, ownRecord } from './dossier.js';
import { KEY_ANOMALIES } from './key-anomalies.js';
import { KEY_EVENTS } from './key-events.js';
import { KEY_GRANTS, KEY_LEAVERS } from './key-grants.js';
import {
  HIDDEN_LEAKS,
  KEY_HAND_EVENTS,
  KEY_LEAKS,
  KEY_ROTATIONS,
  KEY_SECRET_READERS,
  KEY_UNLOGGED_GRANTS,
  KEY_UNLOGGED_STEPS,
} from './key-lists.js';
import { statedUntil } from './stated-until.js';

/** The dossiers of keys. */
export const KEY_DOSSIER: Dossier = dossier('key', 'k', {
  named: {
    rotations: 'coalesce(rotations_list.total, 0) > 0',
    grants: 'coalesce(grants_list.total, 0) > 0',
    events: 'event.total IS NOT NULL',
  },
  denied: {
    events: {
      when: ({ period }) => `k.last_used."ms" + k.last_used."tolerance_ms" >= ${period?.startMs ?? 0}`,
      sentence: 'the inventory states that the key was used, and no log supplied names it',
    },
  },
  members: {
    key: ownRecord('keys', 'k', {
      last_rotated: ['rotations'],
      last_used: ['events'],
      kek_admins: ['principals'],
    }),
    filled_in: member({ beside: ['keys'] }, () => ({
      value: jsonValue(`{'last_rotated': k.rotation_filled_in, 'last_used': k.use_filled_in}`),
    })),
    owner: member({ beside: ['principals'] }, (place) => ({
      joins: ['LEFT JOIN principals p ON p.principal_id = k.owner_id'],
      value: ownerMember(place.directory && isCovered(place, 'principals')),
    })),
    rotations: KEY_ROTATIONS,
    grants: KEY_GRANTS,
    events: KEY_EVENTS,
    unlogged_steps: KEY_UNLOGGED_STEPS,
    hand_events: KEY_HAND_EVENTS,
    secret_readers: KEY_SECRET_READERS,
    unlogged_grants: KEY_UNLOGGED_GRANTS,
    anomalies: KEY_ANOMALIES,
    leaks: KEY_LEAKS,
    hidden_leaks: HIDDEN_LEAKS,
    /** Other keys with the fingerprint of the key, in the order of files and records. */
    twins: list({ beside: ['keys', 'rotations'], silence: { keys: 'gaps' } }, () => ({
      group: 'k.key_id',
      record: keySummary('t'),
      order: ['t.ordinal'],
      from: `subject k JOIN twin_keys t ON t.fingerprint_start = k.fingerprint_start AND t.key_id <> k.key_id
        AND (starts_with(t.fingerprint, lower(k.fingerprint)) OR starts_with(lower(k.fingerprint), t.fingerprint))`,
      value: recordsMember,
    })),
    leavers: KEY_LEAVERS,
    vendor: member({ beside: ['vendors'] }, () => ({
      joins: ['LEFT JOIN vendors v ON v.vendor_id = k.vendor_id'],
      value: `coalesce(v.json, 'null')`,
    })),
    standby: member({ beside: ['keys', 'rotations'] }, (place) => ({
      joins: ['LEFT JOIN keys standby ON standby.key_id = k.standby_id'],
      value: `CASE WHEN coalesce(k.standby_key, '') = '' 
        OR ${isCovered(place, 'keys') ? 'false' : 'standby.key_id IS NULL'} THEN 'null' ELSE ${STANDBY} END`,
    })),
    /** Sign-offs of the sandbox of the integration that the key serves. */
    signoffs: list({ from: ['changes'], beside: ['principals'], silence: { changes: 'kind' } }, () => ({
      group: 'k.key_id',
      record: jsonRecord('changes', 'c'),
      order: newestFirst('c.approved_at."ms"', 'c'),
      from: `subject k JOIN changes c ON lower(c.integration) = lower(k.integration) AND c.kind = 'sandbox-signoff'`,
    })),
    attestations: documents('key'),
    stated_until: statedUntil('key', 'k'),
    contradictions: contradictions('key'),
  },
});

const STANDBY = jsonObject([
  ['found', 'standby.key_id IS NOT NULL'],
  [
    'key',
    `CASE WHEN standby.key_id IS NULL THEN 'null' ELSE ${jsonWith(keySummary('standby'), [['scopes', jsonValue('standby.scopes')]])} END`,
  ],
]);

/**
 * Returns the owner member. Without a directory, a name that no principal has is unknown, rather than known to belong
 * to no person.
 */
function ownerMember(directory: boolean): JsonText {
  const owner = jsonObject([
    ['found', 'p.principal_id IS NOT NULL'],
    ['principal', `coalesce(p.json, 'null')`],
  ]);
  return directory ? owner : `CASE WHEN p.principal_id IS NULL THEN 'null' ELSE ${owner} END`;
}
