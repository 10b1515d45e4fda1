import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ADAPTERS } from '../../src/ingest/adapters/index.js';
import { CANONICAL_FIELDS, RECORD_KINDS } from '../../src/ingest/fields/record-fields.js';
import type { RecordKind, SourceSpec } from '../../src/model/index.js';
import { fingerprint } from '../../src/secrets/fingerprint.js';
import { readFolder } from './folder.js';

const SAMPLES: { [K in RecordKind]: { [field: string]: string | number | boolean | string[] } } = {
  keys: {
    key_id: 'k1',
    name: 'Card gateway',
    owner: 'payments',
    environment: 'production',
    scopes: ['cards:read'],
  },
  rotations: {
    key_id: 'k1',
    step: 'rotated',
    at: '2026-07-01T08:00:00Z',
    actor: 'pipeline',
    status: 'success',
  },
  grants: { principal_id: 'ada', key_id: 'k1', action: 'read', granted_at: '2026-01-01', break_glass: false },
  principals: { principal_id: 'ada', name: 'Ada Moss', kind: 'human', roles: ['sre'], status: 'active' },
  events: { event_id: 'e1', at: '2026-07-01T08:00:00Z', category: 'use', action: 'Charge', key_id: 'k1' },
  repositories: {
    repository_id: 'northbridge/cards',
    visibility: 'private',
    in_scope: true,
    push_protection: true,
  },
  secret_findings: {
    finding_id: 'f1',
    repository_id: 'northbridge/cards',
    rule: 'stripe',
    line: 12,
    path: 'a.ts',
  },
  routes: {
    route_id: 'r1',
    url: 'https://api.northbridge.example/cards',
    min_tls: '1.2',
    rate_limit_rps: 50,
    mtls: true,
  },
  incidents: {
    incident_id: 'i1',
    title: 'Leaked key',
    severity: 'high',
    key_ids: ['k1'],
    detected_at: '2026-07-01',
  },
  vendors: {
    vendor_id: 'v1',
    name: 'FinFusion',
    status: 'active',
    breach_notice_hours: 24,
    assessed_at: '2026-01-01',
  },
  attestations: {
    rule: 'governance-policy',
    document_title: 'Key policy',
    owner: 'ciso',
    approver: 'board',
    topics: ['rotation'],
  },
  changes: { change_id: 'CHG-1', kind: 'access-request', approved_by: ['ben'], approved_at: '2026-01-01' },
  control_runs: {
    control: 'secret-scan',
    at: '2026-07-01T08:00:00Z',
    channel: 'repository',
    status: 'success',
    findings: 0,
  },
  log_sources: {
    log: 'vault-audit',
    max_skew_ms: 40,
    immutable: true,
    readers: ['soc'],
    retention_days: 400,
  },
  notifications: {
    incident_id: 'i1',
    regime: 'dora-initial',
    required: true,
    sent_at: '2026-07-01T08:00:00Z',
  },
  register: { item_id: 'F-1', kind: 'finding', severity: 'high', owner: 'ada', due: '2026-12-01' },
  extracts: { file: 'keys.csv', system: 'vault', record_count: 12, extracted_at: '2026-09-30T06:00:00Z' },
};

const csv = (record: object): string =>
  `${Object.keys(record).join(',')}\n${Object.values(record)
    .map((v) => (Array.isArray(v) ? v.join(';') : v))
    .join(',')}\n`;
const source = (spec: Partial<SourceSpec>, path = 'export.csv'): { sources: SourceSpec[] } => ({
  sources: [{ path, ...spec }],
});

