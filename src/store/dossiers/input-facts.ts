import { quoteText, struct } from '../../duckdb/sql.js';
import type { InputFile } from '../../model/index.js';
import { boundedList, boundedMember, type Order } from '../bounded.js';
import { TABLES } from '../columns.js';
import { type JsonText, jsonConstant, jsonObject, jsonRecord, jsonValue, jsonWith } from '../json-text.js';
import { member, type Queries } from './dossier.js';

/** Logs are exported a file a day, and there is one dossier. */
const MOST_FILES = 1000;

const LISTS = ['undocumented', 'other_count', 'other_hash', 'documented'];

/** The `inputs` member of the organisation: the input files with what is on record about how they were taken. */
export const INPUTS = member({ beside: [...TABLES.keys()] }, ({ files }) => ({
  queries: inputFacts(files),
  joined: LISTS,
  value: inputsMember(),
}));

function inputFacts(files: readonly InputFile[]): Queries {
  return {
    input: inputFiles(files),
    taken: `SELECT i.*, ${jsonRecord('extracts', 'x')} AS extract, x.file IS NOT NULL AS documented, x.record_count, x.sha256 AS stated,
        x.extracted_at FROM input i LEFT JOIN extracts x ON x.file = i.file OR ends_with(i.file, concat('/', x.file))
      QUALIFY row_number() OVER (PARTITION BY i.file ORDER BY length(x.file) DESC, x.ordinal) = 1`,
    undocumented: facts('NOT t.documented', ['t.file']),
    other_count: facts('t.record_count <> t.records', ['t.file']),
    other_hash: facts('lower(t.stated) <> t.sha256', ['t.file']),
    documented: facts('t.documented', ['coalesce(t.extracted_at."ms", -9007199254740991)', 't.file']),
  };
}

function inputsMember(): JsonText {
  return jsonObject([
    ['total', '(SELECT count(*) FROM input)'],
    ...LISTS.map((list) => [list, boundedMember(list)] as const),
  ]);
}

/** Returns the files read as evidence: a register of extracts is about them and is none itself. */
function inputFiles(files: readonly InputFile[]): string {
  const evidence = files.filter(
    ({ state, produced }) =>
      state !== 'not-used' && !(produced.extracts !== undefined && Object.keys(produced).length === 1),
  );
  const rows = evidence.map(
    ({ path, sha256, records }) =>
      `(${quoteText(path)}, ${sha256 === null ? 'NULL' : quoteText(sha256)}, ${Number(records)}::BIGINT)`,
  );
  const values = rows.length > 0 ? rows.join(', ') : '(NULL, NULL, NULL)';
  return `SELECT * FROM (VALUES ${values}) v(file, sha256, records) WHERE file IS NOT NULL`;
}

function facts(condition: string, order: Order): string {
  const fact = jsonValue(struct(['file', 'sha256', 'records'].map((name) => [name, `t."${name}"`])));
  return boundedList({
    whole: true,
    record: jsonWith(fact, [
      ['extract', `CASE WHEN t.documented THEN t.extract ELSE ${jsonConstant(null)} END`],
    ]),
    order,
    from: `taken t WHERE ${condition}`,
    bound: MOST_FILES,
  });
}
