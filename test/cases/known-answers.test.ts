import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { type Answer, type Answers, answersOf } from '../support/outcomes.js';
import { describeUnlessProved } from '../support/verdict.js';

/**
 * A bank planted record by record from what the rules say, where readings of the same evidence had gone wrong before. Its exports are read,
 * joined and judged as an audit does, as of 2026-09-30.
 */

type Fields = { [field: string]: unknown };

const PERIOD = { from: '2026-01-01', to: '2026-09-30' };

/** A production key of the payments team, rotated in time, unless it says otherwise. */
const key = (key_id: string, rest: Fields = {}): Fields => ({
  key_id,
  store: 'vault',
  storage: 'secrets-manager',
  type: 'api-key',
  repositories: [],
  fingerprint: createHash('sha256').update(key_id).digest('hex'),
  environment: 'production',
  status: 'active',
  owner: 'anna',
  risk_tier: 'high',
  created: '2024-01-10',
  last_rotated: '2026-09-10',
  ...rest,
});

/** Steps of one rotation, each with its time. */
const rotation = (key_id: string, steps: { [step: string]: string }, rest: Fields = {}): Fields[] =>
  Object.entries(steps).map(([step, at]) => ({
    key_id,
    rotation_id: `rotation of ${key_id}`,
    step,
    at,
    status: 'success',
    actor: 'pipeline',
    actor_type: 'automation',
    ...rest,
  }));

const grant = (key_id: string, principal_id: string, rest: Fields = {}): Fields => ({
  grant_id: `${principal_id} on ${key_id}`,
  principal_id,
  key_id,
  action: 'read',
  environment: 'production',
  granted_at: '2026-08-03T09:00:00Z',
  requested_by: principal_id,
  approved_by: 'boris',
  approved_at: '2026-08-02T09:00:00Z',
  approved_actions: ['read'],
  ticket: 'CHG0041000',
  justification: 'on call for payments',
  ...rest,
});

let events = 0;
const event = (key_id: string, at: string, rest: Fields = {}): Fields => ({
  event_id: `e${++events}`,
  key_id,
  at,
  category: 'authentication',
  action: 'call',
  outcome: 'success',
  actor: 'settlement',
  actor_type: 'service',
  workload: 'settlement',
  log: 'gateway',
  environment: 'production',
  ...rest,
});

const people = (ids: string[], rest: Fields = {}): Fields[] =>
  ids.map((principal_id) => ({
    principal_id,
    kind: 'human',
    status: 'active',
    roles: ['payments'],
    ...rest,
  }));

const incident = (incident_id: string, key_ids: string[], rest: Fields = {}): Fields => ({
  incident_id,
  kind: 'credential-compromise',
  severity: 'high',
  key_ids,
  detected_at: '2026-08-01T10:00:00Z',
  aware_at: '2026-08-01T10:00:00Z',
  ...rest,
});

const finding = (finding_id: string, key_id: string, repository_id: string): Fields => ({
  finding_id,
  repository_id,
  key_id,
  kind: 'secret',
  rule: 'generic-api-key',
  path: 'src/config.ts',
  line: 4,
  commit: 'c0ffee0',
  first_seen: '2026-08-01T10:00:00Z',
  state: 'resolved',
  verified: true,
});

const repository = (repository_id: string): Fields => ({
  repository_id,
  name: repository_id,
  in_scope: true,
});

const vendor = (vendor_id: string, rest: Fields): Fields => ({
  vendor_id,
  name: vendor_id,
  status: 'active',
  contract_signed_at: '2025-01-10',
  contract_expires: '2028-01-10',
  breach_notice_hours: 24,
  ...rest,
});

const route = (route_id: string, rest: Fields): Fields => ({
  route_id,
  url: `https://api.northbridge.example/${route_id}`,
  status: 'active',
  environment: 'production',
  ...rest,
});

const document = (rule: string, rest: Fields): Fields => ({
  rule,
  document_title: `Document on ${rule}`,
  document_sha256: 'ab'.repeat(32),
  version: '3',
  owner: 'o.lindqvist@northbridge.example',
  approver: 'r.saar@northbridge.example',
  approved_on: '2026-03-01',
  effective_from: '2026-03-01',
  next_review: '2027-03-01',
  attestor: 'm.vass@northbridge.example',
  attested_on: '2026-09-20',
  ...rest,
});

