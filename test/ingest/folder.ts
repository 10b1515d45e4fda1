import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { dueDays } from '../../src/config/due-days.js';
import { ingest } from '../../src/ingest/index.js';
import type { AuditPlan, InputFile, RecordKind } from '../../src/model/index.js';

/** A record as a part file has it. */
export type Written = { [field: string]: unknown } & { source: { file: string; record: string } };

/** What an audit of a folder read. */
export type Read = {
  files: InputFile[];
  /** The only file that is not left out. */
  file: InputFile;
  records: { [K in RecordKind]?: Written[] };
  notFound: string[];
  parts: { kind: RecordKind; file: string; sha256: string; count: number }[];
};

/** Writes files into a new folder, reads it as an audit does, and removes it. */
export async function readFolder(
  content: { [path: string]: string | Buffer },
  plan: Partial<AuditPlan> | ((root: string) => Partial<AuditPlan>) = {},
  run = ingest,
): Promise<Read> {
  const root = mkdtempSync(join(tmpdir(), 'ingest-'));
  try {
    const evidence = join(root, 'evidence');
    for (const [path, bytes] of Object.entries(content)) {
      mkdirSync(dirname(join(evidence, path)), { recursive: true });
      writeFileSync(join(evidence, path), bytes);
    }
    mkdirSync(evidence, { recursive: true });
    const changes = typeof plan === 'function' ? plan(evidence) : plan;
    return await readPlan({ ...planFor(evidence), ...changes }, join(root, 'work'), run);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Reads what a plan names. */
export async function readPlan(plan: AuditPlan, workDir: string, run = ingest): Promise<Read> {
  const { files, parts, notFound } = await run(plan, workDir, () => undefined);
  const records: Read['records'] = {};
  for (const part of parts) {
    const lines = readFileSync(part.path, 'utf8').split('\n').filter(Boolean);
    records[part.kind] = [...(records[part.kind] ?? []), ...lines.map((line): Written => JSON.parse(line))];
  }
  const [file] = files.filter(({ adapter, state }) => adapter !== null || state !== 'not-used');
  const shown = parts.map(({ kind, file: path, sha256, count }) => ({ kind, file: path, sha256, count }));
  return { files, file: file ?? firstOf(files), records, notFound, parts: shown };
}

/** A plan with defaults for a folder. */
export function planFor(root: string): AuditPlan {
  return {
    organisation: 'Northbridge Bank',
    profile: null,
    jurisdictions: [],
    asOfMs: Date.UTC(2026, 8, 30, 23, 59, 59, 999),
    period: null,
    root,
    paths: [root],
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
    output: join(root, 'evidence-pack'),
    failOn: 'high',
    classification: 'Confidential',
    workers: 1,
    subjectTimeoutMs: 5000,
  };
}

function firstOf(files: InputFile[]): InputFile {
  const [file] = files;
  if (!file) throw new Error('no file was read');
  return file;
}
