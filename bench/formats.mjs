import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { JSONParser } from '@streamparser/json';
import { parse as parseCsv } from 'csv-parse/sync';
import { ADAPTERS } from '../dist/ingest/adapters/index.js';
import { ingest } from '../dist/ingest/index.js';

// `node bench/formats.mjs [MB] [adapter...]`: one file of each format, made of the records of its cases again and again, read in this
// thread, beside the bare parser that reads such a file piece by piece (csv-parse, @streamparser/json, JSON.parse of a line) and, for
// JSON, beside JSON.parse of the whole file in memory. CPU seconds, because the machine may be busy.
const megabytes = Number(process.argv[2] ?? 10);
const only = process.argv.slice(3);
setFlagsFromString('--expose-gc');
/** Collects garbage, so that what one side left behind is not counted for the other. */
const collect = runInNewContext('gc');
const root = mkdtempSync(join(tmpdir(), 'keyproof-formats-'));
/** Members that are the id of one event. */
const IDS = ['id', 'insertId', 'eventID', 'EventId', '_document_id', 'requestId', '_id', 'event_id'];
const ADAPTER_FOLDERS = join(import.meta.dirname, '../src/ingest/adapters');

try {
  console.log('adapter | file | records | rejected | JSON.parse MB/s | bare MB/s | read MB/s | times');
  for (const adapter of ADAPTERS) if (only.length === 0 || only.includes(adapter.id)) await measure(adapter);
} finally {
  rmSync(root, { recursive: true, force: true });
}

async function measure({ id }) {
  const input = largestCase(id);
  if (input === null) return;
  const { name, text, parse, whole } = input;
  const folder = join(root, id);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), text);
  const size = Buffer.byteLength(text) / 1e6;
  const bare = cpu(() => parse(readFileSync(join(folder, name), 'utf8')));
  const inMemory = whole ? (size / cpu(() => whole(text))).toFixed(1) : '';
  const plan = planFor(folder, id);
  collect();
  const before = process.cpuUsage();
  const { files } = await ingest(plan, join(root, 'parts', id), () => {});
  const read = seconds(process.cpuUsage(before));
  const figures = [size / bare, size / read, read / bare].map((value) => value.toFixed(1));
  console.log([id, name, files[0].records, files[0].rejected, inMemory, ...figures].join(' | '));
  rmSync(folder, { recursive: true });
}

function planFor(folder, as) {
  const sources = [{ path: '**', as }];
  return { root: folder, paths: [folder], sources, ignore: [], output: join(folder, 'out'), workers: 1 };
}

function cpu(work) {
  collect();
  const before = process.cpuUsage();
  work();
  return seconds(process.cpuUsage(before));
}

function seconds({ user, system }) {
  return (user + system) / 1e6;
}

/** The largest case of an adapter that can be made longer, as long as asked for; null if none can. */
function largestCase(id) {
  const inputs = folderOf(id).flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)));
  const texts = inputs.map((path) => ({ name: basename(path), text: readFileSync(path, 'utf8') }));
  const longer = texts.sort((a, b) => b.text.length - a.text.length).map(repeated);
  return longer.find((one) => one !== null) ?? null;
}

function folderOf(id) {
  const systems = readdirSync(ADAPTER_FOLDERS, { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  const formats = systems.flatMap(({ name }) =>
    readdirSync(join(ADAPTER_FOLDERS, name), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(ADAPTER_FOLDERS, name, entry.name)),
  );
  const own = formats.find((folder) =>
    readFileSync(join(folder, 'adapter.ts'), 'utf8').includes(`  id: '${id}'`),
  );
  const cases = join(own, 'cases');
  return readdirSync(cases).map((name) => join(cases, name));
}

function repeated({ name, text }) {
  const bytes = megabytes * 1e6;
  if (!name.startsWith('input.')) return null;
  if (name.endsWith('.csv')) return csvOf(name, text, bytes);
  if (name.endsWith('.ndjson')) return linesOf(name, text, bytes);
  return name.endsWith('.json') ? jsonOf(name, text, bytes) : null;
}

function csvOf(name, text, bytes) {
  const [header, ...rows] = text.trim().split('\n');
  const all = fill(
    bytes,
    (n) => `${rows.map((row) => varied(row.replace(/^("?)([^",;]+)/, `$1$2-${n}`), n)).join('\n')}\n`,
  );
  const options = { relax_column_count: true, relax_quotes: true, skip_empty_lines: true };
  return { name, text: `${header}\n${all.join('')}`, parse: (file) => parseCsv(file, options) };
}

function linesOf(name, text, bytes) {
  const values = text.trim().split('\n').map(parsed);
  if (values.includes(null)) return null;
  const all = fill(bytes, (n) => values.map((value) => `${JSON.stringify(renamed(value, n))}\n`).join(''));
  return {
    name,
    text: all.join(''),
    parse: (file) =>
      file
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
  };
}

function jsonOf(name, text, bytes) {
  const value = parsed(text);
  const [member, list] = Array.isArray(value)
    ? [null, value]
    : (Object.entries(value ?? {}).find(
        ([, inner]) => Array.isArray(inner) && typeof inner[0] === 'object',
      ) ?? []);
  if (!list?.length) return value === null ? null : linesOf('input.ndjson', JSON.stringify(value), bytes);
  const all = fill(bytes, (n) => list.map((one) => JSON.stringify(renamed(one, n))).join(',')).join(',');
  const rest = member === null ? null : JSON.stringify({ ...value, [member]: [] });
  const whole = rest === null ? `[${all}]` : rest.replace(`"${member}":[]`, () => `"${member}":[${all}]`);
  const path = member === null ? '$.*' : `$.${member}.*`;
  return { name, text: whole, parse: (file) => streamed(file, path), whole: JSON.parse };
}

/** Parses a file in pieces of 64 KB, and keeps no record. */
function streamed(file, path) {
  const parser = new JSONParser({ paths: [path], keepStack: false });
  parser.onValue = () => {};
  for (let at = 0; at < file.length; at += 65_536) parser.write(file.slice(at, at + 65_536));
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The record with other ids and times: one that is delivered twice is left out, and no export says the same in every row. */
function renamed(value, n) {
  const ids = IDS.filter((id) => typeof value[id] === 'string' && !/[:/]/.test(value[id]));
  const again = JSON.parse(varied(JSON.stringify(value), n));
  return { ...again, ...Object.fromEntries(ids.map((id) => [id, `${value[id]}${n}`])) };
}

/** A text whose times are at another minute and second, and whose long runs of digits or hex end otherwise. */
function varied(text, n) {
  const two = (number) => String(number % 60).padStart(2, '0');
  return text
    .replace(
      /(\d{4}-\d\d-\d\d[T ]\d\d):\d\d:\d\d/g,
      (_, hour) => `${hour}:${two(n)}:${two(Math.floor(n / 60))}`,
    )
    .replace(
      /(?<![\w.:-])(1[5-9]\d{4})\d{4}(?=\D)/g,
      (_, begin) => `${begin}${String(n % 10_000).padStart(4, '0')}`,
    )
    .replace(
      /(?<![\w-])([\da-f]{20,})[\da-f]{6}(?![\w-])/g,
      (_, begin) => `${begin}${(n % 0xffffff).toString(16).padStart(6, '0')}`,
    );
}

function fill(bytes, make) {
  const all = [];
  for (let [size, n] = [0, 0]; size < bytes; n += 1) {
    const text = make(n);
    all.push(text);
    size += text.length;
  }
  return all;
}
