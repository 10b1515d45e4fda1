import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type FileResult, ingestFile } from '../../../src/ingest/ingest-file.js';
import type { InputFile, RecordKind, SourceSpec } from '../../../src/model/index.js';
import type { Written } from '../folder.js';

/** Folder of the adapters: `<system>/<format>/{adapter.ts, cases/<case>/{input.*, case.json?, expected.json}}`. */
export const ADAPTERS_FOLDER = fileURLToPath(new URL('../../../src/ingest/adapters/', import.meta.url));

/** One case: a file as a system writes it, and what becomes of it. */
export type Case = {
  /** `aws/cloudtrail/log-file`. */
  name: string;
  /** `aws/cloudtrail`. */
  format: string;
  folder: string;
  /** The file itself. */
  input: string;
  /** Path that the audit sees, which a few formats speak through. */
  path: string;
  /** Entry of keyproof.yaml; null if there is none. */
  spec: SourceSpec | null;
};

/** What reading a file through the product gave. */
export type Outcome = { file: InputFile; records: { [K in RecordKind]?: Written[] } };

/** All cases of all adapters, sorted. */
export function allCases(): Case[] {
  return foldersIn('.').flatMap((system) =>
    foldersIn(system).flatMap((format) =>
      foldersIn(`${system}/${format}/cases`).map((name) => openCase(`${system}/${format}`, name)),
    ),
  );
}

/** A case by the folder of its adapter and its own. */
export function openCase(format: string, name: string): Case {
  const folder = join(ADAPTERS_FOLDER, format, 'cases', name);
  const input = readdirSync(folder).find((file) => file.startsWith('input.'));
  if (input === undefined) throw new Error(`${folder} has no input file`);
  const settings = join(folder, 'case.json');
  const { path = input, source } = existsSync(settings) ? JSON.parse(readFileSync(settings, 'utf8')) : {};
  const spec = source === undefined ? null : { path, ...source };
  return { name: `${format}/${name}`, format, folder, input: join(folder, input), path, spec };
}

/** Reads a file as an audit reads it, in this thread. */
export async function readInput(
  absolute: string,
  path = basename(absolute),
  spec: SourceSpec | null = null,
): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'keyproof-case-'));
  try {
    return await readInputIn(folder, absolute, path, spec);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The same, in a folder that the caller keeps for many: what is written there is gone afterwards. */
export async function readInputIn(
  folder: string,
  absolute: string,
  path: string,
  spec: SourceSpec | null,
): Promise<Outcome> {
  const task = { absolute, path, spec, named: false, parts: { folder, prefix: 'part' } };
  const { file, parts } = await ingestFile(task);
  const records = recordsIn(parts);
  for (const part of parts) unlinkSync(part.path);
  return { file, records };
}

function recordsIn(parts: FileResult['parts']): Outcome['records'] {
  const read = (path: string): Written[] =>
    readFileSync(path, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  return Object.fromEntries(parts.map(({ kind, path }) => [kind, read(path)]));
}

function foldersIn(path: string): string[] {
  const folder = join(ADAPTERS_FOLDER, path);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}
