import { readFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import { expect, it } from 'vitest';
import { packageRoot } from '../../src/assets/package-root.js';
import { type Instant, type RecordKind, SUBJECT_KINDS } from '../../src/model/index.js';
import { type Column, columnsOf } from '../../src/store/columns.js';
import { STORE_FILES } from '../support/closed-set.js';
import { describeUnlessProved } from '../support/verdict.js';
import { at, day, dossiersOf, type Evidence, storeOf } from './evidence.js';
import { RECORD_KINDS } from './record-kinds.js';

async function schemaOf(name: string): Promise<{ [member: string]: unknown }> {
  return JSON.parse(await readFile(new URL(`src/model/schemas/${name}.json`, packageRoot), 'utf8'));
}

/** Values that make records meet: one secret, and reads of it by people. */
const CHOSEN: { readonly [field: string]: unknown } = {
  fingerprint: '0123456789abcdef',
  secret_sha256: '0123456789abcdef'.repeat(4),
  category: 'read-secret',
  break_glass: false,
  outcome: 'failure',
};

/** The same for one kind of record. */
const CHOSEN_BY_KIND: { readonly [K in RecordKind]?: { readonly [field: string]: unknown } } = {
  changes: { kind: 'sandbox-signoff' },
  grants: { action: 'read' },
  // The grants of a group of which every member is listed are those of its members.
  principals: { members_listed: false },
};

/** Every field of a record known, as its column says; enumerated texts take their first value. */
function fullRecord(
  kind: RecordKind,
  id: string,
  enums: { [field: string]: string },
): { [field: string]: unknown } {
  const known: Instant[] = [at('2026-02-03T04:05:06Z'), day('2026-02-03')];
  const value: { [K in Column['kind']]: unknown } = {
    text: id,
    number: 7,
    boolean: true,
    texts: [id],
    instant: known[id.length % 2],
    source: { file: `${kind}.json`, record: `/${id}` },
  };
  return Object.fromEntries(
    columnsOf(kind).map(({ name, kind: held }) => [
      name,
      CHOSEN_BY_KIND[kind]?.[name] ?? CHOSEN[name] ?? enums[name] ?? value[held],
    ]),
  );
}

/** First allowed value of every enumerated field of a kind. */
async function enumsOf(kind: RecordKind): Promise<{ [field: string]: string }> {
  const text = JSON.stringify(await schemaOf('records'));
  const root = JSON.parse(text);
  const record = root.definitions[root.properties[kind].$ref.split('/').at(-1)];
  const entries = Object.entries<{ enum?: string[]; $ref?: string; anyOf?: { $ref?: string }[] }>(
    record.properties,
  );
  return Object.fromEntries(
    entries.flatMap(([field, schema]) => {
      const name = (schema.$ref ?? schema.anyOf?.[0]?.$ref)?.split('/').at(-1);
      const first = schema.enum?.[0] ?? root.definitions[name ?? '']?.enum?.[0];
      return first === undefined ? [] : [[field, first]];
    }),
  );
}

async function mixedEvidence(): Promise<Evidence> {
  const kinds = await Promise.all(
    RECORD_KINDS.map(async (kind) => {
      const enums = await enumsOf(kind);
      const bare = columnsOf(kind).flatMap(({ name }) =>
        BARE.includes(name) ? [[name, `bare-${kind}`]] : [],
      );
      return [
        kind,
        [
          fullRecord(kind, 'same', enums),
          fullRecord(kind, 'other', enums),
          { step: 'rotated', ...Object.fromEntries(bare) },
        ],
      ];
    }),
  );
  return Object.fromEntries(kinds);
}

/** Fields that no record may lack. */
const BARE = [
  'key_id',
  'principal_id',
  'repository_id',
  'finding_id',
  'route_id',
  'vendor_id',
  'incident_id',
  'rule',
  'change_id',
  'control',
  'log',
  'regime',
  'item_id',
  'file',
];

describeUnlessProved('every dossier', import.meta.url, STORE_FILES, () => {
  it.each<[string, () => Promise<Evidence>]>([
    ['of evidence with every field known, and none', mixedEvidence],
    ['of empty files', async () => Object.fromEntries(RECORD_KINDS.map((kind) => [kind, []]))],
    [
      'of records alone',
      async () => ({ keys: [{ key_id: 'k' }], vendors: [{ vendor_id: 'v' }], routes: [{ route_id: 'r' }] }),
    ],
  ])('%s is what the published schema says', async (_what, evidence) => {
    const { of } = await dossiersOf(await storeOf({ 'all.json': await evidence() }), PERIOD);
    for (const kind of SUBJECT_KINDS) {
      const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(
        await schemaOf(`dossier-${kind}`),
      );
      for (const dossier of of(kind)) {
        validate(dossier);
        expect(validate.errors, `${kind} ${dossier.subject.id}`).toBeNull();
      }
    }
  });

  it('has something in every member where every record is there', async () => {
    const failures = ['1', '2', '3', '4', '5'].map((event_id) => ({
      event_id,
      key_id: 'same',
      outcome: 'failure' as const,
      at: at('2026-02-03T04:05:06Z'),
    }));
    const reads = (['human', 'service'] as const).map((actor_type) => ({
      event_id: actor_type,
      key_id: 'same',
      category: 'read-secret' as const,
      outcome: 'success' as const,
      actor_type,
      at: at('2026-02-03T04:05:06Z'),
    }));
    const beside: Evidence = {
      events: [...failures, ...reads],
      keys: [
        { key_id: 'kin', repositories: ['same'] },
        { key_id: 'same', owner: 'another' },
        { key_id: 'projects/nb-prod/secrets/fx' },
        { key_id: 'projects/4711/secrets/fx' },
      ],
      principals: [{ principal_id: 'same', department: 'another' }],
      repositories: [{ repository_id: 'same', visibility: 'private' }],
      routes: [{ route_id: 'same', mtls: false }],
      vendors: [{ vendor_id: 'same', jurisdiction: 'another' }],
      incidents: [{ incident_id: 'same', root_cause: 'another' }],
      secret_findings: [
        { finding_id: 'p', kind: 'pan' },
        { finding_id: 'c', channel: 'chat' },
      ],
    };
    const store = await storeOf({ 'all.json': await mixedEvidence(), 'beside.json': beside });
    const rulesOnDocuments = { key: ['same'], vendor: ['same'], incident: ['same'] };
    const { of } = await dossiersOf(store, PERIOD, { files: [], rulesOnDocuments });
    for (const kind of SUBJECT_KINDS) {
      const dossiers: object[] = of(kind);
      expect(dossiers.length, kind).toBeGreaterThan(kind === 'organisation' ? 0 : 2);
      const members = dossiers.flatMap((dossier) => Object.entries(dossier));
      const filled = members.filter(([, value]) => !EMPTY.has(JSON.stringify(value))).map(([name]) => name);
      expect([...new Set(filled)].sort(), kind).toEqual([...new Set(members.map(([name]) => name))].sort());
    }
  });
});

const PERIOD = { period: { startMs: 0, endMs: 1 } };

const EMPTY = new Set(['null', '[]', '{"records":[],"total":0}']);
