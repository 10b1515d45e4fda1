import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPlan } from '../../dist/config/index.js';
import { ingest } from '../../dist/ingest/index.js';
import type { RecordKind } from '../../src/model/index.js';

/**
 * A small bank out of the example bank: subjects of which, together, every rule of the rule book gives every outcome that it
 * gives in the whole, and the records about them. One JSON file of canonical records a kind; logs are in two.
 */

type Json = { [field: string]: unknown };

/** Records of the small bank by the name of their file. */
export type SmallBank = { [file: string]: { kind: RecordKind; records: Json[] } };

const NORTHBRIDGE = fileURLToPath(new URL('../../examples/northbridge/', import.meta.url));

/** Ids of the subjects, by kind. */
const CHOSEN = JSON.parse(readFileSync(new URL('small-bank.json', import.meta.url), 'utf8')) as {
  [kind: string]: string[];
};

/** Most events kept of one key or route: enough to see use on many days. */
const MOST_EVENTS = 30;

/** Kinds that are small and kept whole. */
const WHOLE: readonly RecordKind[] = ['attestations', 'control_runs', 'log_sources', 'register'];

let picked: Promise<SmallBank> | undefined;

/** Reads the example bank and picks the small one, once: nobody may change it. */
export function smallBank(): Promise<SmallBank> {
  picked ??= pickSmallBank();
  return picked;
}

async function pickSmallBank(): Promise<SmallBank> {
  const all = await readNorthbridge();
  const of = (kind: RecordKind): Json[] => all.get(kind) ?? [];
  const byId = (kind: RecordKind, field: string, chosen: string): Json[] =>
    of(kind).filter((record) => CHOSEN[chosen]?.includes(String(record[field])));
  const keys = of('keys').filter((key) =>
    namesOf(key, 'key_id').some((name) => CHOSEN['key']?.includes(name)),
  );
  const keyNames = lowered(keys.flatMap((key) => namesOf(key, 'key_id')));
  const repositories = byId('repositories', 'repository_id', 'repository');
  const repositoryNames = lowered(repositories.flatMap((one) => namesOf(one, 'repository_id')));
  const aboutKey = (record: Json) => keyNames.has(lower(record['key_id']));
  const aboutRoute = (record: Json) => CHOSEN['route']?.includes(String(record['route_id'])) === true;
  const incidents = of('incidents').filter(
    (one) =>
      CHOSEN['incident']?.includes(String(one['incident_id'])) ||
      list(one['key_ids']).some((id) => keyNames.has(lower(id))),
  );
  const incidentIds = new Set(incidents.map((one) => one['incident_id']));
  const kept = new Map<RecordKind, Json[]>([
    ['keys', keys],
    ['repositories', repositories],
    ['incidents', incidents],
    ['routes', byId('routes', 'route_id', 'route')],
    ['vendors', byId('vendors', 'vendor_id', 'vendor')],
    ['rotations', of('rotations').filter(aboutKey)],
    ['events', fewOfEach(of('events').filter((event) => aboutKey(event) || aboutRoute(event)))],
    [
      'grants',
      of('grants').filter(
        (grant) =>
          aboutKey(grant) ||
          grant['key_id'] === '*' ||
          CHOSEN['principal']?.includes(String(grant['principal_id'])),
      ),
    ],
    [
      'secret_findings',
      of('secret_findings').filter(
        (finding) => !finding['repository_id'] || repositoryNames.has(lower(finding['repository_id'])),
      ),
    ],
    ['notifications', of('notifications').filter((one) => incidentIds.has(one['incident_id']))],
    ...WHOLE.map((kind) => [kind, of(kind)] as const),
  ]);
  const words = lowered(JSON.stringify([...kept.values()]).split(/["|,]/));
  kept.set(
    'changes',
    of('changes').filter((change) => words.has(lower(change['change_id']))),
  );
  kept.set(
    'principals',
    of('principals').filter((one) => namesOf(one, 'principal_id').some((name) => words.has(lower(name)))),
  );
  return asFiles(kept);
}

async function readNorthbridge(): Promise<Map<RecordKind, Json[]>> {
  const work = mkdtempSync(join(tmpdir(), 'small-bank-'));
  try {
    const plan = buildPlan({
      paths: [join(NORTHBRIDGE, 'exports')],
      config: join(NORTHBRIDGE, 'keyproof.yaml'),
      cwd: NORTHBRIDGE,
      nowMs: 0,
      workers: 1,
    });
    const { parts } = await ingest(plan, work, () => undefined);
    const all = new Map<RecordKind, Json[]>();
    for (const { kind, path } of parts) all.set(kind, [...(all.get(kind) ?? []), ...linesOf(path)]);
    return all;
  } finally {
    rmSync(work, { recursive: true });
  }
}

function linesOf(path: string): Json[] {
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => {
    const { source: _source, ...record } = JSON.parse(line) as Json;
    return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, written(value)]));
  });
}

