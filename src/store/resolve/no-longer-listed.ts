import type { Database } from '../../duckdb/database.js';
import { quoteText } from '../../duckdb/sql.js';
import type { Coverage, InputFile } from '../../model/index.js';
import { SQL_TYPES } from '../columns.js';
import { placeOf } from '../coverage/coverage-table.js';
import { type Scope, speaksFor } from '../coverage/scope.js';

/** A complete inventory of keys and when it was taken, epoch ms. */
type Inventory = { path: string; sha256: string; takenMs: number; coverage: Coverage };

/** Keys whose newest record stands in one file and is of one system and account. */
type Place = { file: string; system: string; account: string; untilMs: number };

/**
 * Makes the status of keys unknown that are active by an inventory of an earlier day, if a newer one that is complete for their system
 * and account lacks them: they may be gone. `contradicted` keeps both statements. An inventory that does not state when it was taken
 * speaks for no day, and neither supersedes nor is superseded.
 */
export async function settleUnlistedKeys(database: Database, files: readonly InputFile[]): Promise<void> {
  const inventories = await completeInventories(database, files);
  if (inventories.length === 0) return;
  const rows = (await placesOf(database)).flatMap((place) => {
    const newer = newestSince(place, inventories);
    return newer === null ? [] : [rowOf(place, newer)];
  });
  if (rows.length > 0) await database.run(...statements(rows));
}

async function completeInventories(database: Database, files: readonly InputFile[]): Promise<Inventory[]> {
  const taken = new Map(
    (await database.rows('SELECT file, ms FROM taken')).map((row) => [row['file'], Number(row['ms'])]),
  );
  return files.flatMap(({ path, sha256, coverage }) => {
    const takenMs = taken.get(path);
    const complete = coverage.filter(
      ({ kind, completeBy, gaps }) => kind === 'keys' && completeBy !== null && gaps.length === 0,
    );
    return takenMs === undefined
      ? []
      : complete.map((one) => ({ path, sha256: sha256 ?? '', takenMs, coverage: one }));
  });
}

const PLACE = placeOf('key', 'k');

async function placesOf(database: Database): Promise<Place[]> {
  const rows =
    await database.rows(`SELECT DISTINCT ${PLACE.file} AS file, ${PLACE.system} AS system, ${PLACE.account} AS account, t.until
    FROM distinct_keys k JOIN taken t ON t.file = k.source.file WHERE k.status = 'active' ORDER BY ALL`);
  return rows.map((row) => ({
    file: String(row['file']),
    system: String(row['system']),
    account: String(row['account']),
    untilMs: Number(row['until']),
  }));
}

function newestSince(place: Place, inventories: readonly Inventory[]): Inventory | null {
  const scope: Scope = { systems: stated(place.system), accounts: stated(place.account) };
  const newer = inventories.filter(
    ({ path, takenMs, coverage }) =>
      path !== place.file && takenMs > place.untilMs && speaksFor(coverage, scope),
  );
  return newer.sort((a, b) => b.takenMs - a.takenMs)[0] ?? null;
}

function stated(part: string): string[] {
  return part === '' ? [] : [part];
}

function rowOf({ file, system, account }: Place, newer: Inventory): string {
  return `(${[file, system, account, newer.path, newer.sha256].map(quoteText).join(', ')})`;
}

function statements(rows: readonly string[]): string[] {
  return [
    `CREATE TEMP TABLE unlisted AS SELECT k.key_id, k.ordinal, k.status, k.source, p.newer, p.sha256 FROM distinct_keys k
      JOIN (VALUES ${rows.join(', ')}) p(file, system, account, newer, sha256)
      ON p.file = ${PLACE.file} AND p.system = ${PLACE.system} AND p.account = ${PLACE.account} WHERE k.status = 'active'`,
    `INSERT INTO contradicted SELECT 'keys', key_id, 'status', status, to_json(status)::VARCHAR, NULL, source, ordinal FROM unlisted`,
    `INSERT INTO contradicted SELECT 'keys', key_id, 'status', 'not listed', 'null', NULL,
      {'file': newer, 'record': 'not listed', 'sha256': sha256}::${SQL_TYPES.source}, ordinal FROM unlisted`,
    'UPDATE distinct_keys SET status = NULL FROM unlisted u WHERE distinct_keys.key_id = u.key_id',
    'DROP TABLE unlisted',
  ];
}