describe('the canonical form', () => {
  it('has a sample of every kind of the schema', () => {
    expect(Object.keys(SAMPLES).sort()).toEqual([...RECORD_KINDS].sort());
    expect(CANONICAL_FIELDS.keys.find(({ name }) => name === 'environment')).toMatchObject({
      type: 'enum',
      required: false,
    });
    expect(CANONICAL_FIELDS.rotations.filter(({ required }) => required).map(({ name }) => name)).toEqual([
      'key_id',
      'step',
    ]);
  });

  describe.each(Object.entries(SAMPLES))('%s', (kind, sample) => {
    it.each([
      ['CSV', 'export.csv', csv(sample)],
      ['a JSON array', 'export.json', JSON.stringify([sample])],
      ['a JSON object keyed by kind', 'export.json', JSON.stringify({ [kind]: [sample] })],
      ['NDJSON', 'export.ndjson', JSON.stringify(sample)],
      ['YAML', 'export.yaml', JSON.stringify({ [kind]: [sample] }, null, 1)],
    ])('is recognised and read as %s', async (_, name, text) => {
      const { file, records } = await readFolder({ [name]: text });
      expect(file).toMatchObject({
        state: 'used',
        adapter: 'canonical',
        rejected: 0,
        produced: { [kind]: 1 },
        warnings: [],
      });
      const [record] = records[kind as RecordKind] ?? [];
      const plain = Object.entries(sample).filter(
        ([, value]) => !(typeof value === 'string' && /^2026-/.test(value)),
      );
      expect(record).toMatchObject(Object.fromEntries(plain));
      for (const [field, value] of Object.entries(sample)) {
        if (plain.some(([name]) => name === field)) continue;
        expect(record?.[field]).toMatchObject({ state: 'known', ms: Date.parse(String(value)) });
      }
    });
  });

  it('takes the kind from the record, the file name or keyproof.yaml', async () => {
    const mixed = [
      { kind: 'keys', key_id: 'k1' },
      { kind: 'rotations', key_id: 'k1', step: 'rotated' },
      { kind: 'keyz', key_id: 'k2' },
    ];
    const first = await readFolder({
      'evidence.ndjson': mixed.map((record) => JSON.stringify(record)).join('\n'),
    });
    expect(first.file.produced).toEqual({ keys: 1, rotations: 1 });
    expect(first.file.rejects).toMatchObject([{ record: 'line 3', field: 'kind' }]);
    expect(first.file.warnings).toEqual([]);
    const second = await readFolder({ '2026-q3-rotations.csv': 'key_id,step,at\nk1,rotated,2026-07-01\n' });
    expect(second.file.produced).toEqual({ rotations: 1 });
    const third = await readFolder({ 'export.csv': 'key_id\nk1\n' }, source({ kind: 'keys' }));
    expect(third.file.produced).toEqual({ keys: 1 });
  });

  it('does not take other people\u2019s tables for its own', async () => {
    const { files } = await readFolder({
      'orders.csv': 'order,customer,name,status\n1,2,3,4\n',
      'jwks.json': JSON.stringify({ keys: [{ kty: 'RSA', kid: 'a', n: 'x', e: 'AQAB' }] }),
      'wide.csv': 'key_id,name,owner,a,b,c,d,e\n1,2,3,4,5,6,7,8\n',
    });
    expect(files.map(({ path, state }) => `${path} ${state}`)).toEqual([
      'jwks.json not-used',
      'orders.csv not-used',
      'wide.csv not-used',
    ]);
    expect(files[2]?.warnings.join()).toContain('3 of its 8 columns are fields of it (key_id, name, owner)');
  });

  it('takes an empty key set for no inventory, and an empty list beside another for one', async () => {
    const { files } = await readFolder({
      'jwks.json': '{"keys":[]}',
      'all.json': '{"keys":[],"rotations":[{"key_id":"k1","step":"rotated"}]}',
    });
    expect(files.map(({ path, adapter, produced }) => [path, adapter, produced])).toEqual([
      ['all.json', 'canonical', { keys: 0, rotations: 1 }],
      ['jwks.json', null, {}],
    ]);
  });

  it('knows other names of columns, and names those it does not know', async () => {
    const text =
      'Key ID,Client Name,Env,Risk Tier,Last Rotated,IP Allow-list,Colour,Secret\nk1,Cards,PRD,High,2026-01-02,Any,red,x\n';
    const { file, records } = await readFolder({ 'portal.csv': text });
    expect(records.keys?.[0]).toMatchObject({
      key_id: 'k1',
      name: 'Cards',
      environment: 'production',
      risk_tier: 'high',
      ip_allowlist: [],
    });
    expect(file.warnings).toEqual([
      'not read, because they match no field: "Colour", "Secret"; map them in keyproof.yaml (columns) if they matter',
    ]);
  });

  it('reads by the mapping, constants and time zone of keyproof.yaml', async () => {
    const text = 'Kennung;Verantwortlich;Gewechselt\nk1;zahlungen;02.01.2026 09:00\nk2;;02.01.2026 09:00\n';
    const spec: Partial<SourceSpec> = {
      kind: 'keys',
      columns: { key_id: 'Kennung', owner: 'Verantwortlich', last_rotated: 'Gewechselt' },
      constants: { environment: 'prod', store: 'portal', encrypted_at_rest: true },
      timezone: '+01:00',
    };
    const { records } = await readFolder({ 'export.csv': text }, source(spec));
    expect(records.keys?.[0]).toMatchObject({
      key_id: 'k1',
      owner: 'zahlungen',
      environment: 'production',
      store: 'portal',
      encrypted_at_rest: true,
      last_rotated: { state: 'known', ms: Date.parse('2026-01-02T08:00:00Z'), tolerance_ms: 0 },
    });
    expect(records.keys?.[1]).not.toHaveProperty('owner');
  });

  it.each([
    [
      'keys.csv',
      'key_id,Owner,owner,name\nk1,ines@nb.example,petra@nb.example,a\n',
      'owner',
      '"Owner" states',
    ],
    ['keys.csv', 'key_id,environment,Env,name\nk1,prod,test,a\n', 'environment', '"Env" states "test"'],
    [
      'keys.json',
      '{"keys":[{"key_id":"k1","Status":"active","state":"revoked"}]}',
      'status',
      'members contradict each other',
    ],
  ])(
    'takes none of two columns of one field that contradict each other: %s %s',
    async (name, text, field, said) => {
      const { file, records } = await readFolder({ [name]: text });
      expect(records.keys?.[0]).not.toHaveProperty(field);
      expect(file.unreadable).toEqual([
        expect.objectContaining({ field, reason: expect.stringContaining(said) }),
      ]);
      expect(file.warnings).toEqual([]);
    },
  );

  it('notes with a key which of its fields cannot be read, so that none is said to be missing', async () => {
    const { records } = await readFolder({
      'keys.csv': 'key_id,created,owner,Owner\nk1,Jan-24,ines@nb.example,petra@nb.example\nk2,2026-01-01,,\n',
      'long.json': JSON.stringify({ keys: [{ key_id: 'k3', name: 'n'.repeat(70_000) }] }),
      'secrets.json': JSON.stringify({
        SecretList: [
          {
            ARN: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:nb/sepa-AbCdEf',
            Name: 'nb/sepa',
            CreatedDate: 'Jan-24',
            Tags: [
              { Key: 'env', Value: 'prod' },
              { Key: 'Env', Value: 'test' },
            ],
          },
        ],
      }),
    });
    expect(records.keys?.map(({ unclear }) => unclear)).toEqual([
      ['created', 'owner'],
      undefined,
      ['name'],
      ['created', 'environment'],
    ]);
  });

  it('takes what any of several columns of one field states', async () => {
    const { file, records } = await readFolder({
      'keys.csv': 'key_id,Owner,owner,Env,environment\nk1,n/a,ines@nb.example,prod,production\nk2,,,,test\n',
    });
    expect(records.keys?.map(({ owner, environment }) => [owner, environment])).toEqual([
      ['ines@nb.example', 'production'],
      [undefined, 'test'],
    ]);
    expect(file).toMatchObject({ unreadable: [], warnings: [] });
  });

  it('maps members of nested JSON', async () => {
    const text = JSON.stringify([{ id: 'k1', tags: { owner: 'payments', 'cost.centre': '12' } }]);
    const spec = source({ kind: 'keys', columns: { key_id: 'id', owner: 'tags.owner' } }, 'export.json');
    const { records, file } = await readFolder({ 'export.json': text }, spec);
    expect(records.keys?.[0]).toMatchObject({ key_id: 'k1', owner: 'payments' });
    expect(file.warnings).toEqual([]);
  });

  it.each([
    [
      { kind: 'keys', columns: { key_id: 'Key Id' } },
      'maps key_id to the column "Key Id", which the file lacks; did you mean "Key ID"?',
    ],
    [
      { kind: 'keys', columns: { key_idd: 'Key ID' } },
      'maps "key_idd", which is no field of keys; did you mean "key_id"?',
    ],
    [
      { kind: 'keys', constants: { environment: 'moon' } },
      'gives environment a constant that is wrong: "moon" is not one of',
    ],
    [{ as: 'canonical' }, 'nothing tells which kind of record it holds'],
    [{ as: 'gitleaks' }, null],
  ] as const)('says what is wrong with the source %j', async (spec, sentence) => {
    const { file } = await readFolder({ 'export.csv': 'Key ID,Colour,Size\nk1,red,4\n' }, source(spec));
    if (sentence === null) return expect(file.adapter).toBe('gitleaks');
    expect(file.state).toBe('unreadable');
    expect(file.warnings.join()).toContain(sentence);
  });

  it('tells nothing stated, known to be none, and never apart', async () => {
    const text =
      'key_id,owner,scopes,expires,last_used,last_rotated,revoked\nk1,,,,,,\nk2,-,none,never,n/a,-,not applicable\n';
    const { records } = await readFolder({ 'keys.csv': text });
    expect(Object.keys(records.keys?.[0] ?? {})).toEqual(['key_id', 'source']);
    expect(records.keys?.[1]).toMatchObject({
      owner: '',
      scopes: [],
      expires: { state: 'never', ms: null },
      last_used: { state: 'not-tracked' },
      last_rotated: { state: 'not-tracked' },
      revoked: { state: 'not-applicable' },
    });
    const json = await readFolder({ 'keys.json': '[{"key_id":"k1","owner":"","scopes":[],"purpose":null}]' });
    expect(json.records.keys?.[0]).toMatchObject({ owner: '', scopes: [] });
    expect(json.records.keys?.[0]).not.toHaveProperty('purpose');
  });

  it.each([
    ['environment', 'prodction', 'nearest: production'],
    ['last_rotated', '2026-02-31', '2026-02 has no day 31'],
    ['last_rotated', '45306', "spreadsheet's day number"],
    ['last_rotated', '00.01.1900', 'spreadsheet'],
    ['last_rotated', '03/04/2026', 'day and month cannot be told apart'],
    ['name', '#N/A', "spreadsheet's error value"],
    ['owner', 'System.Object[]', 'name of a .NET type'],
    ['ip_allowlist', 'System.Collections.Generic.List`1[System.String]', 'name of a .NET type'],
    ['rotation_enabled', 'maybe', 'neither yes nor no'],
    ['rotation_interval_days', 'often', 'not a number'],
    ['ip_allowlist', 'office', 'is not a network'],
    ['ip_allowlist', '10.0.0.0/99', 'is not a network'],
    ['fingerprint', 'not-a-hash', 'may be a secret'],
    ['prefix', 'abcdefghijklmnop', 'may be a secret'],
  ])('leaves %s unknown if it is %j, and keeps the record', async (field, value, sentence) => {
    const { file, keys } = await withBadField(field, value);
    expect(file).toMatchObject({ records: 2, rejected: 0, rejects: [], unreadableFields: 1 });
    expect(file.unreadable).toMatchObject([{ record: 'row 2', kind: 'keys', field }]);
    expect(file.unreadable[0]?.reason).toContain(sentence);
    expect(file.unreadable[0]?.reason).not.toContain('abcdefghijklmnop');
    expect(keys.map((key) => key.source.record)).toEqual(['row 2', 'row 3']);
    expect(keys[0]).not.toHaveProperty(field);
  });

  it.each([
    ['1.23457E+15', 'rounded by a spreadsheet'],
    ['1E+15', 'rounded by a spreadsheet'],
    ['', 'every record of keys needs key_id'],
    ['-', 'every record of keys needs key_id'],
    ['TBD', 'every record of keys needs key_id'],
  ])('rejects a record whose id is %j, and no other', async (value, sentence) => {
    const { file, keys } = await withBadField('key_id', value);
    expect(file).toMatchObject({ records: 2, rejected: 1, unreadableFields: 0 });
    expect(file.rejects).toMatchObject([{ record: 'row 2', field: 'key_id' }]);
    expect(file.rejects[0]?.reason).toContain(sentence);
    expect(keys.map((key) => key.source.record)).toEqual(['row 3']);
  });

  /** Reads two keys, the first of which has one bad field. */
  async function withBadField(field: string, value: string) {
    const header = [
      'key_id',
      'name',
      'owner',
      'environment',
      'last_rotated',
      'rotation_enabled',
      'rotation_interval_days',
      'ip_allowlist',
      'fingerprint',
      'prefix',
    ];
    const good: { [name: string]: string } = { key_id: 'k1', name: 'a', owner: 'o', environment: 'prod' };
    const row = (values: { [name: string]: string }): string =>
      header.map((name) => values[name] ?? '').join(',');
    const { file, records } = await readFolder({
      'keys.csv': [header.join(','), row({ ...good, [field]: value }), row(good)].join('\n'),
    });
    return { file, keys: records.keys ?? [] };
  }

  it('lists every bad field of a record and counts the record once', async () => {
    const { file } = await readFolder({ 'keys.csv': 'key_id,name,environment,created\n,a,moon,soon\n' });
    expect(file).toMatchObject({ records: 1, rejected: 1, produced: { keys: 0 } });
    expect(file.rejects.map(({ field }) => field)).toEqual(['key_id', 'environment', 'created']);
  });

  it('names the column of a bad value where it is called otherwise', async () => {
    const { file } = await readFolder({ 'keys.csv': 'Key ID,Name,Env\nk1,a,moon\n' });
    expect(file.unreadable[0]?.reason).toContain('(column "Env")');
  });

  it('reads an Instant as keyproof writes it', async () => {
    const created = { state: 'known', ms: 1_700_000_000_000, tolerance_ms: 86_399_999 };
    const { records, file } = await readFolder({
      'keys.json': JSON.stringify([
        { key_id: 'k1', name: 'a', created },
        { key_id: 'k2', name: 'a', created: { state: 'soon' } },
      ]),
    });
    expect(records.keys).toMatchObject([{ key_id: 'k1', created }, { key_id: 'k2' }]);
    expect(records.keys?.[1]).not.toHaveProperty('created');
    expect(file.unreadable).toMatchObject([{ record: '/1', field: 'created' }]);
  });

  it('never lets a live secret out, whichever column or sentence it is in', async () => {
    const secret = ['sk', 'live', 'n0rthbr1dgeEXAMPLEexample'].join('_');
    const text = `key_id,name,purpose,environment,last_used\n${secret},a,uses ${secret} daily,prod,\nk2,b,c,${secret},${secret}\n`;
    const read = await readFolder({ 'keys.csv': text });
    expect(JSON.stringify(read)).not.toContain(secret);
    expect(read.records.keys?.[0]).toMatchObject({
      key_id: `sha256:${fingerprint(secret)}`,
      purpose: `uses sha256:${fingerprint(secret)} daily`,
    });
    expect(read.file.warnings.join()).toContain('key_id held what looks like a live secret');
    expect(read.file.unreadable.map(({ field }) => field)).toEqual(['environment', 'last_used']);
  });
});

describe('docs/formats.md', () => {
  const text = readFileSync(new URL('../../docs/formats.md', import.meta.url), 'utf8');

  it.each(RECORD_KINDS)('lists every field of %s, and which are required', (kind) => {
    const row = text.split('\n').find((line) => line.startsWith(`| \`${kind}\` |`)) ?? '';
    const letters = { text: '', instant: ' t', list: ' l', boolean: ' b', number: ' n', enum: ' e' };
    const fields = CANONICAL_FIELDS[kind].map(
      ({ name, required, type }) => (required ? `**\`${name}\`**` : `\`${name}\``) + letters[type],
    );
    expect(row).toBe(`| \`${kind}\` | ${fields.join(', ')} |`);
  });

  it('names every adapter', () => {
    for (const { id } of ADAPTERS) expect(text).toContain(`| \`${id}\` |`);
  });
});
