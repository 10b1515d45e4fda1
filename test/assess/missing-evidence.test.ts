import { describe, expect, test } from 'vitest';
import { assess } from '../../src/assess/index.js';
import { missingSource } from '../../src/assess/missing-source.js';
import type { MissingEvidence, Observation, Policy, RecordKind, SubjectKind } from '../../src/model/index.js';
import { control, framework, observation, plan, policy } from './fixtures.js';
import { memoryStore } from './memory-store.js';

const EVERYTHING = new Set<RecordKind>(['keys', 'grants', 'rotations', 'events', 'principals', 'incidents']);

describe('what a person would supply for a missing path', () => {
  test.each<[SubjectKind, string, string]>([
    ['key', 'key.risk_tier', 'field key.risk_tier'],
    ['key', 'key.created (after the as-of date)', 'field key.created'],
    ['key', 'rotations', 'export rotations'],
    ['key', 'rotations.records (the log does not show the steps)', 'export rotations'],
    ['key', 'grants.records.ticket', 'export grants ticket'],
    ['key', 'grants.records.principal.kind', 'export principals kind'],
    ['key', 'grants.records.change (no changes were supplied)', 'export changes'],
    ['key', 'owner.found', 'export principals'],
    ['key', 'leavers', 'export principals'],
    ['key', 'events (no audit log is stated to be complete for vault, and none names it)', 'export events'],
    ['key', 'signoffs.records (none for this integration)', 'export changes'],
    ['key', 'attestations', 'document attestations.a-rule'],
    ['organisation', 'attestations (none for this rule)', 'document attestations.a-rule'],
    ['organisation', 'unknown_keys', 'export events'],
    ['organisation', 'undecided_keys', 'export keys'],
    ['organisation', 'supplied.events (no audit log names keys)', 'export events'],
    ['organisation', 'training.longest_ago.records.trained_at', 'export principals trained_at'],
    ['organisation', 'inputs.documented.records.extract.sha256', 'export extracts sha256'],
    ['incident', 'entity.finra_member', 'fact finra_member'],
    ['key', 'params.time_zone (state it in keyproof.yaml)', 'field params.time_zone'],
    ['incident', 'vendor_keys.records.revoked', 'export keys revoked'],
    ['repository', 'findings.records.key (the secret is not in the inventory)', 'export keys'],
    ['route', 'requests.url_examined (not every logged call)', 'export events'],
    ['key', 'what a policy of ours asks for', 'field what a policy of ours asks for'],
    ['key', 'constructor.name', 'field constructor.name'],
    ['key', '', 'field '],
  ])('%s: %s', (subject, path, expected) => {
    const source = missingSource(path, { ruleId: 'a-rule', subject, supplied: EVERYTHING });
    const field = source.kind === 'export' && source.field !== null ? ` ${source.field}` : '';
    expect(`${source.kind} ${source.path}${field}`).toBe(expected);
  });

  test('of two exports that a list is made of, the one that was not supplied', () => {
    const context = { ruleId: 'a-rule', subject: 'key' as const };
    expect(missingSource('leavers', { ...context, supplied: new Set(['principals']) }).path).toBe('grants');
    expect(missingSource('anomalies', { ...context, supplied: new Set(['events']) }).path).toBe('incidents');
  });
});

async function missingOf(
  observations: Observation[],
  policies: Policy[],
  supplied: RecordKind[] = ['keys'],
  rest: Parameters<typeof framework>[1] = {},
): Promise<MissingEvidence[]> {
  const ids = [...new Set(observations.map(({ subject }) => subject.id))];
  const subjects = ids.map((id) => ({ kind: 'key' as const, id }));
  const store = await memoryStore(subjects, observations, supplied);
  const mapped = policies.map(({ id }) => `${id}:direct`);
  const { missingEvidence } = await assess({
    plan: plan(),
    store,
    policies,
    policyBundleSha256: 'a'.repeat(64),
    frameworks: [framework([control('A-1', 'automated', ...mapped)], rest)],
    frameworksSha256: 'b'.repeat(64),
    files: [],
    incomplete: [],
    toolVersion: '0.1.0',
  });
  await store.close();
  return missingEvidence;
}

const lacks = (rule: string, id: string, ...missing: string[]): Observation =>
  observation(rule, 'key', id, 'no-evidence', { missing });

const A1 = [{ framework: 'house', control: 'A-1' }];