const many = (count: number, name: string): string[] =>
  Array.from({ length: count }, (_, at) => `${name}-${at}`);

const REVIEWED: Fields = {
  reviewed_at: '2026-08-20',
  previous_review_at: '2026-05-20',
  reviewer: 'boris',
  decision: 'keep',
};

/** One case: what is on record of it by kind of record, and the outcome of each rule on each subject. */
type Case = {
  about: string;
  records: { [kind: string]: Fields[] };
  outcomes: { [ruleAndSubject: string]: string };
};

const CASES: readonly Case[] = [
  {
    about: 'a secret that was generated and stored replaces nothing',
    records: {
      keys: [
        key('pending', { last_rotated: '2026-03-01' }),
        key('pending-leaver', { last_rotated: '2026-03-01' }),
      ],
      rotations: [
        ...rotation('pending', { generated: '2026-08-01T11:00:00Z', stored: '2026-08-01T11:10:00Z' }),
        ...rotation('pending-leaver', { generated: '2026-08-02T11:00:00Z', stored: '2026-08-02T11:10:00Z' }),
      ],
      incidents: [incident('INC-1', ['pending'])],
      principals: people(['carla'], { status: 'left', departed_at: '2026-08-01T16:00:00Z' }),
      grants: [
        grant('pending-leaver', 'carla', { removed_at: '2026-08-01T16:30:00Z', granted_at: '2026-05-01' }),
      ],
    },
    outcomes: {
      'rotation-max-age pending': 'fail',
      'emergency-rotate-compromise INC-1': 'fail',
      'emergency-rotate-departure pending-leaver': 'fail',
    },
  },
  {
    about: 'a secret whose deployment failed, or that was verified before it was in place, replaces nothing',
    records: {
      keys: [key('failed', { last_rotated: '2026-03-01' }), key('verified', { last_rotated: '2026-03-01' })],
      rotations: [
        ...rotation('failed', { generated: '2026-08-01T11:00:00Z' }),
        ...rotation('failed', { deployed: '2026-08-01T11:10:00Z' }, { status: 'failure' }),
        ...rotation('verified', { generated: '2026-08-01T11:00:00Z', verified: '2026-08-01T11:10:00Z' }),
      ],
    },
    outcomes: { 'rotation-max-age failed': 'fail', 'rotation-max-age verified': 'fail' },
  },
  {
    about: 'a secret found in a repository that was only pending was not replaced',
    records: {
      keys: [key('leaked', { last_rotated: '2026-03-01' })],
      secret_findings: [finding('F-1', 'leaked', 'repo-pending')],
      repositories: [repository('repo-pending')],
      rotations: rotation('leaked', { generated: '2026-08-01T11:00:00Z', stored: '2026-08-01T11:10:00Z' }),
    },
    outcomes: { 'repo-leak-revoked repo-pending': 'fail' },
  },
  {
    about: 'a leaked secret replaced after two hours and revoked after forty was not revoked in time',
    records: {
      keys: [key('leaked-40', { last_rotated: '2026-08-01' })],
      secret_findings: [finding('F-2', 'leaked-40', 'repo-40')],
      repositories: [repository('repo-40')],
      rotations: rotation('leaked-40', { deployed: '2026-08-01T12:00:00Z', revoked: '2026-08-03T02:00:00Z' }),
    },
    outcomes: { 'repo-leak-revoked repo-40': 'fail' },
  },
  {
    about: 'after a compromise the old secret may not work beside the new one',
    records: {
      keys: [
        key('overlap', { last_rotated: '2026-08-01' }),
        key('overlap-open', { last_rotated: '2026-08-01' }),
        key('revoked-first', { last_rotated: '2026-08-01', store: 'kong' }),
      ],
      rotations: [
        ...rotation('overlap', { deployed: '2026-08-01T12:00:00Z', revoked: '2026-08-02T14:00:00Z' }),
        ...rotation('overlap-open', { deployed: '2026-08-01T12:00:00Z' }),
        ...rotation('revoked-first', { revoked: '2026-08-01T10:30:00Z', deployed: '2026-08-01T12:00:00Z' }),
      ],
      events: [event('overlap-open', '2026-08-09T12:00:00Z')],
      incidents: [
        incident('INC-2', ['overlap']),
        incident('INC-3', ['overlap-open']),
        incident('INC-4', ['revoked-first']),
      ],
    },
    outcomes: {
      'emergency-rotate-compromise INC-2': 'fail',
      'emergency-rotate-compromise INC-3': 'fail',
      'emergency-rotate-compromise INC-4': 'pass',
    },
  },
  {
    about: 'an old secret that was replaced before the period and never revoked still works',
    records: {
      keys: [key('never-revoked', { last_rotated: '2026-05-10', risk_tier: 'low' })],
      rotations: rotation('never-revoked', {
        generated: '2026-05-10T08:00:00Z',
        stored: '2026-05-10T08:05:00Z',
        deployed: '2026-05-10T08:10:00Z',
        verified: '2026-05-10T08:20:00Z',
      }),
    },
    outcomes: { 'rotation-old-revoked never-revoked': 'fail' },
  },
  {
    about: 'of sixty grants, or of three hundred, the one that its requester approved decides',
    records: {
      keys: [key('sixty'), key('sixty-good'), key('three-hundred')],
      principals: people(['boris', ...many(60, 'reader'), ...many(300, 'user')], { aliases: [] }),
      changes: [
        {
          change_id: 'CHG0041000',
          kind: 'access-request',
          status: 'approved',
          approved_by: ['boris'],
          approved_at: '2026-08-02',
        },
      ],
      grants: [
        ...many(60, 'reader').map((id) => grant('sixty', id, id === 'reader-57' ? { approved_by: id } : {})),
        ...many(60, 'reader').map((id) => grant('sixty-good', id)),
        ...many(300, 'user').map((id) =>
          grant('three-hundred', id, id === 'user-299' ? { approved_by: id } : {}),
        ),
      ],
    },
    outcomes: {
      'access-approved-justified sixty': 'fail',
      'access-approved-justified sixty-good': 'pass',
      'access-approved-justified three-hundred': 'fail',
    },
  },
  {
    about: 'one person under two ids is one person',
    records: {
      keys: [key('two-ids'), key('two-approvals', { risk_tier: 'critical' })],
      principals: [
        ...people(['dora'], { aliases: ['dora@northbridge.example'] }),
        ...people(['DORA@northbridge.example'], { aliases: ['nb-0042'] }),
      ],
      grants: [grant('two-ids', 'emil', { requested_by: 'dora', approved_by: 'Dora@Northbridge.example' })],
      rotations: rotation(
        'two-approvals',
        {
          generated: '2026-09-10T08:00:00Z',
          stored: '2026-09-10T08:05:00Z',
          deployed: '2026-09-10T08:10:00Z',
          verified: '2026-09-10T08:20:00Z',
          revoked: '2026-09-10T09:00:00Z',
        },
        { approvers: ['dora@northbridge.example', 'nb-0042'] },
      ),
    },
    outcomes: { 'access-approved-justified two-ids': 'fail', 'sod-create-deploy two-approvals': 'fail' },
  },
  {
    about: 'words written otherwise are the same words',
    records: {
      vendors: [
        vendor('words', {
          contract_clauses: ['Security', 'SLA', 'Breach_Notice', 'AUDIT', 'termination ', 'Key Return'],
        }),
      ],
      routes: [
        route('words', {
          alert_rules: [
            'Repeated Failures',
            'NEW_GEOGRAPHY',
            'volume spike',
            'Key-Material Access',
            'offHours',
            'new_IP',
          ],
        }),
      ],
      attestations: [
        document('vendor-contract-terms', { subject_ids: ['words'] }),
        document('gov-policy-current', {
          topics: [
            'Key Management',
            'ROTATION',
            'revocation',
            'Token_Lifetime',
            'Access Control',
            'auth flows',
            'Scopes',
            'Endpoint criteria',
            'scope_reasons',
            'Private Connections',
            'test data likeness',
            'Countries of use',
            'availability measured',
          ],
        }),
      ],
    },
    outcomes: {
      'vendor-contract-terms words': 'attested',
      'mon-alerts-configured words': 'pass',
      'gov-policy-current Northbridge Bank': 'attested',
    },
  },
  {
    about: 'an IPv4 address written as IPv6 is inside the network of the IPv4 address',
    records: {
      keys: [
        key('mapped', { ip_allowlist: ['10.20.0.0/16'] }),
        key('mapped-hex', { ip_allowlist: ['10.20.0.0/16'] }),
        key('mapped-outside', { ip_allowlist: ['10.20.0.0/16'] }),
        key('halves', { ip_allowlist: ['0.0.0.0/1', '128.0.0.0/1'] }),
        key('quarters', { ip_allowlist: ['::/1', '8000::/1'] }),
      ],
      events: [
        event('mapped', '2026-08-01T10:00:00Z', { source_ip: '::ffff:10.20.3.4' }),
        event('mapped-hex', '2026-08-01T10:00:00Z', { source_ip: '0:0:0:0:0:FFFF:0A14:0304' }),
        event('mapped-outside', '2026-08-01T10:00:00Z', { source_ip: '::ffff:10.21.3.4' }),
        event('halves', '2026-08-01T10:00:00Z', { source_ip: '10.20.3.4' }),
        event('quarters', '2026-08-01T10:00:00Z', { source_ip: '2001:db8::1' }),
      ],
    },
    outcomes: {
      'gw-ip-allowlist mapped': 'pass',
      'gw-ip-allowlist mapped-hex': 'pass',
      'gw-ip-allowlist mapped-outside': 'fail',
      'gw-ip-allowlist halves': 'fail',
      'gw-ip-allowlist quarters': 'fail',
    },
  },
  {
    about: 'a placeholder is no purpose, however long',
    records: {
      keys: [
        '..............',
        'TBD TBD TBD TBD',
        'none none none none',
        'xxxxxxxxxxxxxxxxxx',
        '………………………………',
        'To do: to do: to do',
        '- - - - - - - - - -',
      ].map((purpose, at) =>
        key(`purpose-${at}`, { purpose, data_categories: ['payments'], basis_ref: 'CR-1' }),
      ),
    },
    outcomes: Object.fromEntries(many(7, 'purpose').map((id) => [`inv-purpose-documented ${id}`, 'fail'])),
  },
  {
    about: 'what an inventory does not know of a key is not filled in, although a log knows it',
    records: {
      keys: [key('unknown-dates', { last_rotated: null, last_used: null })],
      rotations: rotation('unknown-dates', { rotated: '2026-09-01T08:00:00Z' }),
    },
    outcomes: { 'inv-required-fields unknown-dates': 'fail' },
  },
  {
    about: 'a credential of a route that no inventory lists',
    records: { routes: [route('presents', { upstream_credential: 'no-such-key' })] },
    outcomes: { 'inv-complete Northbridge Bank': 'fail' },
  },
  {
    about: 'to fetch a secret or to rotate it is no call with it',
    records: {
      keys: [key('managed', { workloads: ['settlement'] })],
      events: [
        ...many(20, 'day').map((_, at) =>
          event('managed', `2026-08-${String(at + 1).padStart(2, '0')}T10:00:00Z`, {
            outcome: 'success',
            latency_ms: 20,
            client: 'server',
            http_status: 200,
          }),
        ),
        event('managed', '2026-08-05T10:00:00Z', {
          category: 'read-secret',
          action: 'GetSecretValue',
          workload: null,
          client: null,
          latency_ms: null,
          http_status: null,
        }),
        event('managed', '2026-08-06T10:00:00Z', {
          category: 'rotate',
          action: 'RotateSecret',
          workload: null,
          client: null,
          latency_ms: null,
          http_status: null,
          log: 'vault',
        }),
      ],
    },
    outcomes: { 'gw-server-side-keys managed': 'pass', 'mon-usage-baseline managed': 'pass' },
  },
  {
    about: 'a key used in the period by its inventory, of which no log shows a call',
    records: { keys: [key('used-unseen', { last_used: '2026-09-12T10:00:00Z', store: 'other-store' })] },
    outcomes: { 'mon-anomaly-unhandled used-unseen': 'no-evidence' },
  },
  {
    about: 'a report to management does not give an open item an owner',
    records: {
      attestations: [document('gov-management-reporting', { held_on: '2026-09-20', topics: ['key health'] })],
      register: [
        {
          item_id: 'R-1',
          kind: 'finding',
          severity: 'high',
          title: 'Keys without owner',
          owner: '',
          due: '2026-12-01',
          status: 'open',
        },
      ],
    },
    outcomes: { 'gov-management-reporting Northbridge Bank': 'fail' },
  },
  {
    about: 'an incident closed before it was contained is asked about',
    records: {
      incidents: [
        incident('INC-9', ['closed-early'], {
          triaged_at: '2026-08-01T10:10:00Z',
          contained_at: '2026-08-05T10:00:00Z',
          investigated_at: '2026-08-02T10:00:00Z',
          remediated_at: '2026-08-03T10:00:00Z',
          closed_at: '2026-08-04T10:00:00Z',
          reviewed_at: '2026-08-10T10:00:00Z',
          root_cause: 'a token in a ticket',
          affected: 'no customers',
          actions_tracked: true,
        }),
      ],
      keys: [key('closed-early')],
    },
    outcomes: { 'ir-record-complete INC-9': 'no-evidence' },
  },
  {
    about:
      'the other keys of a compromised store are related to the one that the incident names, whoever owns them',
    records: {
      keys: [
        key('in-store', { store: 'partner-vault', last_rotated: '2026-08-01' }),
        key('store-mate', { store: 'partner-vault', owner: 'boris', last_rotated: '2026-06-01' }),
      ],
      rotations: rotation('in-store', { revoked: '2026-08-01T10:20:00Z', deployed: '2026-08-01T10:40:00Z' }),
      incidents: [
        incident('INC-10', ['in-store'], { kind: 'Compromise of a credential store' }),
        incident('INC-12', ['in-store'], { kind: 'credential lost in a failed restore' }),
      ],
    },
    outcomes: {
      'emergency-rotate-compromise INC-10': 'fail',
      'emergency-rotate-compromise INC-12': 'pass',
    },
  },
  {
    about: 'two workloads that used a key in different months of the period share it',
    records: {
      keys: [key('shared-over-time', { sharing_exception: '' })],
      events: [
        event('shared-over-time', '2026-07-02T10:00:00Z', { workload: 'settlement' }),
        event('shared-over-time', '2026-09-28T10:00:00Z', { workload: 'reporting' }),
      ],
    },
    outcomes: { 'inv-not-shared shared-over-time': 'fail' },
  },
  {
    about: 'a refused request from outside the list is a finding, and no use',
    records: {
      keys: [
        key('refused', {
          ip_allowlist: ['10.20.0.0/16'],
          last_used: '2026-01-05',
          last_rotated: '2026-09-10',
        }),
      ],
      events: [
        event('refused', '2026-09-01T10:00:00Z', {
          source_ip: '203.0.113.9',
          outcome: 'failure',
          http_status: 403,
        }),
      ],
    },
    outcomes: { 'gw-ip-allowlist refused': 'fail', 'inv-dormant-revoked refused': 'fail' },
  },
  {
    about: 'an active standby with scopes of its own is no standby',
    records: {
      keys: [
        key('critical-one', { risk_tier: 'critical', standby_key: 'spare', standby_tested_at: '2026-08-01' }),
        key('spare', { risk_tier: 'critical', scopes: ['payments:write'] }),
      ],
    },
    outcomes: { 'ir-backup-credential critical-one': 'fail' },
  },
  {
    about: 'the stricter of the severity of an incident and the tier of its key',
    records: {
      keys: [
        key('tier-critical', {
          risk_tier: 'critical',
          store: 'vault-tier',
          owner: 'tiara',
          repositories: [],
        }),
      ],
      rotations: rotation('tier-critical', {
        revoked: '2026-08-01T12:00:00Z',
        deployed: '2026-08-01T12:10:00Z',
      }),
      incidents: [incident('INC-11', ['tier-critical'], { severity: 'low' })],
    },
    outcomes: { 'emergency-rotate-compromise INC-11': 'fail' },
  },
  {
    about: 'of three hundred records of a kind, the last one decides as well',
    records: {
      keys: [
        key('reviewed'),
        key('of-developer'),
        ...many(300, 'sandbox').map((id) => key(id, { environment: 'development' })),
      ],
      repositories: [repository('repo-300')],
      secret_findings: [
        ...many(300, 'suppressed').map((id) => ({
          ...finding(id, 'reviewed', 'repo-300'),
          path: `test/${id}.ts`,
          state: 'suppressed',
          reason: 'a value of the documentation',
        })),
        { ...finding('zz-open', 'reviewed', 'repo-300'), path: 'zz/open.ts', state: 'open' },
      ],
      principals: people(['dev'], { roles: ['developers'] }),
      grants: [
        ...many(300, 'user').map((id) => grant('reviewed', id, REVIEWED)),
        grant('reviewed', 'zz-last', {
          ...REVIEWED,
          reviewed_at: '2024-01-01',
          previous_review_at: '2023-01-01',
        }),
        ...many(300, 'sandbox').map((id) => grant(id, 'dev', { environment: 'development' })),
        grant('of-developer', 'dev', { granted_at: '2025-01-01', approved_at: '2024-12-01' }),
      ],
    },
    outcomes: {
      'repo-no-hardcoded-secret repo-300': 'fail',
      'access-review-periodic reviewed': 'fail',
      'rbac-dev-no-prod dev': 'fail',
    },
  },
  {
    about:
      'who left under one id left under the other, and who reviews a right of the other id reviews their own',
    records: {
      keys: [key('of-leaver', { last_rotated: '2026-03-01' }), key('own-review')],
      principals: [
        ...people(['fred'], { aliases: ['fred@northbridge.example'] }),
        ...people(['Fred@Northbridge.example'], {
          aliases: [],
          status: 'left',
          departed_at: '2026-08-01T16:00:00Z',
        }),
        ...people(['gina'], { aliases: ['gina@northbridge.example'] }),
      ],
      grants: [
        grant('of-leaver', 'fred', { granted_at: '2026-05-01' }),
        grant('own-review', 'gina', { ...REVIEWED, reviewer: 'GINA@northbridge.example' }),
      ],
    },
    outcomes: { 'emergency-rotate-departure of-leaver': 'fail', 'access-review-periodic own-review': 'fail' },
  },
  {
    about: 'a pending secret does not answer the breach of a vendor',
    records: {
      vendors: [vendor('breached', { contract_clauses: ['security'] })],
      keys: [key('of-vendor', { vendor: 'breached', store: 'azure-key-vault', last_rotated: '2026-03-01' })],
      incidents: [
        incident('INC-13', ['of-vendor'], {
          kind: 'vendor-breach',
          vendor: 'breached',
          notice_received_at: '2026-08-01T10:00:00Z',
        }),
      ],
      rotations: rotation('of-vendor', { generated: '2026-08-01T11:00:00Z', stored: '2026-08-01T11:10:00Z' }),
    },
    outcomes: { 'emergency-rotate-vendor INC-13': 'fail' },
  },
  {
    about: 'changes of keys without a ticket, and rotations by hand, are cited one by one',
    records: {
      keys: [key('by-hand')],
      rotations: rotation(
        'by-hand',
        { rotated: '2026-09-10T08:00:00Z' },
        { actor: 'boris', actor_type: 'human' },
      ),
      events: [
        event('by-hand', '2026-09-10T08:00:00Z', {
          category: 'rotate',
          action: 'rotate',
          actor: 'boris',
          actor_type: 'human',
          ticket: '',
        }),
      ],
    },
    outcomes: { 'log-five-w Northbridge Bank': 'fail', 'rotation-automated Northbridge Bank': 'fail' },
  },
];

