import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InputFile, RecordKind, SourceSpec } from '../../model/index.js';
import { isObject } from '../../text/is-object.js';
import { recordsIn } from '../adapters/canonical/records/envelope.js';
import { claimsOn } from '../detect.js';
import { requiredFields } from '../fields/record-fields.js';
import { type FileResult, type FileTask, ingestFile, openTask } from '../ingest-file.js';
import { findDateOrders } from '../reading/date-order.js';
import { misplacedContent } from '../reading/misplaced-content.js';
import type { Input } from '../reading/open-input.js';
import { readCsv } from '../reading/read-csv.js';
import { type Sampled, sampleFile } from '../reading/sample.js';
import { expandWorkbooks } from '../workbooks/expand-workbooks.js';
import { columnsOf } from './column-content.js';
import { proposeColumns } from './propose-columns.js';
import { mappedColumns, type ProposedSettings, proposeSettings } from './propose-settings.js';

/** A canonical record, as it was read. */
type ReadRecord = { source: { record: string } } & Record<string, unknown>;

/** How a file may be read, and what it gives then. */
export type Proposal = {
  /** Entry for `sources` in keyproof.yaml; null if an adapter recognises the file, which then needs none. */
  spec: SourceSpec | null;
  /** Fields whose column was told by what is in it. */
  byContent: string[];
  /** Columns of no field. */
  left: string[];
  /** Fields without a column that every record needs. */
  missing: string[];
  /** Why settings are proposed, and what only a person can state. */
  settings: Pick<ProposedSettings, 'reasons' | 'questions' | 'words'>;
  /** The file as it is read with the entry. */
  file: InputFile;
  /** The first records of it. */
  records: { kind: RecordKind; record: ReadRecord }[];
};

type Opened = Pick<FileTask, 'absolute' | 'sheet'>;

const ROWS = 1_000;
const SHOWN = 3;

/**
 * Proposes how a file is read: the row of the header, the columns of the fields, the order of its dates; reads it so, and
 * gives its first records. What would be a guess is a question instead.
 * @param absolute the file
 * @param path its path as keyproof.yaml names it
 */
export async function proposeSource(absolute: string, path: string): Promise<Proposal> {
  const sheets = await expandWorkbooks([{ absolute, path, spec: null, named: true }]);
  const { sheet } = sheets.files[0] ?? {};
  const opened = sheet === undefined ? { absolute } : { absolute, sheet };
  const input = await openTask(opened);
  const sampled = sampleFile(path, input);
  await input.finish();
  const recognised = claimsOn(sampled).claims.some(({ adapter }) => adapter.id !== 'canonical');
  const names = sampled.sample.header ?? sampled.sample.keys;
  if (recognised || names.length === 0 || misplacedContent(sampled.sample) !== null) {
    const none = {
      spec: null,
      byContent: [],
      left: [],
      missing: [],
      settings: { reasons: [], questions: [], words: [] },
    };
    return { ...none, ...(await readAs(opened, path, null)) };
  }
  const contents = columnsOf(
    names.filter((name) => name !== ''),
    await firstRows(opened, sampled),
  );
  const { kind, columns, byContent, left } = proposeColumns(contents);
  const orders = await findDateOrders(tableEvents(await openTask(opened), sampled), null);
  const { reasons, questions, words, ...settings } = proposeSettings(
    mappedColumns(kind, columns, contents),
    orders,
  );
  const header =
    sampled.dialect && sampled.dialect.headerRow > 1 ? { header: sampled.dialect.headerRow } : {};
  const named = sheets.files.length > 1 && sheet !== undefined ? { sheet } : {};
  const spec: SourceSpec = { path, kind, ...named, ...header, columns, ...settings };
  const missing = requiredFields(kind).filter((field) => columns[field] === undefined);
  const open = { reasons, questions, words };
  return { spec, byContent, left, missing, settings: open, ...(await readAs(opened, path, spec)) };
}

async function* tableEvents(input: Input, { dialect }: Sampled) {
  if (dialect) yield* readCsv(input.text(), dialect);
  else await input.finish();
}

async function firstRows(opened: Opened, sampled: Sampled): Promise<Record<string, unknown>[]> {
  if (sampled.dialect === null) return recordsIn(sampled.sample).filter(isObject).slice(0, ROWS);
  const rows: Record<string, unknown>[] = [];
  for await (const events of tableEvents(await openTask(opened), sampled)) {
    for (const event of events) if (event.type === 'record' && rows.length < ROWS) rows.push(event.raw.value);
  }
  return rows;
}

async function readAs(
  opened: Opened,
  path: string,
  spec: SourceSpec | null,
): Promise<Pick<Proposal, 'file' | 'records'>> {
  const folder = mkdtempSync(join(tmpdir(), 'keyproof-init-'));
  try {
    const task = { ...opened, path, spec, named: true, parts: { folder, prefix: 'part' } };
    const { file, parts } = await ingestFile(task);
    return { file, records: parts.flatMap(firstRecords).slice(0, SHOWN) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function firstRecords({ kind, path }: FileResult['parts'][number]): Proposal['records'] {
  const lines = readFileSync(path, 'utf8').split('\n', SHOWN).filter(Boolean);
  return lines.map((line) => ({ kind, record: JSON.parse(line) as ReadRecord }));
}
