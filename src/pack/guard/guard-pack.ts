import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EXIT, KeyproofError } from '../../model/index.js';
import type { DroppedSecret } from '../../secrets/dropped.js';
import { findDropped } from '../../secrets/find-dropped.js';
import { holdsSecret } from '../../secrets/redact.js';
import { isObject } from '../../text/is-object.js';
import { escapePointer } from '../../text/json-pointer.js';
import { CORE } from '../core.js';
import { coreTexts } from './core-texts.js';
import { pdfStreams } from './pdf-streams.js';
import { pieces } from './pieces.js';
import { readings } from './readings.js';
import { workbookParts } from './workbook-parts.js';

/** The secrets that a run read and did not keep. */
export type DroppedSecrets = {
  /** Key of the run, which their digests are made with. */
  key: string;
  /** The secrets. */
  secrets: readonly DroppedSecret[];
};

/** Files whose bytes are no text. */
const BINARY = /\.(parquet|pdf|xlsx)$/;
const NOTHING_DROPPED: DroppedSecrets = { key: '', secrets: [] };

/** Tells what secret a text holds, for the sentence; null if it holds none. */
type Search = (text: string) => string | null;

const BY_FORM = 'what looks like a live secret';
const BY_VALUE = 'the value of a secret that an export holds';

/**
 * Reads every byte of a pack before it is put in place: the second line behind `redactRecord`.
 * @param dropped secrets whose values must not appear; without them only what looks like a secret is looked for
 * @throws KeyproofError naming file and field of the first secret
 */
export async function guardPack(dir: string, dropped: DroppedSecrets = NOTHING_DROPPED): Promise<void> {
  const search = searchFor(dropped);
  const files = (await readdir(dir)).sort();
  // The assessment first: it names the field that everything else was made from.
  if (files.includes(CORE.assessment)) await guardText(dir, CORE.assessment, search);
  if (files.includes(CORE.observations)) await guardCore(dir, search);
  for (const file of files.filter((name) => name !== CORE.assessment)) await guardText(dir, file, search);
  for (const file of files.filter((name) => name.endsWith('.pdf')))
    for await (const content of pdfStreams(join(dir, file))) refuse(search(content.toString('latin1')), file);
  for (const file of files.filter((name) => name.endsWith('.xlsx')))
    for await (const content of workbookParts(join(dir, file))) refuse(search(content), file);
}

function searchFor({ key, secrets }: DroppedSecrets): Search {
  const find = findDropped(secrets, key);
  return (text) => {
    for (const reading of readings(text)) {
      if (holdsSecret(reading)) return BY_FORM;
      if (secrets.length > 0 && find(Buffer.from(reading, 'utf8'))) return BY_VALUE;
    }
    return null;
  };
}

async function guardText(dir: string, file: string, search: Search): Promise<void> {
  const isBinary = BINARY.test(file);
  for await (const { text, line } of pieces(join(dir, file), isBinary ? 'latin1' : 'utf8')) {
    const what = search(text);
    if (what === null) continue;
    if (file.endsWith('.json')) refuseField(await stated(join(dir, file)), search, file);
    refuse(what, isBinary ? file : `${file}, from line ${line} on`);
  }
}

/** Returns the value of a JSON file, what the user stated before what follows from it. */
async function stated(path: string): Promise<unknown> {
  const value: unknown = JSON.parse(await readFile(path, 'utf8'));
  return isObject(value) && 'plan' in value
    ? { plan: value['plan'], inputs: value['inputs'], ...value }
    : value;
}

async function guardCore(dir: string, search: Search): Promise<void> {
  for await (const { place, text } of coreTexts(dir)) refuse(search(text), place);
}

/** Refuses the first field of a JSON value that holds a secret. A name that does is shown by its place only. */
function refuseField(value: unknown, search: Search, file: string, path: readonly string[] = []): void {
  if (typeof value === 'string') refuse(search(value), `${file}, /${path.map(escapePointer).join('/')}`);
  const members = Array.isArray(value) ? [...value.entries()] : isObject(value) ? Object.entries(value) : [];
  for (const [index, [name, member]] of members.entries()) {
    const inName = search(String(name)) !== null;
    if (inName) refuse(BY_FORM, `${file}, name ${index + 1} of /${path.map(escapePointer).join('/')}`);
    refuseField(member, search, file, [...path, String(name)]);
  }
}

function refuse(what: string | null, place: string): void {
  if (what === null) return;
  throw new KeyproofError(
    `${place}: holds ${what}, so that nothing was written; take it out of the export, the file name or keyproof.yaml it comes from, and revoke it.`,
    EXIT.incomplete,
  );
}