describe('missing evidence', () => {
  test('asks for nothing that only waits for the end of the time allowed', async () => {
    const waits = 'key.last_rotated (the time allowed is not over)';
    const found = await missingOf(
      [lacks('rotate', 'a', waits), lacks('rotate', 'b', waits, 'grants')],
      [policy('rotate', 'key')],
      ['keys', 'grants'],
    );
    expect(found.map(({ path, alone }) => [path, alone])).toEqual([['grants', 1]]);
  });

  test('counts the checks that something decides alone and together, most first', async () => {
    const found = await missingOf(
      [
        lacks('rotation-max-age', 'a', 'key.risk_tier'),
        lacks('rotation-max-age', 'b', 'key.risk_tier', 'rotations'),
        lacks('access-review', 'a', 'grants.records.reviewer', 'grants.records.reviewed_at (no date)'),
        lacks('access-review', 'b', 'grants.records.reviewer'),
        lacks('access-review', 'c', 'grants.records.reviewer'),
      ],
      [policy('rotation-max-age', 'key'), policy('access-review', 'key')],
      ['keys', 'grants'],
    );
    expect(found).toEqual([
      {
        path: 'grants',
        kind: 'export',
        label: 'list of access rights with date of the review and reviewer',
        alone: 3,
        together: 3,
        rules: ['access-review'],
        controls: A1,
        how: expect.stringMatching(
          /^What was supplied does not state date of the review and reviewer: export .*\.$/,
        ),
      },
      {
        path: 'key.risk_tier',
        kind: 'field',
        label: 'risk tier in the key inventory',
        alone: 1,
        together: 2,
        rules: ['rotation-max-age'],
        controls: A1,
        how: "State risk_tier in the key inventory (the bank's risk tier for the key), or map its column under sources in keyproof.yaml.",
      },
      {
        path: 'rotations',
        kind: 'export',
        label: 'rotation log',
        alone: 0,
        together: 1,
        rules: ['rotation-max-age'],
        controls: A1,
        how: expect.stringMatching(/^None was supplied: export .*\.$/),
      },
    ]);
  });

  test('has one row for each rule that a document is missing for', async () => {
    const found = await missingOf(
      [lacks('a-rule', 'a', 'attestations'), lacks('b-rule', 'a', 'attestations (none for this rule)')],
      [policy('a-rule', 'key'), policy('b-rule', 'key')],
    );
    expect(found.map(({ path, label, alone }) => [path, label, alone])).toEqual([
      ['attestations.a-rule', 'document for "Title of a-rule"', 1],
      ['attestations.b-rule', 'document for "Title of b-rule"', 1],
    ]);
  });

  test('asks for a setting that has no default in keyproof.yaml', async () => {
    const found = await missingOf(
      [lacks('mon-off-hours', 'a', 'params.time_zone (state it)')],
      [policy('mon-off-hours', 'key')],
    );
    expect(found.map(({ label, how }) => [label, how])).toEqual([
      [
        'time zone of mon-off-hours',
        'State thresholds.mon-off-hours.params.time_zone in keyproof.yaml; keyproof has no default for it.',
      ],
    ]);
  });

  test('has the facts that keep controls undecided, although no check lacks them', async () => {
    const passed = observation('a-rule', 'key', 'a', 'pass');
    const when = { pci_scope: ['cde'], finra_member: [true], account_kind: ['user'] };
    const found = await missingOf([passed], [policy('a-rule', 'key')], ['keys'], { when });
    expect(
      found.map(({ path, kind, alone, together, controls }) => [path, kind, alone, together, controls]),
    ).toEqual([
      ['finra_member', 'fact', 0, 0, A1],
      ['key.account_kind', 'field', 0, 0, A1],
      ['pci_scope', 'fact', 0, 0, A1],
    ]);
  });

  test('has the export without which there is nothing to examine', async () => {
    const found = await missingOf([], [policy('a-rule', 'route')], []);
    expect(found).toMatchObject([
      {
        path: 'routes',
        label: 'gateway configuration',
        alone: 0,
        together: 0,
        rules: ['a-rule'],
        controls: A1,
      },
    ]);
  });

  test("has what a policy of one's own says as it says it", async () => {
    const words = ['a word of ours', 'constructor.name', '__proto__', ''];
    const found = await missingOf(
      words.map((word) => lacks('a-rule', `key ${word}`, word)),
      [policy('a-rule', 'key')],
    );
    expect(found.map(({ label }) => label)).toEqual(['', '__proto__', 'a word of ours', 'constructor.name']);
  });

  test('is empty if nothing is missing', async () => {
    expect(await missingOf([observation('a-rule', 'key', 'a', 'pass')], [policy('a-rule', 'key')])).toEqual(
      [],
    );
  });
});
