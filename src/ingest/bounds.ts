/** One bound of an input. */
export type Bound = {
  /** The largest that is read. */
  limit: number;
  /** The limit as sentences and docs/formats.md show it. */
  shown: string;
  /** What is measured, as a sentence shows it. */
  of: string;
  /** What passing it costs. */
  costs: 'the file' | 'the rest of the file' | 'the record' | 'the field';
  /** What to do about it. */
  advice: string;
};

const KB = 1024;
const MB = 1024 * KB;
const GB = 1024 * MB;

/**
 * Every bound of an input. Each is far above what any export was seen to hold, and below what stops the process; what
 * passes one is reported, and the rest of the run goes on. docs/formats.md has this table.
 */
export const BOUNDS = {
  expandedBytes: {
    limit: 64 * GB,
    shown: '64 GB',
    of: 'the content, unpacked,',
    costs: 'the rest of the file',
    advice: 'split the export',
  },
  ratio: {
    limit: 250,
    shown: '250 times its compressed size (from 64 MB on)',
    of: 'the content, unpacked,',
    costs: 'the rest of the file',
    advice: 'no export compresses like this: export it again, or audit it unpacked',
  },
  archiveMembers: {
    limit: 100_000,
    shown: '100,000',
    of: 'the number of files in an archive',
    costs: 'the rest of the file',
    advice: 'pack fewer at a time',
  },
  readingMs: {
    limit: 2 * 3_600_000,
    shown: '2 hours',
    of: 'the time of reading it',
    costs: 'the rest of the file',
    advice: 'split the export, or copy it to a faster disk',
  },
  value: {
    limit: 64 * MB,
    shown: '64 MB',
    of: 'one record, or one value that is no list of records,',
    costs: 'the rest of the file',
    advice: 'export one object a record',
  },
  wholeText: {
    limit: 64 * MB,
    shown: '64 MB',
    of: 'a text that cannot be read in parts',
    costs: 'the file',
    advice: 'split it',
  },
  yamlText: {
    limit: 16 * MB,
    shown: '16 MB',
    of: 'a YAML file',
    costs: 'the file',
    advice: 'export it as JSON',
  },
  csvRow: {
    limit: 4 * MB,
    shown: '4 MB',
    of: 'one row, or one quoted cell that is not closed,',
    costs: 'the rest of the file',
    advice: 'shorten it or close the quote',
  },
  sheetRows: {
    limit: 1_048_576,
    shown: '1,048,576',
    of: 'the number of rows of a sheet',
    costs: 'the rest of the file',
    advice: 'export it as CSV',
  },
  sheetColumns: {
    limit: 16_384,
    shown: '16,384',
    of: 'the number of columns of a sheet',
    costs: 'the rest of the file',
    advice: 'delete what stands beside the table',
  },
  sheetCell: {
    limit: 4 * MB,
    shown: '4 MB',
    of: 'one cell of a sheet',
    costs: 'the rest of the file',
    advice: 'export it as CSV',
  },
  sheetTexts: {
    limit: 64 * MB,
    shown: '64 MB',
    of: 'all different texts of a workbook',
    costs: 'the file',
    advice: 'export its sheets as CSV',
  },
  depth: {
    limit: 200,
    shown: '200 levels',
    of: 'the nesting of objects and lists',
    costs: 'the rest of the file',
    advice: 'export the records without what is nested so deep',
  },
  members: {
    limit: 100_000,
    shown: '100,000',
    of: 'the number of members of one object',
    costs: 'the rest of the file',
    advice: 'export the records as a list',
  },
  yamlAliases: {
    limit: 1_000,
    shown: '1,000',
    of: 'the number of aliases in a YAML file',
    costs: 'the file',
    advice: 'export it without anchors, or as JSON',
  },
  id: {
    limit: 2_048,
    shown: '2,048 characters',
    of: 'an id, or another field that a record cannot be without,',
    costs: 'the record',
    advice: 'correct it or export again',
  },
  text: {
    limit: 64 * KB,
    shown: '65,536 characters',
    of: 'the text of a field',
    costs: 'the field',
    advice: 'correct it or export again',
  },
  listText: {
    limit: MB,
    shown: '1 MB',
    of: 'the text of all items of a field',
    costs: 'the field',
    advice: 'correct it or export again',
  },
  list: {
    limit: 10_000,
    shown: '10,000',
    of: 'the number of items of a field',
    costs: 'the field',
    advice: 'correct it or export again',
  },
} as const satisfies { readonly [name: string]: Bound };

/** Returns the sentence that reports that a bound was passed. */
export function passed({ of, shown, advice }: Bound): string {
  return `${of} is more than ${shown}; ${advice}`;
}
