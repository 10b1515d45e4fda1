import { readFileSync, rmSync } from 'node:fs';
import { makeWorkFolder } from '../../assets/work-folder.js';
import { type InputFile, KeyproofError, type RecordKind, type SourceSpec } from '../../model/index.js';
import { isObject } from '../../text/is-object.js';
import { listPlaces, recordsIn } from '../adapters/canonical/records/envelope.js';
import { unpackArchives } from '../archives/unpack-archives.js';
import { claimsOn } from '../detect.js';
import { requiredFields } from '../fields/record-fields.js';
import { type FileResult, type FileTask, ingestFile, openTask } from '../ingest-file.js';
import { withInside } from '../inside-sources.js';
import { findDateOrders } from '../reading/date-order.js';
import { knownExport } from '../reading/known-exports.js';
import { misplacedContent } from '../reading/misplaced-content.js';
import type { Input } from '../reading/open-input.js';
import { readCsv } from '../reading/read-csv.js';
import { type Sampled, sampleFile } from '../reading/sample.js';
import { isHeaderLike } from '../reading/table-rows.js';
import { expandWorkbooks } from '../workbooks/expand-workbooks.js';
import { type ColumnContent, columnsOf } from './column-content.js';
import { proposeColumns } from './propose-columns.js';
import { mappedColumns, type ProposedSettings, proposeSettings } from './propose-settings.js';

/** A canonical record, as it was read. */
type ReadRecord = { source: { record: string } } & Record<string, unknown>;

