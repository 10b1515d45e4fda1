import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { dueDays } from '../../src/config/due-days.js';
import type {
  AuditPlan,
  Bucket,
  CanonicalRecords,
  Dossiers,
  Instant,
  RecordKind,
  RecordPart,
  SubjectKind,
} from '../../src/model/index.js';
import {
  type DossierContext,
  type EvidenceStore,
  openStore,
  type StoreOptions,
} from '../../src/store/index.js';

/** Records of one file; `source` and fields that do not matter may be left out. */
export type Evidence = { [K in RecordKind]?: Partial<CanonicalRecords[K]>[] };

/** 2026-09-30, the last moment of the day, UTC. */
export const AS_OF = Date.parse('2026-09-30T23:59:59.999Z');

/** A plan that says nothing but organisation and date. */
export const PLAN: AuditPlan = {
  organisation: 'Northbridge Bank',
  profile: null,
  jurisdictions: [],
  asOfMs: AS_OF,
  period: null,
  root: '/',
  paths: [],
  sources: [],
  ignore: [],
  applicability: {},
  facts: [],
  presets: [],
  thresholds: {},
  due: dueDays(),
  frameworks: [],
  policyDirs: [],
  formats: [],
  output: '/',
  failOn: 'high',
  classification: 'Confidential',
  workers: 1,
  subjectTimeoutMs: 1000,
};

/** An exact time. */
export function at(iso: string): Instant {
  return { state: 'known', ms: Date.parse(iso), tolerance_ms: 0 };
}

/** A bare day. */
export function day(iso: string): Instant {
  return { state: 'known', ms: Date.parse(iso), tolerance_ms: 86_399_999 };
}

/** A temporary folder, removed when the test ends. */
export async function workFolder(name = 'store-'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), name));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Parts of one input file, as ingest writes them. */
export async function partsOf(dir: string, file: string, evidence: Evidence): Promise<RecordPart[]> {
  await mkdir(dir, { recursive: true });
  const parts = Object.entries(evidence).map(async ([kind, records]): Promise<RecordPart> => {
    const path = join(dir, `${file.replaceAll('/', '_')}.${kind}.ndjson`);
    const lines = records.map((record, n) =>
      JSON.stringify({ ...record, source: record.source ?? { file, record: `row ${n + 2}` } }),
    );
    await writeFile(path, lines.map((line) => `${line}\n`).join(''));
    return { kind: kind as RecordKind, path, file, sha256: 'ab'.repeat(32), count: records.length };
  });
  return await Promise.all(parts);
}

/**
 * A store that holds the evidence of files by name, resolved; closed when the test ends. It is kept in memory, which costs
 * a third less; audits of other tests keep theirs in a file.
 */
export async function storeOf(
  files: { [file: string]: Evidence },
  plan: Partial<AuditPlan> = {},
  options: StoreOptions = {},
): Promise<EvidenceStore> {
  const store = await filledStore(await workFolder(), files, plan, options);
  onTestFinished(() => store.close());
  return store;
}

/** As `storeOf`, one store for every test of a describe. */
export function sharedStoreOf(
  files: { [file: string]: Evidence },
  plan: Partial<AuditPlan> = {},
): () => EvidenceStore {
  let dir: string;
  let store: EvidenceStore;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'store-'));
    store = await filledStore(dir, files, plan, {});
  });
  afterAll(async () => {
    await store.close();
    await rm(dir, { recursive: true, force: true });
  });
  return () => store;
}

async function filledStore(
  dir: string,
  files: { [file: string]: Evidence },
  plan: Partial<AuditPlan>,
  options: StoreOptions,
): Promise<EvidenceStore> {
  const store = await openStore(dir, {
    inMemory: true,
    keepFreed: options.inMemory !== false,
    threads: 1,
    ...options,
  });
  const parts = await Promise.all(
    Object.entries(files).map(([file, evidence]) => partsOf(dir, file, evidence)),
  );
  await store.load(parts.flat());
  await store.resolve({ ...PLAN, ...plan });
  return store;
}

/** Every dossier by kind, in bucket order, with the buckets they came from. */
export async function dossiersOf(
  store: EvidenceStore,
  plan: Partial<AuditPlan> = {},
  context?: DossierContext,
): Promise<{ buckets: Bucket[]; texts: string[]; of: <K extends SubjectKind>(kind: K) => Dossiers[K][] }> {
  const buckets = await store.writeBuckets(await workFolder('buckets-'), { ...PLAN, ...plan }, context);
  const texts = await Promise.all(buckets.map(({ path }) => readFile(path, 'utf8')));
  const lines = (kind: SubjectKind) =>
    buckets.flatMap((bucket, n) => (bucket.kind === kind ? (texts[n] ?? '').trimEnd().split('\n') : []));
  return { buckets, texts, of: (kind) => lines(kind).map((line) => JSON.parse(line)) };
}

/** The dossier of a kind with this id. */
export async function dossierOf<K extends SubjectKind>(
  store: EvidenceStore,
  kind: K,
  id: string,
  plan: Partial<AuditPlan> = {},
): Promise<Dossiers[K]> {
  const text = await store.dossier({ ...PLAN, ...plan }, { kind, id });
  if (text === null) throw new Error(`no dossier of ${kind} ${id}`);
  return JSON.parse(text) as Dossiers[K];
}

export async function conflictsOf(store: EvidenceStore) {
  const { conflicts } = await dossierOf(store, 'organisation', 'Northbridge Bank');
  return conflicts.records.map(({ field, values, records }) => [
    field,
    values,
    records.map((one) => one.file),
  ]);
}
