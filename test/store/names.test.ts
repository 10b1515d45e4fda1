import { expect, it } from 'vitest';
import { STORE_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';
import { at, dossierOf, dossiersOf, storeOf } from './evidence.js';

const ARN = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:payments/stripe-a1B2c3';

describeUnlessProved('names of keys', import.meta.url, STORE_FILES, () => {
  it.each([
    ['its id', ARN],
    ['an alias', 'AWSCURRENT-stripe'],
    ['its name', 'payments/stripe'],
    ['its ARN without the random suffix', ARN.slice(0, -7)],
    ['the ARN of its replica in another Region', ARN.replace('eu-central-1', 'eu-west-3')],
  ])('finds a key by %s', async (_what, name) => {
    const store = await storeOf({
      'keys.json': { keys: [{ key_id: ARN, name: 'payments/stripe', aliases: ['AWSCURRENT-stripe'] }] },
      'trail.json': { events: [{ event_id: 'e1', key_id: name, category: 'use' }] },
      'log.csv': { rotations: [{ key_id: name, step: 'rotated', at: at('2026-05-01T10:00:00Z') }] },
      'review.csv': { grants: [{ principal_id: 'jane', key_id: name }] },
      'leaks.json': { secret_findings: [{ finding_id: 'f1', key_id: name }] },
    });
    const dossier = await dossierOf(store, 'key', ARN);
    expect(dossier.events?.total).toBe(1);
    expect(dossier.rotations?.records.map((record) => record.key_id)).toEqual([ARN]);
    expect(dossier.grants?.total).toBe(1);
    expect(dossier.leaks?.total).toBe(1);
    expect((await dossierOf(store, 'organisation', 'Northbridge Bank')).unknown_keys?.total).toBe(0);
  });

  it('takes a secret of another account, or with other characters at the end, for no replica', async () => {
    const others = [
      ARN.replace('eu-central-1:123456789012', 'eu-west-3:444455556666'),
      ARN.replace('eu-central-1', 'eu-west-3').replace('a1B2c3', 'z9Y8x7'),
    ];
    const store = await storeOf({
      'keys.json': { keys: [{ key_id: ARN, name: 'payments/stripe' }] },
      'trail.json': {
        events: others.map((key_id, n) => ({ event_id: `${n}`, key_id, category: 'use' as const })),
      },
    });
    const { unknown_keys: unknown } = await dossierOf(store, 'organisation', 'Northbridge Bank');
    expect(unknown?.records.map(({ key_id }) => key_id)).toEqual(others);
  });

  it('leaves a name that two keys share as it is, counts it, and names what it may be', async () => {
    const store = await storeOf({
      'keys.json': {
        keys: [
          { key_id: 'k1', name: 'stripe' },
          { key_id: 'k2', name: 'stripe' },
        ],
      },
      'log.json': {
        events: [
          { event_id: 'e1', key_id: 'stripe' },
          { event_id: 'e2', key_id: 'ghost' },
        ],
      },
    });
    const { of } = await dossiersOf(store);
    expect(of('key').map((dossier) => dossier.events?.total)).toEqual([0, 0]);
    const { unknown_keys: unknown, undecided_keys: undecided } = of('organisation')[0] ?? {};
    expect(unknown?.records.map(({ key_id }) => key_id)).toEqual(['ghost']);
    expect(undecided?.records.map(({ key_id, candidates }) => [key_id, candidates])).toEqual([
      ['stripe', ['k1', 'k2']],
    ]);
    const rows = await store.query('SELECT * FROM resolution WHERE kind = ?', ['events']);
    expect(rows).toEqual([{ kind: 'events', conflicts: 0, unknown_keys: 1, ambiguous_keys: 1 }]);
  });

  it('lets an id stand for itself even where it is the name of another key', async () => {
    const store = await storeOf({
      'keys.json': { keys: [{ key_id: 'stripe' }, { key_id: 'k2', name: 'stripe', aliases: ['stripe'] }] },
      'log.json': { events: [{ event_id: 'e1', key_id: 'stripe' }] },
    });
    expect((await dossierOf(store, 'key', 'stripe')).events?.total).toBe(1);
    expect((await dossierOf(store, 'key', 'k2')).events?.total).toBe(0);
  });

  it('does not strip six characters from a name that is not the random suffix', async () => {
    const key_id = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:db-master';
    const store = await storeOf({
      'keys.json': { keys: [{ key_id, name: 'db-master' }] },
      'log.json': { events: [{ event_id: 'e1', key_id: 'db' }] },
    });
    expect((await dossierOf(store, 'key', key_id)).events?.total).toBe(0);
  });
});

describeUnlessProved('case in names', import.meta.url, STORE_FILES, () => {
  const item = 'https://mh-prod-kv.vault.azure.net/secrets/ledger-cache';
  const written = 'https://MH-Prod-KV.vault.azure.net/secrets/Ledger-Cache';

  it('does not count in an item of an Azure Key Vault, wherever one is named', async () => {
    const store = await storeOf({
      'azure.json': { keys: [{ key_id: item, store: 'azure-kv' }] },
      'register.csv': {
        keys: [
          { key_id: written, risk_tier: 'high' },
          { key_id: 'k2', standby_key: written },
        ],
      },
      'log.json': { events: [{ event_id: 'e1', key_id: written, category: 'use' }] },
      'review.csv': {
        grants: [
          { principal_id: 'jane', key_id: written },
          { principal_id: 'joe', key_id: 'https://MH-PROD-KV.vault.azure.net/secrets/*' },
        ],
      },
      'incidents.yaml': { incidents: [{ incident_id: 'i1', key_ids: [written] }] },
    });
    const { of } = await dossiersOf(store);
    expect(of('key').map(({ subject }) => subject.id)).toEqual([item, 'k2']);
    expect(of('key')[0]?.key).toMatchObject({ store: 'azure-kv', risk_tier: 'high' });
    expect(of('key')[0]?.events?.total).toBe(1);
    expect(
      of('key')[0]
        ?.grants?.records.map(({ principal_id: id }) => id)
        .sort(),
    ).toEqual(['jane', 'joe']);
    expect(of('incident')[0]?.incident.key_ids).toEqual([item]);
    expect(of('organisation')[0]?.unknown_keys?.total).toBe(0);
  });

  it.each([
    ['a path of Vault', 'kv/prod/Ledger'],
    ['a secret of AWS', ARN.replace('payments', 'Payments')],
    ['a secret of Google', 'projects/mh-risk-prod/secrets/Ledger'],
    ['a secret of Kubernetes', 'cluster/ns/Ledger'],
    ['a path of a Vault of its own host', 'https://eu.vault.bank.example/v1/secrets/Ledger'],
  ])('counts in %s', async (_what, key_id) => {
    const store = await storeOf({
      'a.json': { keys: [{ key_id }] },
      'b.csv': { keys: [{ key_id: key_id.toLowerCase() }] },
    });
    const { of } = await dossiersOf(store);
    expect(
      of('key')
        .map(({ subject }) => subject.id)
        .sort(),
    ).toEqual([key_id, key_id.toLowerCase()].sort());
  });

  it('does not count in a repository, whichever files name it', async () => {
    const store = await storeOf({
      'github.json': { repositories: [{ repository_id: 'Marenholt/Ledger', visibility: 'private' }] },
      'settings.yaml': { repositories: [{ repository_id: 'marenholt/ledger', pre_commit_hook: true }] },
      'leaks.json': {
        secret_findings: [
          { finding_id: 'f1', repository_id: 'MARENHOLT/ledger' },
          { finding_id: 'f2', repository_id: 'Marenholt/Unlisted' },
          { finding_id: 'f3', repository_id: 'marenholt/unlisted' },
        ],
      },
    });
    const { of } = await dossiersOf(store);
    expect(of('repository').map(({ subject }) => subject.id)).toEqual([
      'marenholt/ledger',
      'marenholt/unlisted',
    ]);
    expect(of('repository')[0]?.repository).toMatchObject({ visibility: 'private', pre_commit_hook: true });
  });

  it('does not count in the address of a person whom two directories have', async () => {
    const store = await storeOf({
      'entra.json': {
        principals: [{ principal_id: 'Jane.Doe@bank.example', directory: true, kind: 'human' }],
      },
      'hr.csv': { principals: [{ principal_id: 'jane.doe@bank.example', directory: true, status: 'left' }] },
      'review.csv': { grants: [{ principal_id: 'JANE.DOE@bank.example', key_id: 'k1' }] },
    });
    const { of } = await dossiersOf(store);
    expect(of('principal').map(({ subject }) => subject.id)).toEqual(['jane.doe@bank.example']);
    expect(of('principal')[0]?.principal).toMatchObject({ kind: 'human', status: 'left' });
    expect(of('principal')[0]?.grants?.total).toBe(1);
  });
});

describeUnlessProved('keys of the IAM credential report', import.meta.url, STORE_FILES, () => {
  const user = 'arn:aws:iam::123456789012:user/jane';
  const accessKey = `AKIA${'IOSFODNN7EXAMPLE'}`;
  const created = at('2026-01-02T03:04:05Z');

  it('is the access key of the same user created at the same time', async () => {
    const store = await storeOf({
      'a-report.csv': { keys: [{ key_id: `${user}#access_key_1`, created, status: 'active' }] },
      'b-inventory.csv': { keys: [{ key_id: accessKey, owner: 'jane', created, purpose: 'batch' }] },
      'trail.json': { events: [{ event_id: 'e1', key_id: accessKey, category: 'use' }] },
    });
    const { of } = await dossiersOf(store);
    expect(of('key').map((dossier) => dossier.subject.id)).toEqual([accessKey]);
    expect(of('key')[0]?.key).toMatchObject({ status: 'active', purpose: 'batch' });
    expect(of('key')[0]?.events?.total).toBe(1);
  });

  it('is the access key of list-access-keys, which names its user beside its id', async () => {
    const store = await storeOf({
      'report.csv': { keys: [{ key_id: `${user}#access_key_1`, created, status: 'active' }] },
      'list-access-keys.json': { keys: [{ key_id: accessKey, name: `jane ${accessKey}`, created }] },
    });
    const { of } = await dossiersOf(store);
    expect(of('key').map((dossier) => dossier.subject.id)).toEqual([accessKey]);
  });

  it('is found through the log that shows its creation, where no inventory has the access key id', async () => {
    const store = await storeOf({
      'report.csv': { keys: [{ key_id: `${user}#access_key_1`, created }] },
      'trail.json': {
        rotations: [{ key_id: accessKey, step: 'created', at: created, actor: 'admin' }],
        events: [{ event_id: 'e1', key_id: accessKey, actor: user, category: 'use' }],
      },
    });
    const dossier = await dossierOf(store, 'key', `${user}#access_key_1`);
    expect(dossier.rotations?.total).toBe(1);
    expect(dossier.events?.total).toBe(1);
  });

  it.each([
    ['the user differs', [{ key_id: accessKey, owner: 'joe', created }]],
    ['the time differs', [{ key_id: accessKey, owner: 'jane', created: at('2026-01-02T03:04:06Z') }]],
    [
      'two access keys fit',
      [accessKey, `${accessKey.slice(0, -1)}X`].map((key_id) => ({ key_id, owner: 'jane', created })),
    ],
  ])('stays apart where %s', async (_why, keys) => {
    const store = await storeOf({
      'report.csv': { keys: [{ key_id: `${user}#access_key_1`, created }] },
      'inventory.csv': { keys },
    });
    const { of } = await dossiersOf(store);
    expect(of('key')).toHaveLength(1 + keys.length);
  });
});

describeUnlessProved('names of people, repositories and vendors', import.meta.url, STORE_FILES, () => {
  const principals = [
    { principal_id: 'U-1', directory: true, name: 'Jane Doe', aliases: ['Jane@Northbridge.example', 'jdoe'] },
    { principal_id: 'U-2', name: 'John Doe', aliases: ['john@northbridge.example'] },
    { principal_id: 'U-3', name: 'John Doe' },
  ];

  it.each(['U-1', 'u-1', 'jane@northbridge.EXAMPLE', 'JDOE', 'jane doe'])(
    'finds a person by %s',
    async (name) => {
      const store = await storeOf({
        'people.csv': { principals },
        'keys.csv': { keys: [{ key_id: 'k1', owner: name }] },
        'review.csv': {
          grants: [
            {
              principal_id: name,
              key_id: 'k1',
              approved_by: 'jdoe',
              requested_by: 'U-2',
              reviewer: 'John Doe',
            },
          ],
        },
        'log.csv': {
          rotations: [{ key_id: 'k1', step: 'rotated', actor: name, approvers: ['jdoe', 'someone', name] }],
        },
      });
      const dossier = await dossierOf(store, 'key', 'k1');
      expect(dossier.owner).toMatchObject({ found: true, principal: { principal_id: 'U-1' } });
      expect(dossier.grants?.records[0]).toMatchObject({
        principal_id: 'U-1',
        approved_by: 'U-1',
        requested_by: 'U-2',
        reviewer: 'John Doe',
        principal: { principal_id: 'U-1', name: 'Jane Doe' },
      });
      expect(dossier.rotations?.records[0]).toMatchObject({
        actor: 'U-1',
        approvers: ['U-1', 'someone', 'U-1'],
      });
      const person = await dossierOf(store, 'principal', 'U-1');
      expect(person.grants?.records[0]?.key?.key_id).toBe('k1');
      expect(person.owned_keys?.records.map((key) => key.key_id)).toEqual(['k1']);
    },
  );

  it.each([
    [
      'in no directory',
      [{ principal_id: 'jane', aliases: ['jane@bank.example'] }, { principal_id: 'jane@bank.example' }],
      'jane',
    ],
    [
      'of which the directory has the other id',
      [
        { principal_id: 'arn:user/jane', aliases: ['jane@bank.example'], kind: 'human' as const },
        { principal_id: 'jane@bank.example', directory: true },
      ],
      'jane@bank.example',
    ],
    [
      'of two directories',
      [
        { principal_id: 'E1', aliases: ['JANE@bank.example'], directory: true },
        { principal_id: 'jane@bank.example', directory: true },
      ],
      'E1',
    ],
  ])('makes one person of two records %s, if one has the id of the other', async (_what, people, id) => {
    for (const principals of [people, people.toReversed()]) {
      const store = await storeOf({
        'people.csv': { principals },
        'keys.csv': { keys: [{ key_id: 'k1' }] },
        'review.csv': {
          grants: people.map(({ principal_id }) => ({ key_id: 'k1', principal_id, action: 'read' as const })),
        },
      });
      const dossier = await dossierOf(store, 'key', 'k1');
      expect(dossier.grants?.records.map(({ principal_id }) => principal_id)).toEqual([id, id]);
    }
  });

  it.each([
    ['is the one of the directory with that name', [], 'U-1'],
    [
      'stays who it is if two of the directory have that name',
      [{ principal_id: 'U-9', name: 'jane doe', directory: true }],
      'Jane Doe',
    ],
  ])('a person that a review knows by a name alone %s', async (_what, others, id) => {
    const store = await storeOf({
      'people.csv': { principals: [...principals, ...others] },
      'keys.csv': { keys: [{ key_id: 'k1' }] },
      'review.csv': {
        principals: [{ principal_id: 'Jane Doe', name: 'Jane Doe', directory: false }],
        grants: [{ principal_id: 'Jane Doe', key_id: 'k1' }],
      },
    });
    const { grants } = await dossierOf(store, 'key', 'k1');
    expect(grants?.records.map(({ principal_id }) => principal_id)).toEqual([id]);
  });

  it('leaves an id alone that two people have among their aliases', async () => {
    const people = ['jane', 'joe'].map((principal_id) => ({ principal_id, aliases: ['ops@bank.example'] }));
    const store = await storeOf({
      'people.csv': { principals: [...people, { principal_id: 'ops@bank.example' }] },
    });
    const { of } = await dossiersOf(store);
    expect(
      of('principal')
        .map(({ subject }) => subject.id)
        .sort(),
    ).toEqual(['jane', 'joe', 'ops@bank.example']);
  });

  it('says that an owner is not found, and nothing where no directory of people was supplied', async () => {
    const keys = [{ key_id: 'k1', owner: 'John Doe' }, { key_id: 'k2', owner: '' }, { key_id: 'k3' }];
    const store = await storeOf({ 'people.csv': { principals }, 'keys.csv': { keys } });
    const { of } = await dossiersOf(store);
    expect(of('key').map((dossier) => dossier.owner)).toEqual(
      keys.map(() => ({ found: false, principal: null })),
    );
    const mentioned = { 'review.csv': { principals: [{ principal_id: 'jane' }] }, 'keys.csv': { keys } };
    const without = await dossiersOf(await storeOf(mentioned));
    expect(without.of('key').map((dossier) => dossier.owner)).toEqual([null, null, null]);
    expect(without.of('key')[0]?.leavers).toBeNull();
  });

  it('joins keys and routes to their vendor by id or name', async () => {
    const store = await storeOf({
      'vendors.csv': { vendors: [{ vendor_id: 'V-1', name: 'Card Processor' }] },
      'keys.csv': {
        keys: [
          {
            key_id: 'k1',
            vendor: 'card processor',
            status: 'revoked',
            last_rotated: at('2026-09-01T00:00:00Z'),
          },
          { key_id: 'k2', vendor: 'V-1', status: 'active' },
          { key_id: 'k3', vendor: 'Nobody', status: 'active' },
        ],
      },
      'routes.csv': { routes: [{ route_id: 'r1', vendor: 'V-1' }] },
    });
    const vendor = await dossierOf(store, 'vendor', 'V-1');
    expect(vendor.keys?.records.map((key) => key.key_id)).toEqual(['k2', 'k1']);
    expect(vendor.routes?.records.map((route) => route.route_id)).toEqual(['r1']);
    expect((await dossierOf(store, 'route', 'r1')).vendor?.vendor_id).toBe('V-1');
    expect((await dossierOf(store, 'key', 'k3')).vendor).toBeNull();
  });

  it('examines a repository that only a finding names', async () => {
    const store = await storeOf({
      'repos.json': { repositories: [{ repository_id: 'northbridge/app', aliases: ['app'] }] },
      'gitleaks.json': {
        secret_findings: [
          { finding_id: 'f1', repository_id: 'APP' },
          { finding_id: 'f2', repository_id: 'forgotten' },
        ],
      },
    });
    const { of } = await dossiersOf(store);
    expect(of('repository').map((dossier) => [dossier.subject.id, dossier.findings?.total])).toEqual([
      ['forgotten', 1],
      ['northbridge/app', 1],
    ]);
    expect((await store.population([])).find((row) => row.kind === 'repositories')?.distinct).toBe(1);
  });
});