/** An instant as an export writes it. */
function written(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('state' in value)) return value;
  const { state, ms, tolerance_ms } = value as { state: string; ms: number; tolerance_ms: number };
  if (state !== 'known') return state;
  const iso = new Date(ms).toISOString();
  return tolerance_ms === 0 ? iso : iso.slice(0, 10);
}

function asFiles(kept: ReadonlyMap<RecordKind, Json[]>): SmallBank {
  const files = [...kept].flatMap(([kind, records]): [string, SmallBank[string]][] => {
    if (kind !== 'events' && kind !== 'rotations') return [[`${kind}.json`, { kind, records }]];
    const early = (record: Json) => String(record['at']) < '2026-08-15';
    return [
      [`${kind}-early.json`, { kind, records: records.filter(early) }],
      [`${kind}-late.json`, { kind, records: records.filter((record) => !early(record)) }],
    ];
  });
  return Object.fromEntries(files);
}

function fewOfEach(events: readonly Json[]): Json[] {
  const seen = new Map<unknown, number>();
  return [...events].reverse().filter((event) => {
    const about = event['key_id'] ?? event['route_id'];
    seen.set(about, (seen.get(about) ?? 0) + 1);
    return (seen.get(about) ?? 0) <= MOST_EVENTS;
  });
}

function namesOf(record: Json, id: string): string[] {
  return [record[id], record['name'], ...list(record['aliases'])].filter((name) => typeof name === 'string');
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function lower(value: unknown): string {
  return String(value).toLowerCase();
}

function lowered(values: readonly unknown[]): Set<string> {
  return new Set(values.map(lower));
}

/** Writes the bank into a folder, with a keyproof.yaml and a register of extracts that state what its files cover. */
export function writeBank(folder: string, bank: SmallBank): void {
  const files = Object.entries(bank);
  for (const [file, { records }] of files) {
    writeFileSync(join(folder, file), JSON.stringify({ items: records }));
  }
  writeFileSync(join(folder, 'extracts.csv'), registerOf(bank));
  const sources = files.map(([path, { kind }]) => ({
    path,
    as: 'canonical',
    kind,
    covers: { systems: ['*'] },
  }));
  const config = {
    organisation: 'Northbridge Bank',
    asOf: '2026-09-30',
    period: { from: '2026-07-01', to: '2026-09-30' },
    sources,
  };
  writeFileSync(join(folder, 'keyproof.yaml'), JSON.stringify(config));
}

/** The register of extracts: every file with its count, and for logs the time it covers. */
export function registerOf(bank: SmallBank): string {
  const rows = Object.entries(bank).map(([file, { kind, records }]) => {
    const period = file.includes('-early') ? EARLY : file.includes('-late') ? LATE : ',';
    return `${file},${kind},everything,2026-10-01T04:00:00Z,export,${records.length},${period}`;
  });
  const header = 'file,system,query,extracted_at,extractor,record_count,covers_from,covers_to';
  return [header, ...rows, ''].join('\n');
}

const EARLY = '2025-10-01T00:00:00Z,2026-08-14T23:59:59.999Z';
const LATE = '2026-08-15T00:00:00Z,2026-09-30T23:59:59.999Z';
