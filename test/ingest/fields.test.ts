import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knownInstant } from '../../src/ingest/fields/instants.js';
import { keyLabelReader } from '../../src/ingest/fields/key-labels.js';
import { parseLabels } from '../../src/ingest/fields/labels.js';
import { reading } from '../../src/ingest/fields/record-reader.js';
import { parseText } from '../../src/ingest/fields/values.js';
import { startFileLog } from '../../src/ingest/file-log.js';

const open = (value: Record<string, unknown>, record = '/value/3') => {
  const { context, result } = startFileLog('keys.json', null);
  return { r: reading({ record, list: '$', value }, context, 'export it again.'), result };
};

describe('the fields of a record', () => {
  const value = {
    id: ' k1 ',
    number: 42,
    owner: 'n/a',
    nested: { exp: 1_790_640_000, on: 'yes', ttl: '15m', scopes: 'read write', tier: 'prd' },
    'dotted.name': 'own',
    blank: '',
    none: null,
    wrong: { a: 1 },
  };

  it('are found by name, by path, or at the first of several places that is stated', () => {
    const { r, result } = open(value);
    expect({
      id: r.text('id'),
      number: r.text('number'),
      cell: r.cell('owner'),
      date: r.date(['none', 'nested.exp']),
      flag: r.flag('nested.on'),
      ttl: r.number('nested.ttl', 'seconds'),
      list: r.list('nested.scopes', [' ']),
      tier: r.oneOf('nested.tier', ['production', 'test']),
      dotted: r.text('dotted.name'),
      blank: r.text(['blank', 'none', 'absent']),
      failed: r.failed,
    }).toEqual({
      id: 'k1',
      number: '42',
      cell: null,
      date: knownInstant(1_790_640_000_000),
      flag: true,
      ttl: 900,
      list: ['read', 'write'],
      tier: 'production',
      dotted: 'own',
      blank: null,
      failed: false,
    });
    expect(result().rejects).toEqual([]);
  });

  it('are rejected with their place if they cannot be read, once, and then there is no record', () => {
    const { r, result } = open(value);
    expect([r.date('wrong'), r.need('wrong', r.date('wrong'), 'It is missing.'), r.failed]).toEqual([
      null,
      null,
      true,
    ]);
    expect(r.emit('keys', { key_id: 'k1' })).toEqual([]);
    expect(result()).toMatchObject({
      rejected: 1,
      rejects: [{ record: '/value/3', field: 'wrong', reason: '"{"a":1}" is not a date; export it again.' }],
    });
  });

  it('cost only the field if it is read in a function, whatever the function makes of what is missing', () => {
    const { r, result } = open(value);
    const source = { file: 'keys.json', record: '/value/3' };
    const emitted = r.emit('keys', () => ({ owner: r.flag('number') ? 'a' : 'b', purpose: '' }), {
      key_id: r.text('id'),
      last_rotated: () => r.date('wrong') ?? knownInstant(0),
      rotation_enabled: () => r.flag('nested.ttl') ?? r.flag('nested.on'),
      scopes: () => r.each('nested').map(({ name }) => name),
      name: () => r.text('id'),
    });
    expect(emitted).toEqual([
      {
        kind: 'keys',
        record: {
          key_id: 'k1',
          last_rotated: null,
          rotation_enabled: null,
          scopes: null,
          name: 'k1',
          source,
        },
      },
    ]);
    expect(result()).toMatchObject({ rejected: 0, unreadableFields: 4 });
    expect(
      result().unreadable.map(({ field, reason }) => [field, reason.replace(/^.*\(in/s, '(in')]),
    ).toEqual([
      ['number', '"42" is neither yes nor no: expected true or false; export it again.'],
      ['last_rotated', '(in wrong); export it again.'],
      ['rotation_enabled', '(in nested.ttl); export it again.'],
      ['scopes', '(in nested.exp); export it again.'],
    ]);
  });

  it('cost the record if it cannot be without the field, or is rejected anyway, and all are listed', () => {
    const { r, result } = open(value);
    expect(
      r.emit('keys', { key_id: () => r.read('wrong', parseText), expires: () => r.date('owner') }),
    ).toEqual([]);
    const other = open(value);
    other.r.date('wrong');
    expect(
      other.r.emit('keys', { key_id: 'k1', rotation_enabled: () => other.r.flag('nested.ttl') }),
    ).toEqual([]);
    expect([result(), other.result()].map(({ rejects }) => rejects.map(({ field }) => field))).toEqual([
      ['wrong'],
      ['wrong', 'nested.ttl'],
    ]);
    expect([result().unreadable, other.result().unreadable]).toEqual([[], []]);
  });

  it('are rejected if the record is useless without them', () => {
    const { r, result } = open(value);
    r.need(['none', 'blank'], r.text(['none', 'blank']), 'There is no owner; add one.');
    r.match('id', /^arn:/, 'an ARN');
    r.match('absent', /^arn:/, 'an ARN');
    expect(result().rejects).toEqual([
      { record: '/value/3', field: 'none', reason: 'There is no owner; add one.' },
      { record: '/value/3', field: 'id', reason: '"k1" is not an ARN; export it again.' },
      {
        record: '/value/3',
        field: 'absent',
        reason: 'There is no absent: expected an ARN; export it again.',
      },
    ]);
  });

  it('make a record with its source, unless a field that every record of the kind needs is missing', () => {
    const { r } = open(value);
    const source = { file: 'keys.json', record: '/value/3' };
    expect(r.emit('keys', { key_id: r.text('id'), owner: null })).toEqual([
      { kind: 'keys', record: { key_id: 'k1', owner: null, source } },
    ]);
    const without = open(value);
    expect(without.r.emit('keys', { key_id: null, name: 'x' })).toEqual([]);
    expect(without.result().rejects[0]?.reason).toBe(
      'every record of keys needs key_id; it is missing or empty',
    );
  });

  it.each([
    [
      '/value/3',
      { keys: [{ id: 'a' }, 7, { id: 'b' }] },
      ['/value/3/keys/0', '/value/3/keys/2'],
      '/value/3/keys/1',
    ],
    ['line 7', { keys: { 'x/y': { id: 'a' }, z: 1 } }, ['line 7 /keys/x~1y'], 'line 7 /keys/z'],
    ['doc 2 /value/0', { keys: [{}] }, ['doc 2 /value/0/keys/0'], undefined],
    ['doc 1', { keys: 'none' }, [], 'doc 1'],
  ])('of a list inside a record %s have locators of their own', (record, nested, locators, refused) => {
    const { r, result } = open(nested, record);
    expect(r.each('keys').map((item) => item.reading.raw.record)).toEqual(locators);
    expect(result().rejects[0]?.record).toBe(refused);
  });

  it('never throw, whatever the record holds', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('a', 'b', 'a.b'), fc.jsonValue()), (any) => {
        const { r } = open(any);
        const all = [
          r.text('a'),
          r.cell('b'),
          r.flag('a.b'),
          r.number('a', 'days'),
          r.list('b'),
          r.date('a'),
        ];
        return all.length === 6 && r.emit('keys', { key_id: 'k1' }).length === (r.failed ? 0 : 1);
      }),
    );
  });
});