/** How a file may be read, and what it gives then. */
export type Proposal = {
  /** Entry for `sources` in keyproof.yaml; null if an adapter recognises the file, which then needs none, or none can be proposed. */
  spec: SourceSpec | null;
  /** Why no entry can be proposed, and what to do; null if one is, or none is needed. */
  unclear: string | null;
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
/** Levels of objects in a record whose members are looked at. */
const DEEPEST = 2;
const SHOWN = 3;

/** A file to propose entries for. */
export type ProposedFile = {
  /** The file, the workbook or the archive. */
  absolute: string;
  /** Its path as keyproof.yaml names it. */
  path: string;
  /** Sheet of the workbook, or path in the archive; all of them if left out. */
  inside?: string;
};

/**
 * Proposes how a file, each sheet of a workbook or each file of an archive is read: the row of the header, the columns of the fields, the
 * order of its dates; reads it so, and gives its first records. What would be a guess is a question instead.
 */
export async function proposeSources(file: ProposedFile): Promise<Proposal[]> {
  const folder = await makeWorkFolder('keyproof-init-');
  try {
    const proposals: Proposal[] = [];
    for (const { absolute, path, sheet } of await filesOf(file, folder))
      proposals.push(await proposeSource(sheet === undefined ? { absolute } : { absolute, sheet }, path));
    return proposals;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Returns the file, or what is inside of it. */
async function filesOf(
  { inside, ...file }: ProposedFile,
  folder: string,
): Promise<{ absolute: string; path: string; sheet?: string }[]> {
  const found = [{ ...file, spec: null, named: true }];
  const unpacked = await unpackArchives(found, async () => folder);
  const { files } = await expandWorkbooks(unpacked.files);
  if (inside === undefined) return files.length > 0 ? files : [file];
  const entry = { path: `${file.absolute}/${inside}` };
  const chosen = withInside(files, [entry], '/').files.filter(({ spec }) => spec !== null);
  if (chosen.length > 0) return chosen;
  const names = files.map(({ path, sheet }) => (path === file.path ? sheet : path));
  throw new KeyproofError(
    `${file.path}: it holds no ${JSON.stringify(inside)} that can be read; it holds ${names.join(', ')}.`,
  );
}

async function proposeSource(opened: Opened, path: string): Promise<Proposal> {
  const input = await openTask(opened);
  const sampled = sampleFile(path, input);
  await input.finish();
  const recognised = claimsOn(sampled).claims.some(({ adapter }) => adapter.id !== 'canonical');
  const all = sampled.sample.header ?? sampled.sample.keys;
  if (recognised || all.length === 0 || misplacedContent(sampled.sample) !== null)
    return notProposed(opened, path, null);
  if (knownExport(sampled.sample) !== null) return notProposed(opened, path, null);
  const lists = await firstRows(opened, sampled);
  const tables = lists.map((rows) => columnsOf(namesIn(rows, sampled.sample.header), rows));
  const proposals = tables.map((contents) => ({ contents, ...proposeColumns(contents) }));
  const { contents, kind, columns, byContent, left } =
    proposals.find((proposal) => proposal.kind !== null) ?? NOTHING_TOLD;
  if (kind === null) return notProposed(opened, path, unclear(tables.at(-1) ?? [], sampled.sample.header));
  const orders = await findDateOrders(tableEvents(await openTask(opened), sampled), null);
  const { reasons, questions, words, ...settings } = proposeSettings(
    mappedColumns(kind, columns, contents),
    orders,
  );
  const header =
    sampled.dialect && sampled.dialect.headerRow > 1 ? { header: sampled.dialect.headerRow } : {};
  const spec: SourceSpec = { path, kind, ...header, columns, ...settings };
  const missing = requiredFields(kind).filter((field) => columns[field] === undefined);
  const open = { reasons, questions, words };
  return {
    spec,
    unclear: null,
    byContent,
    left,
    missing,
    settings: open,
    ...(await readAs(opened, path, spec)),
  };
}

const NOTHING_TOLD = { contents: [], kind: null, columns: {}, byContent: [], left: [] };

/** Returns the columns of records: the header, or the members that hold no object. */
function namesIn(rows: readonly Record<string, unknown>[], header: readonly string[] | null): string[] {
  const names = header ?? [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return names.filter((name) => name !== '' && !rows.some((row) => isObject(row[name])));
}

async function notProposed(opened: Opened, path: string, why: string | null): Promise<Proposal> {
  const none = { byContent: [], left: [], missing: [], settings: { reasons: [], questions: [], words: [] } };
  return { spec: null, unclear: why, ...none, ...(await readAs(opened, path, null)) };
}

const MOST_NAMES = 12;

/** Returns why nothing is proposed: there are no records, or their columns name no kind. */
function unclear(columns: readonly ColumnContent[], header: readonly string[] | null): string {
  if (columns.length === 0)
    return 'it has no list of records: write one object for each record, in one list, and propose again';
  if (header !== null && !isHeaderLike(header))
    return 'its first row looks like a record and not like the names of columns: write a row of names above it, or state header (the row that holds them) in keyproof.yaml, and propose again';
  const shown = columns.slice(0, MOST_NAMES).map(({ name }) => JSON.stringify(name));
  return `its columns do not tell what its records are: state kind (keys, rotations, grants, principals, events, incidents, vendors ...) and columns in keyproof.yaml, or leave it out; its columns are ${shown.join(', ')}${columns.length > MOST_NAMES ? ' ...' : ''}`;
}

async function* tableEvents(input: Input, { dialect }: Sampled) {
  if (dialect) yield* readCsv(input.text(), dialect);
  else await input.finish();
}

/** Returns the first records of a file; of an object, also those of each list inside it. */
async function firstRows(opened: Opened, sampled: Sampled): Promise<Record<string, unknown>[][]> {
  const { sample, dialect } = sampled;
  if (dialect !== null) return [await firstOfTable(opened, sampled)];
  const own = recordsIn(sample).filter(isObject).slice(0, ROWS);
  const inside = listPlaces(sample).map(({ records }) =>
    records.slice(0, ROWS).map((record) => flatRecord(record)),
  );
  return [
    own.length > 1 || Array.isArray(sample.partial) ? own.map((record) => flatRecord(record)) : own,
    ...inside,
  ];
}

async function firstOfTable(opened: Opened, sampled: Sampled): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
  for await (const events of tableEvents(await openTask(opened), sampled)) {
    for (const event of events) if (event.type === 'record' && rows.length < ROWS) rows.push(event.raw.value);
  }
  return rows;
}

/** Returns a record with the members of the objects in it as `properties.createdDate`, as `columns` in keyproof.yaml names them. */
function flatRecord(record: Record<string, unknown>, depth = 0): Record<string, unknown> {
  const members = Object.entries(record).flatMap(([name, value]): [string, unknown][] => {
    if (!isObject(value) || depth >= DEEPEST || name.includes('.')) return [[name, value]];
    return Object.entries(flatRecord(value, depth + 1)).map(([inner, own]) => [`${name}.${inner}`, own]);
  });
  return Object.fromEntries(members);
}

async function readAs(
  opened: Opened,
  path: string,
  spec: SourceSpec | null,
): Promise<Pick<Proposal, 'file' | 'records'>> {
  const folder = await makeWorkFolder('keyproof-init-');
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
