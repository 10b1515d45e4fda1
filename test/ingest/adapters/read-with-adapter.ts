import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Adapter, Emit, FileSample, RawRecord } from '../../../src/ingest/adapter.js';
import { startFileLog } from '../../../src/ingest/file-log.js';
import type { InputFile, RecordKind, SourceSpec } from '../../../src/model/index.js';
import { type Outcome, openCase, readInput } from './cases.js';

/** What became of a file, and whether this adapter recognised it. */
export type Reading = Outcome & { recognised: { version: string | null } | null };

/** Reads a file as an audit does. */
export async function readFileWith(
  adapter: Adapter,
  absolute: string,
  options: { as?: string; spec?: SourceSpec } = {},
): Promise<Reading> {
  const outcome = await readInput(absolute, options.as ?? basename(absolute), options.spec ?? null);
  const { adapter: id, version } = outcome.file;
  return { ...outcome, recognised: id === adapter.id ? { version } : null };
}

/** Reads a text as if it lay in a file of that name. */
export async function readTextWith(
  adapter: Adapter,
  text: string | Buffer,
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

/** Path of the input of a case: `caseInput('aws/cloudtrail', 'log-file')`. */
export const caseInput = (format: string, name: string) => openCase(format, name).input;

/** Reads the input of a case. */
export function readCase(adapter: Adapter, format: string, name: string): Promise<Reading> {
  const { input, path, spec } = openCase(format, name);
  return readFileWith(adapter, input, { as: path, ...(spec ? { spec } : {}) });
}

/** Path of a real export; tests skip where the folder is absent. */
export const sampleExport = (name: string) =>
  fileURLToPath(new URL(`../../../../shared/samples/${name}`, import.meta.url));

type RecordOf<K extends RecordKind> = Extract<Emit, { kind: K }>['record'];

/** Records of one kind. */
export function records<K extends RecordKind>(reading: Outcome, kind: K): RecordOf<K>[] {
  return (reading.records[kind] ?? []) as RecordOf<K>[];
}

/** Milliseconds of an ISO time. */
export const at = (iso: string) => ({ state: 'known', ms: Date.parse(iso), tolerance_ms: 0 });

/** One record through an adapter alone, for properties: what it gave and what was said. */
export type Converted = Pick<InputFile, 'rejects' | 'warnings'> & { emits: Emit[] };

/** Converts one record of a file that has this path and, if it is a CSV, this header. */
export function convertOne(
  adapter: Adapter,
  value: Record<string, unknown>,
  path = 'x.json',
  header: string[] | null = null,
): Converted {
  const { context, result } = startFileLog(path, null);
  const reader = adapter.open(bareSample(path, header), context);
  const raw: RawRecord = { record: header ? 'row 2' : '/0', list: header ? '' : '$', value };
  const emits = [...reader.convert(raw)];
  reader.envelope?.(value);
  const { rejects, warnings } = result();
  return { emits, rejects, warnings };
}

function bareSample(path: string, header: string[] | null): FileSample {
  const kind = header ? 'csv' : 'json';
  return { name: basename(path), path, kind, head: '', header, first: null, partial: null, keys: [] };
}