describe('labels', () => {
  const facts = (labels: unknown) => {
    const { context, result } = startFileLog('keys.json', null);
    const parsed = parseLabels(labels);
    const { stated_by, ...read } = keyLabelReader(context)(parsed.ok ? parsed.value : null, '/0');
    return { facts: read, stated_by, result };
  };
  const TABLE = { Owner: 'ines', Risk_Tier: 'high', environment: 'blue', 'keyproof:environment': 'prd' };
  const EXPECTED = { owner: 'ines', risk_tier: 'high', environment: 'production', purpose: '' };

  it.each([
    ['an object', TABLE],
    ['Key and Value', Object.entries(TABLE).map(([Key, Value]) => ({ Value, Key }))],
    ['key and value', Object.entries(TABLE).map(([key, value]) => ({ key, value }))],
    ['name and value', Object.entries(TABLE).map(([name, value]) => ({ name, value }))],
    ['texts', Object.entries(TABLE).map(([name, value]) => `${name.replace(':', '-')}=${value}`)],
  ])('are read as %s', (shape, labels) => {
    const expected =
      shape === 'texts'
        ? { owner: 'ines', risk_tier: 'high', purpose: '', unclear: ['environment'] }
        : EXPECTED;
    expect(facts(labels).facts).toEqual(expected);
  });

  it.each([['none'], [7], [[{ Value: 'x' }]], [[1]]])('%j are none', (labels) => {
    expect(parseLabels(labels)).toMatchObject({ ok: false });
  });

  it('are read as the canonical form reads the field', () => {
    const labels = {
      scopes: 'read write',
      workloads: 'a b;c d',
      ip_allowlist: 'any',
      'pci-scope': 'CDE',
      expires: 'never',
      'token-ttl': '1h',
      fingerprint: `sha256:${'AB'.repeat(32)}`,
      prefix: '',
      data_categories: '',
      vendor: 'n/a',
      icfr: 'yes',
      type: null,
      'aws:owner': 'system',
    };
    expect(facts(labels).facts).toEqual({
      owner: '',
      purpose: '',
      scopes: ['read', 'write'],
      workloads: ['a b', 'c d'],
      ip_allowlist: [],
      pci_scope: 'cde',
      expires: { state: 'never', ms: null, tolerance_ms: 0 },
      token_ttl_s: 3600,
      fingerprint: 'ab'.repeat(16),
      prefix: '',
      data_categories: [],
      vendor: null,
      icfr_relevant: true,
      type: '',
    });
  });

  it('that cannot be read leave the field out, with a warning that shows no secret', () => {
    const { facts: found, result } = facts({
      env: 'blue',
      fingerprint: 'maybe-the-value',
      ip_allowlist: 'office',
    });
    expect(found).toEqual({
      owner: '',
      purpose: '',
      unclear: ['environment', 'fingerprint', 'ip_allowlist'],
    });
    expect(result().warnings).toEqual([
      'Tag env: "blue" is not one of production, staging, development, test, sandbox. environment is unknown there; correct the tag.',
      'Tag fingerprint: not the first 16 or more hex characters of a SHA-256 (the value is not shown, it may be a secret). fingerprint is unknown there; correct the tag.',
      'Tag ip_allowlist: "office" is not a network: expected an address or CIDR range such as 203.0.113.0/24, or "any". ip_allowlist is unknown there; correct the tag.',
    ]);
  });

  it.each([
    [
      { Environment: 'production', environment: 'dev' },
      'Environment="production"',
      'environment="dev"',
      'environment',
    ],
    [{ 'Risk-Tier': 'critical', risk_tier: 'low' }, 'Risk-Tier="critical"', 'risk_tier="low"', 'risk_tier'],
    [{ env: 'dev', stage: 'prod' }, 'env="dev"', 'stage="prod"', 'environment'],
    [{ owner: '', Owner: 'anna' }, 'owner=""', 'Owner="anna"', 'owner'],
  ])('that contradict each other leave the field unknown: %j', (labels, one, two, field) => {
    const { context, result } = startFileLog('keys.json', null);
    const read = parseLabels(labels);
    const found = keyLabelReader(context)(read.ok ? read.value : null, '/SecretList/0');
    expect(found).not.toHaveProperty(field);
    expect(result().warnings).toEqual([
      `/SecretList/0: the tags ${one} and ${two} contradict each other. ${field} is unknown there; remove one of the tags.`,
    ]);
  });

  it('that say the same in several ways are read, and the most telling of other names counts', () => {
    const labels = { Env: 'prod', environment: 'Production', OWNER: 'Anna', owner: 'anna', team: 'payments' };
    const { facts: found, result } = facts(labels);
    expect(found).toMatchObject({ environment: 'production', owner: 'Anna' });
    expect(result().warnings).toEqual([]);
  });

  it('say nothing if there are none', () => expect(facts(null).facts).toEqual({}));
});
