import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Database } from '../../duckdb/database.js';
import { quotePath, quoteText, quoteTexts } from '../../duckdb/sql.js';
import { type Bucket, TIMED_FIELDS } from '../../model/index.js';
import { DOSSIERS } from './dossiers.js';

/** Statement that creates `evidence_hashes`: for each subject a hash of every member of its dossier. */
export const CREATE_EVIDENCE_HASHES =
  'CREATE TABLE evidence_hashes (kind VARCHAR, id VARCHAR, member VARCHAR, hash VARCHAR)';

/**
 * The place of a record: the same content in another row or file is no other evidence. It takes a file or record with a brace in
 * its name for longer or shorter than it is, always alike.
 */
const PLACE = /\{"file":"[^{}]*\}/g;
const HASH_LENGTH = 12;

/** A dossier as JSON. */
type Dossier = { subject: { id: string }; [member: string]: unknown };

/**
 * Adds the hashes of the dossiers in buckets, as `writeBuckets` wrote them. They are made line by line: a database that takes many
 * dossiers apart at once needs twenty times their length.
 */
export async function keepEvidenceHashes(database: Database, buckets: readonly Bucket[]): Promise<void> {
  for (const { kind, path } of buckets) {
    const fields = kind === 'key' ? TIMED_FIELDS.map((field) => `key.${field}`) : [];
    const members = ['not_covered', 'lost', ...Object.keys(DOSSIERS[kind].members), ...fields];
    const file = `${path}.hashes`;
    await pipeline(Readable.from(hashLines(path, members)), createWriteStream(file));
    await database.run(`INSERT INTO evidence_hashes
      SELECT ${quoteText(kind)}, id, unnest(${quoteTexts(members)}), unnest(hashes)
      FROM read_ndjson(${quotePath(file)}, columns = {id: 'VARCHAR', hashes: 'VARCHAR[]'})`);
  }
}

async function* hashLines(path: string, members: readonly string[]): AsyncGenerator<string> {
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    const dossier = JSON.parse(line) as Dossier;
    const hashes = members.map((member) => hashOf(contentOf(dossier, member)));
    yield `${JSON.stringify({ id: dossier.subject.id, hashes })}\n`;
  }
}

/** Returns a member, or a field of one; of the key without what use and rotation change. */
function contentOf(dossier: Dossier, member: string): unknown {
  const [name = '', field] = member.split('.');
  const content = dossier[name];
  if (field !== undefined) return (content as { [field: string]: unknown })[field];
  if (name !== 'key') return content;
  const timed: readonly string[] = TIMED_FIELDS;
  return Object.fromEntries(Object.entries(content ?? {}).filter(([own]) => !timed.includes(own)));
}

const NOTHING = md5('null');

function hashOf(content: unknown): string {
  if (content === null || content === undefined) return NOTHING;
  return md5(JSON.stringify(content).replaceAll(PLACE, ''));
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex').slice(0, HASH_LENGTH);
}
