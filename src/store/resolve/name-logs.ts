import type { Database } from '../../duckdb/database.js';
import { quoteText } from '../../duckdb/sql.js';
import type { InputFile, RecordKind } from '../../model/index.js';

/** Kinds whose records name a log, each with the SQL of the account that a record states itself. */
const OF_LOGS = { events: 'NULL', log_sources: `nullif(split_part(account, '/', 1), '')` } as const;

/** A file whose records are of one account, without its Region. */
type FileAccount = { file: string; account: string };

/**
 * Puts the account into the name of logs (`aws-cloudtrail of 111122223333`) if logs of several accounts have one name: they are
 * different logs, which neither describe nor contradict each other. A log whose account is not stated keeps its name. Creates
 * `log_names` (log, name): the names that were changed, and what they were.
 */
export async function nameLogs(
  database: Database,
  present: ReadonlySet<RecordKind>,
  files: readonly InputFile[],
): Promise<void> {
  await database.run('CREATE TABLE log_names (log VARCHAR, name VARCHAR)');
  const kinds = (['events', 'log_sources'] as const).filter((kind) => present.has(kind));
  const seen = kinds.map((kind) => accountsOf(kind, files));
  if (seen.flat().length === 0 && !present.has('log_sources')) return;
  const several = await database.rows(
    `SELECT name FROM (${kinds.map((kind, i) => namedLogs(kind, seen[i] ?? [])).join(' UNION ALL ')})
      GROUP BY name HAVING count(DISTINCT account) > 1`,
  );
  if (several.length === 0) return;
  const names = several.map(({ name }) => quoteText(String(name))).join(', ');
  await database.run(...kinds.flatMap((kind, i) => rename(kind, seen[i] ?? [], names)));
}

function accountsOf(kind: RecordKind, files: readonly InputFile[]): FileAccount[] {
  return files.flatMap(({ path, coverage }) => {
    const stated = coverage.filter((one) => one.kind === kind).flatMap(({ accounts }) => accounts);
    const [account, ...others] = new Set(stated.map((one) => one.split('/')[0] ?? ''));
    return account && others.length === 0 ? [{ file: path, account }] : [];
  });
}

/** Returns the SQL of a record's account; null if neither it nor its file states one. */
function accountOf(kind: keyof typeof OF_LOGS, files: readonly FileAccount[]): string {
  const cases = files.map(({ file, account }) => `WHEN ${quoteText(file)} THEN ${quoteText(account)}`);
  const ofFile = cases.length === 0 ? 'NULL' : `CASE source.file ${cases.join(' ')} END`;
  return `lower(coalesce(${OF_LOGS[kind]}, ${ofFile})::VARCHAR)`;
}

function namedLogs(kind: keyof typeof OF_LOGS, files: readonly FileAccount[]): string {
  return `SELECT DISTINCT lower(trim(log)) AS name, ${accountOf(kind, files)} AS account FROM raw_${kind} WHERE log <> ''`;
}

function rename(kind: keyof typeof OF_LOGS, files: readonly FileAccount[], names: string): string[] {
  const account = accountOf(kind, files);
  const concerned = `lower(trim(log)) IN (${names}) AND ${account} IS NOT NULL`;
  return [
    `INSERT INTO log_names SELECT DISTINCT concat(log, ' of ', ${account}), log FROM raw_${kind} WHERE ${concerned}`,
    `UPDATE raw_${kind} SET log = concat(log, ' of ', ${account}) WHERE ${concerned}`,
  ];
}
