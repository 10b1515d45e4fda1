import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection, DuckDBInstance, DuckDBResult } from '@duckdb/node-api';
import { plainValue } from './plain-values.js';

/** How the database may use the machine. None of it influences any output. */
export type DatabaseOptions = {
  /** Whether it keeps its tables in memory; by default they are in a file, so that they may be larger. */
  inMemory?: boolean;
  /**
   * Memory the database may use before it spills to the work folder, in MB (10^6 bytes). Default 500: the process then
   * stays below 0.9 GB (docs/performance.md).
   */
  memoryLimitMb?: number;
  /**
   * Whether it keeps freed memory for what comes next, which saves a tenth of the time; by default it gives it back at once: what
   * is kept counts against the machine, not against the limit.
   */
  keepFreed?: boolean;
  /** Threads. Default 2. */
  threads?: number;
};

/** A value bound to a `?` of a query. */
export type QueryParam = string | number | boolean | null;

/** One DuckDB database in the work folder. */
export type Database = {
  /** Threads it uses. */
  threads: number;
  /** Runs statements one after another. */
  run(...statements: string[]): Promise<void>;
  /** Writes what is committed into the database file; tables in memory have none. */
  checkpoint(): Promise<void>;
  /** Rows of a SELECT as plain values. */
  rows(sql: string, params?: readonly QueryParam[]): Promise<{ [column: string]: unknown }[]>;
  /** Rows of a SELECT in chunks, for results that may not fit into memory. */
  stream(sql: string): AsyncIterable<{ [column: string]: unknown }[]>;
  /**
   * Values of the first column of a SELECT, which is JSON text, in chunks. Rows with lists and structures cost a quarter of what
   * `stream` takes for them; a number beyond 2^53 loses digits.
   */
  streamJson(sql: string): AsyncIterable<unknown[]>;
  /** Runs one task for every item, as many at a time as threads and memory allow, each with its own connection. */
  each<T>(
    items: readonly T[],
    task: (item: T, run: (sql: string) => Promise<void>) => Promise<void>,
  ): Promise<void>;
  /** Releases the database and removes its files. Does nothing the second time. */
  close(): Promise<void>;
};

/** Opens a new database in a folder of its own inside `workDir`; it is cut off from networks and extensions. */
export async function openDatabase(workDir: string, options: DatabaseOptions): Promise<Database> {
  const folder = join(workDir, `duckdb-${randomUUID()}`);
  await mkdir(folder, { recursive: true });
  const threads = Math.max(1, options.threads ?? 2);
  // Loaded when it is needed: it takes longer than most commands that need no database.
  const duckdb = await import('@duckdb/node-api');
  const instance = await duckdb.DuckDBInstance.create(
    options.inMemory ? ':memory:' : join(folder, 'evidence.duckdb'),
    settings(folder, threads, options),
  );
  const connection = await instance.connect();
  await connection.run(CHEAP_COMPRESSION);
  let closing: Promise<void> | undefined;
  const release = async () => {
    connection.closeSync();
    instance.closeSync();
    await rm(folder, { recursive: true, force: true });
  };
  return {
    threads,
    run: (...statements) => runAll(connection, statements),
    checkpoint: async () => void (options.inMemory || (await connection.run('CHECKPOINT'))),
    rows: (sql, params) => selectRows(connection, sql, params),
    stream: (sql) => streamRows(instance, sql),
    streamJson: (sql) => streamJson(instance, sql),
    each: (items, task) => runEach(instance, Math.min(threads, sideBySide(options)), items, task),
    close: () => {
      closing ??= release();
      return closing;
    },
  };
}

const DEFAULT_MEMORY_MB = 500;

/** Memory one statement of `each` may take, about, in MB. */
const STATEMENT_MEMORY_MB = 250;

function sideBySide({ memoryLimitMb = DEFAULT_MEMORY_MB }: DatabaseOptions): number {
  return Math.max(1, Math.floor(memoryLimitMb / STATEMENT_MEMORY_MB));
}

/** Compression that costs more time than it saves for a database that lives as long as one audit. */
const CHEAP_COMPRESSION =
  "SET disabled_compression_methods = 'fsst,dict_fsst,zstd,alp,alprd,chimp,patas,roaring'";

const GIVE_BACK_AT_ONCE = {
  allocator_flush_threshold: '1MB',
  allocator_bulk_deallocation_flush_threshold: '1MB',
};

function settings(folder: string, threads: number, options: DatabaseOptions): Record<string, string> {
  return {
    threads: String(threads),
    memory_limit: `${options.memoryLimitMb ?? DEFAULT_MEMORY_MB}MB`,
    temp_directory: join(folder, 'spill'),
    preserve_insertion_order: 'true',
    ...(options.keepFreed ? {} : GIVE_BACK_AT_ONCE),
    allocator_background_threads: 'true',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
  };
}

async function runAll(connection: DuckDBConnection, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await connection.run(statement);
}

async function selectRows(connection: DuckDBConnection, sql: string, params: readonly QueryParam[] = []) {
  const reader = await connection.runAndReadAll(sql, [...params]);
  return reader.getRowObjectsJS().map(plainRow);
}

async function* streamRows(instance: DuckDBInstance, sql: string) {
  for await (const result of ownConnection(instance, sql))
    for await (const rows of result.yieldRowObjectJs()) yield rows.map(plainRow);
}

async function* streamJson(instance: DuckDBInstance, sql: string): AsyncGenerator<unknown[]> {
  for await (const result of ownConnection(instance, sql))
    for (let chunk = await result.fetchChunk(); chunk?.rowCount; chunk = await result.fetchChunk())
      yield chunk.getColumnValues(0).map((text): unknown => JSON.parse(String(text)));
}

/**
 * Generates one result, on a connection of its own: a second query on the same one would end the first before all of it is
 * read.
 */
async function* ownConnection(instance: DuckDBInstance, sql: string): AsyncGenerator<DuckDBResult> {
  const connection = await instance.connect();
  try {
    yield await connection.stream(sql);
  } finally {
    connection.closeSync();
  }
}

function plainRow(row: { [column: string]: unknown }): { [column: string]: unknown } {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plainValue(value)]));
}

async function runEach<T>(
  instance: DuckDBInstance,
  atOnce: number,
  items: readonly T[],
  task: (item: T, run: (sql: string) => Promise<void>) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  const workers = Array.from({ length: Math.min(atOnce, items.length) }, async () => {
    const connection = await instance.connect();
    try {
      for (const item of queue) await task(item, async (sql) => void (await connection.run(sql)));
    } finally {
      connection.closeSync();
    }
  });
  await settleAll(workers);
}

/** Waits for every worker, so that none still runs when the first failure is reported. */
async function settleAll(workers: readonly Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(workers);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}