const folder = mkdtempSync(join(tmpdir(), 'known-answers-'));
describeUnlessProved('a bank of which the answers are known', import.meta.url, PROGRAM_FILES, () => {
  let answers: Answers;

  beforeAll(async () => {
    const kinds = new Set(CASES.flatMap(({ records }) => Object.keys(records)));
    const sources = [...kinds].map((kind) => {
      const path = `${kind}.json`;
      writeFileSync(join(folder, path), JSON.stringify(CASES.flatMap(({ records }) => records[kind] ?? [])));
      return { path, as: 'canonical', kind, covers: { complete: true, period: PERIOD } };
    });
    writeFileSync(
      join(folder, 'keyproof.yaml'),
      JSON.stringify({ organisation: 'Northbridge Bank', sources }),
    );
    answers = await answersOf(folder, { period: '2026-Q3' });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('cites records in every violation, those of the organisation included', () => {
    const violations = [...answers].flatMap(
      ([asked, answer]) =>
        (answer as Answer & { violations?: { records: unknown[] }[] }).violations?.map(({ records }) => [
          asked,
          records.length,
        ]) ?? [],
    );
    expect(violations.length).toBeGreaterThan(CASES.length);
    expect(violations.filter(([, records]) => records === 0)).toEqual([]);
  });

  it.each(CASES)('$about', ({ outcomes }) => {
    for (const [asked, outcome] of Object.entries(outcomes)) {
      const answer = answers.get(asked);
      expect(answer?.outcome, `${asked}: ${JSON.stringify(answer)}`).toBe(outcome);
    }
  });
});
