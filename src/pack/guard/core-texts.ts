import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeWorkFolder } from '../../assets/work-folder.js';
import { openDatabase } from '../../duckdb/database.js';
import { quotePath } from '../../duckdb/sql.js';
import { CORE } from '../core.js';

/** A text of a Parquet file, and the place to name: file and column. */
export type CoreText = { place: string; text: string };

const OBSERVATIONS: readonly [column: string, texts: string][] = [
  ['subject_id', 'SELECT DISTINCT subject_id'],
  ['rule_id', 'SELECT DISTINCT rule_id'],
  ['error', 'SELECT DISTINCT error'],
  ['reasons', 'SELECT DISTINCT to_json(reasons)'],
  ['missing', 'SELECT DISTINCT to_json(missing)'],
];

/** Yields every text in the Parquet files of a pack: repeated ones once, because millions of checks pass alike. */
export async function* coreTexts(dir: string): AsyncGenerator<CoreText> {
  const workDir = await makeWorkFolder();
  const database = await openDatabase(workDir, { inMemory: true });
  const observations = `FROM read_parquet(${quotePath(join(dir, CORE.observations))})`;
  const subjects = `FROM read_parquet(${quotePath(join(dir, CORE.subjects))})`;
  const queries: [place: string, select: string][] = [
    ...OBSERVATIONS.map(([column, texts]): [string, string] => [
      `${CORE.observations}, ${column}`,
      `${texts}::VARCHAR AS text ${observations}`,
    ]),
    [
      `${CORE.observations}, violations`,
      `SELECT to_json(violations)::VARCHAR AS text ${observations} WHERE len(violations) > 0`,
    ],
    [CORE.subjects, `SELECT to_json(s)::VARCHAR AS text ${subjects} s`],
  ];
  try {
    for (const [place, select] of queries)
      for await (const rows of database.stream(select))
        yield { place, text: rows.map(({ text }) => String(text ?? '')).join('\n') };
  } finally {
    await database.close();
    await rm(workDir, { recursive: true, force: true });
  }
}
