import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Adapter, AdapterContext, Emit, FileSample } from '../../../src/ingest/adapter.js';
import { readText } from '../../../src/ingest/content.js';
import { statedDates } from '../../../src/ingest/date-order.js';
import { type Probe, probeFile } from '../../../src/ingest/probe.js';
import { readCsv } from '../../../src/ingest/read-csv.js';
import type { ReadEvents } from '../../../src/ingest/read-event.js';
import { readJson } from '../../../src/ingest/read-json.js';
import { readNdjson } from '../../../src/ingest/read-ndjson.js';
import { type Sampled, sampleFile } from '../../../src/ingest/sample.js';
import type { SourceSpec } from '../../../src/model/index.js';

/** What an adapter made of a file, and what it said about it. */
export type Reading = {
  recognised: { version: string | null } | null;
  produces: readonly string[];
  emits: Emit[];
  rejects: { record: string; field: string | null; reason: string }[];
  skipped: Record<string, number>;
  warnings: string[];
  truncated: string[];
};

/** Context that keeps everything said. */
export function keepingContext(
  file: string,
  spec: SourceSpec | null = null,
): Reading & { context: AdapterContext } {
  const kept: Reading = {
    recognised: null,
    produces: [],
    emits: [],
    rejects: [],
    skipped: {},
    warnings: [],
    truncated: [],
  };
  const context: AdapterContext = {
    file,
    timezone: null,
    spec,
    reject: (record, field, reason) => kept.rejects.push({ record, field, reason }),
    unreadable: (record, _kind, field, reason) => kept.rejects.push({ record, field, reason }),
    decide: () => undefined,
    datesOf: () => statedDates(spec),
    skip: (reason) => {
      kept.skipped[reason] = (kept.skipped[reason] ?? 0) + 1;
    },
    warn: (sentence) => {
      if (!kept.warnings.includes(sentence)) kept.warnings.push(sentence);
    },
    truncated: (sentence) => kept.truncated.push(sentence),
  };
  return Object.assign(kept, { context });
}

/** Reads a file through the real readers with one adapter. */
export async function readFileWith(
  adapter: Adapter,
  path: string,
  options: { as?: string; spec?: SourceSpec } = {},
): Promise<Reading> {
  const probe = await probeFile(path);
  const sampled = sampleFile(options.as ?? basename(path), probe);
  const { sample } = sampled;
  const kept = keepingContext(sample.path, options.spec ?? null);
  const readable = adapter.formats.some((format) => format === sample.kind);
  kept.recognised = readable ? adapter.recognise(sample) : null;
  if (!readable) return kept;
  const reader = adapter.create?.(sample, kept.context) ?? adapter;
  kept.produces = reader.produces ?? adapter.produces;
  for await (const batch of events(sampled, probe, reader.items)) {
    for (const event of batch) {
      if (event.type === 'record') kept.emits.push(...reader.convert(event.raw, kept.context));
      if (event.type === 'envelope') reader.envelope?.(event.value, kept.context);
      if (event.type === 'malformed') kept.context.reject(event.record, null, event.reason);
    }
  }
  return kept;
}

/** Reads a text as if it lay in a file of that name. */
export async function readTextWith(
  adapter: Adapter,
  text: string,
  path: string,
  spec?: SourceSpec,
): Promise<Reading> {
  const folder = mkdtempSync(join(tmpdir(), 'keyproof-adapter-'));
  try {
    writeFileSync(join(folder, 'export'), text);
    return await readFileWith(adapter, join(folder, 'export'), { as: path, ...(spec ? { spec } : {}) });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Path of a fixture beside these tests. */
export const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));

/** Path of a real export; tests skip where the folder is absent. */
export const sampleExport = (name: string) =>
  fileURLToPath(new URL(`../../../../shared/samples/${name}`, import.meta.url));

/** Records of one kind. */
export function records<K extends Emit['kind']>(
  reading: Reading,
  kind: K,
): Extract<Emit, { kind: K }>['record'][] {
  return reading.emits
    .filter((emit): emit is Extract<Emit, { kind: K }> => emit.kind === kind)
    .map((emit) => emit.record);
}

/** Milliseconds of an ISO time. */
export const at = (iso: string) => ({ state: 'known', ms: Date.parse(iso), tolerance_ms: 0 });

function events({ sample, dialect }: Sampled, probe: Probe, items: readonly string[]): ReadEvents {
  const text = () => readText(probe.source, probe.encoding);
  if (sample.kind === 'csv' && dialect) return readCsv(text(), dialect);
  return sample.kind === 'ndjson' ? readNdjson(text(), items) : readJson(text(), items);
}

/** A sample made by hand, for properties. */
export function bareSample(path: string, header: string[] | null = null): FileSample {
  return {
    name: basename(path),
    path,
    kind: header ? 'csv' : 'json',
    head: '',
    header,
    first: null,
    partial: null,
    keys: [],
  };
}
