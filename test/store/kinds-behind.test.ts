import { describe, expect, test } from 'vitest';
import { type RecordKind, SUBJECT_KINDS, type SubjectKind } from '../../src/model/index.js';
import { TABLES } from '../../src/store/columns.js';
import { kindsOf } from '../../src/store/kinds-behind.js';
import { STORE_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';
import { at, day, dossiersOf, type Evidence, storeOf } from './evidence.js';

const HASH = 'ab12'.repeat(16);

/** One bank in which every kind of record says something of the others. */
const BANK: Required<Evidence> = {
  keys: [
    {
      key_id: 'k1',
      name: 'ledger',
      environment: 'production',
      status: 'active',
      owner: 'Jane Roe',
      vendor: 'Acquirer',
      store: 'vault',
      repositories: ['ledger'],
      integration: 'payments',
      standby_key: 'k2',
      fingerprint: HASH,
      kek_admins: ['Jane Roe'],
      created: day('2026-01-01'),
      last_rotated: day('2026-02-01'),
      revoked: day('2026-09-20'),
    },
    {
      key_id: 'k2',
      environment: 'production',
      status: 'active',
      owner: 'jane',
      store: 'vault',
      repositories: ['ledger'],
      fingerprint: HASH,
    },
  ],
  principals: [
    {
      principal_id: 'jane',
      name: 'Jane Roe',
      kind: 'human',
      directory: true,
      roles: ['security'],
      trained_at: day('2026-03-01'),
      departed_at: day('2026-08-01'),
    },
  ],
  repositories: [{ repository_id: 'ledger', aliases: ['git/ledger'] }],
  routes: [
    {
      route_id: 'r1',
      vendor: 'Acquirer',
      ticket: 'CHG-1',
      calls_from: day('2026-09-01'),
      calls_to: day('2026-09-30'),
    },
  ],
  vendors: [{ vendor_id: 'v1', name: 'Acquirer' }],
  incidents: [
    {
      incident_id: 'i1',
      key_ids: ['ledger'],
      vendor: 'Acquirer',
      detected_at: at('2026-03-01T00:00:00Z'),
      notice_received_at: at('2026-03-01T00:00:00Z'),
    },
  ],
  rotations: [
    {
      key_id: 'k1',
      step: 'rotated',
      status: 'success',
      at: at('2026-09-10T00:00:00Z'),
      actor: 'Jane Roe',
      actor_type: 'human',
    },
    { key_id: 'k2', step: 'rotated', status: 'success', at: at('2026-09-11T00:00:00Z') },
    { key_id: 'gone', step: 'rotated', at: at('2026-09-10T00:00:00Z') },
  ],
  grants: [
    {
      key_id: 'k1',
      principal_id: 'Jane Roe',
      action: 'revoke',
      requested_by: 'Jane Roe',
      ticket: 'CHG-1',
      granted_at: day('2026-02-01'),
    },
    { key_id: 'k1', principal_id: 'jane', action: 'read', granted_at: day('2026-02-01') },
  ],
  events: [
    {
      key_id: 'k1',
      at: at('2026-09-05T00:00:00Z'),
      actor: 'Jane Roe',
      category: 'use',
      route_id: 'r1',
      log: 'gateway',
    },
    { key_id: 'ledger', at: at('2026-09-25T00:00:00Z'), category: 'use', route_id: 'r1', log: 'gateway' },
    { key_id: 'k2', at: at('2026-09-25T00:00:00Z'), category: 'use', log: 'gateway' },
  ],
  secret_findings: [
    {
      repository_id: 'git/ledger',
      finding_id: 'f1',
      tool: 'scan',
      secret_sha256: HASH,
      first_seen: at('2026-03-01T00:00:00Z'),
    },
    { repository_id: 'git/ledger', finding_id: 'f2', tool: 'scan', key_id: 'ledger', channel: 'chat' },
    { repository_id: 'git/ledger', finding_id: 'f3', tool: 'scan', key_id: 'ledger', kind: 'iban' },
  ],
  attestations: [{ rule: 'r', owner: 'Jane Roe', approver: 'Jane Roe', attested_on: day('2026-03-01') }],
  changes: [
    {
      change_id: 'CHG-1',
      requested_by: 'Jane Roe',
      kind: 'sandbox-signoff',
      integration: 'payments',
      approved_at: day('2026-03-01'),
    },
  ],
  control_runs: [{ control: 'scan', at: at('2026-09-01T00:00:00Z'), status: 'success' }],
  log_sources: [{ log: 'gateway' }],
  notifications: [{ incident_id: 'i1', decided_at: day('2026-03-02') }],
  register: [{ item_id: 'x1', kind: 'finding', owner: 'Jane Roe', status: 'open' }],
  extracts: [{ file: 'bank.json', record_count: 3 }],
};

const CONTEXT = {
  files: [],
  rulesOnDocuments: Object.fromEntries(SUBJECT_KINDS.map((kind) => [kind, ['r']])),
};

type Leaves = Map<string, string>;

/** Every member of every dossier, and every field of a subject's own record, as text by subject and path. */
async function leavesOf(evidence: Evidence): Promise<Leaves> {
  const store = await storeOf({ 'bank.json': evidence });
  const { of } = await dossiersOf(store, {}, CONTEXT);
  const leaves: Leaves = new Map();
  for (const kind of SUBJECT_KINDS) {
    for (const dossier of of(kind)) {
      for (const [name, value] of Object.entries(dossier)) {
        const fields = name === kind && value !== null ? Object.entries(value) : [];
        leaves.set(`${kind}\t${dossier.subject.id}\t${name}`, fields.length > 0 ? '' : JSON.stringify(value));
        for (const [field, held] of fields)
          leaves.set(`${kind}\t${dossier.subject.id}\t${name}.${field}`, JSON.stringify(held));
      }
    }
  }
  return leaves;
}

describeUnlessProved('kinds behind paths', import.meta.url, STORE_FILES, () => {
  test('whatever a missing record changes in any dossier is among the kinds behind that path', async () => {
    const whole = await leavesOf(BANK);
    const untold: string[] = [];
    const changed = new Map<RecordKind, number>();
    for (const lacking of TABLES.keys()) {
      const less = await leavesOf({ ...BANK, [lacking]: [] });
      for (const [leaf, value] of whole) {
        const [kind = '', , path = ''] = leaf.split('\t');
        if (less.get(leaf) === value) continue;
        changed.set(lacking, (changed.get(lacking) ?? 0) + 1);
        if (!kindsOf(kind as SubjectKind, [path]).has(lacking)) untold.push(`${leaf} without ${lacking}`);
      }
    }
    expect(untold).toEqual([]);
    expect([...TABLES.keys()].filter((kind) => !changed.has(kind))).toEqual([]);
  });
});

const REPORT_KEY = 'arn:aws:iam::111122223333:user/jane#access_key_1';
const ACCESS_KEY = `AKIA${'IOSFODNN7EXAMPLE'}`;

async function behindStatus(keys: Evidence['keys'], systems?: string[]): Promise<RecordKind[]> {
  const store = await storeOf({ 'keys.csv': { keys: keys ?? [] } });
  return [...(await store.kindsBehind())('key', ['key.status'], systems)];
}

test('the logs are behind every key once an inventory names keys as the credential report does', async () => {
  expect(await behindStatus([{ key_id: 'k1' }])).toEqual(['keys']);
  expect(await behindStatus([{ key_id: REPORT_KEY }])).toEqual(['keys', 'rotations', 'events']);
});

describe('logs that may tell which key of the credential report a record means', () => {
  const created = at('2026-01-02T03:04:05Z');
  const report = { key_id: REPORT_KEY, store: 'aws-iam', created };
  const listed = { key_id: ACCESS_KEY, name: `jane ${ACCESS_KEY}`, store: 'aws-iam', created };
  const LOGS = ['keys', 'rotations', 'events'];

  test.each([
    ['of the system of the key', ['aws-iam', 'aws-sm'], LOGS],
    ['of a system that is not stated', [], LOGS],
    ['of every system', ['*'], LOGS],
    ['of another system', ['azure-kv'], ['keys']],
  ])('a log %s', async (_which, systems, kinds) => {
    expect(await behindStatus([report], systems)).toEqual(kinds);
  });

  test('a log of any system if the system of the key is not stated', async () => {
    expect(await behindStatus([{ ...report, store: null }], ['azure-kv'])).toEqual(LOGS);
  });

  test('none if another inventory proves the access key id to the second', async () => {
    expect(await behindStatus([report, listed])).toEqual(['keys']);
  });

  test.each([
    ['only the day', { ...listed, created: day('2026-01-02') }],
    ['another user', { ...listed, name: `joe ${ACCESS_KEY}` }],
    ['another time', { ...listed, created: at('2026-01-02T03:04:06Z') }],
  ])('any of the system if that inventory states %s', async (_what, other) => {
    expect(await behindStatus([report, other])).toEqual(LOGS);
  });
});

test('the whole dossier has all its kinds behind it, and a path that no dossier has only those of the subject', () => {
  expect([...kindsOf('vendor', null)].sort()).toEqual([
    'attestations',
    'keys',
    'principals',
    'rotations',
    'routes',
    'vendors',
  ]);
  expect([...kindsOf('vendor', ['nothing.such'])]).toEqual(['vendors']);
  expect([...kindsOf('repository', [])]).toEqual(['repositories', 'secret_findings']);
});
