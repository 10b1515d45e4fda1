import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { type PDF, PdfArray, PdfDict, PdfNumber, type PdfObject, PdfRef, PdfStream } from '@libpdf/core';
import { serialize } from './serialize.js';

/** Number of objects that share one compressed stream. */
const GROUP = 200;
const HEADER = Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1');

type Numbered = readonly [number: number, object: PdfObject];

/** A stream as it stands in the file, with the numbers of the objects packed into it. */
type Block = { number: number; bytes: Buffer; packed: readonly number[] };

/**
 * Writes a document again: what its catalog and its information lead to, in object streams (ISO 32000-1, 7.5.7), which
 * makes a tagged document half as large. The same document gives the same bytes; its /ID follows from them.
 */
export function writePdf({ context }: PDF): Uint8Array {
  const { trailer } = context.info;
  const objects = reachable((ref) => context.resolve(ref), trailer);
  const next = (objects.at(-1)?.[0] ?? 0) + 1;
  const streams = objects.flatMap(([number, object]) =>
    object instanceof PdfStream ? [streamBlock(number, object)] : [],
  );
  const rest = objects.filter(([, object]) => !(object instanceof PdfStream));
  const groups = inGroups(rest).map((group, index) => groupBlock(next + index, group));
  return joinBlocks([...streams, ...groups], next + groups.length, trailer);
}

/** Returns every object that the trailer leads to, by number. */
function reachable(resolve: (ref: PdfRef) => PdfObject | null, trailer: PdfDict): Numbered[] {
  const found = new Map<number, PdfObject>();
  const open: PdfObject[] = rootsOf(trailer).map(([, ref]) => ref);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const object = next instanceof PdfRef ? resolveOnce(next, found, resolve) : next;
    if (object !== null) open.push(...membersOf(object));
  }
  return [...found].sort(([a], [b]) => a - b);
}

function resolveOnce(
  { objectNumber }: PdfRef,
  found: Map<number, PdfObject>,
  resolve: (ref: PdfRef) => PdfObject | null,
): PdfObject | null {
  const object = found.has(objectNumber) ? null : resolve(PdfRef.of(objectNumber));
  if (object !== null) found.set(objectNumber, object);
  return object;
}

function membersOf(object: PdfObject): PdfObject[] {
  if (object instanceof PdfArray) return [...object];
  return object instanceof PdfDict ? [...object].map(([, value]) => value) : [];
}

function rootsOf(trailer: PdfDict): [name: string, ref: PdfRef][] {
  return ['Root', 'Info'].flatMap((name): [string, PdfRef][] => {
    const ref = trailer.getRef(name);
    return ref === undefined ? [] : [[name, ref]];
  });
}

function inGroups(objects: readonly Numbered[]): Numbered[][] {
  const count = Math.ceil(objects.length / GROUP);
  return Array.from({ length: count }, (_, group) => objects.slice(group * GROUP, (group + 1) * GROUP));
}

function streamBlock(number: number, stream: PdfStream): Block {
  const dict = new PdfDict(stream);
  dict.set('Length', PdfNumber.of(stream.data.length));
  return { number, bytes: streamBytes(number, serialize(dict), Buffer.from(stream.data)), packed: [] };
}

function groupBlock(number: number, group: readonly Numbered[]): Block {
  const texts = group.map(([, object]) => `${serialize(object)}\n`);
  let at = 0;
  const index = group.map(([packed], i) => {
    const entry = `${packed} ${at}`;
    at += texts[i]?.length ?? 0;
    return entry;
  });
  const head = `${index.join(' ')}\n`;
  const about = `/Type /ObjStm /N ${group.length} /First ${head.length}`;
  return {
    number,
    bytes: deflatedBytes(number, about, Buffer.from(head + texts.join(''), 'latin1')),
    packed: group.map(([packed]) => packed),
  };
}

function joinBlocks(blocks: readonly Block[], number: number, trailer: PdfDict): Uint8Array {
  const body = Buffer.concat([HEADER, ...blocks.map(({ bytes }) => bytes)]);
  const id = createHash('sha256').update(body).digest('hex').slice(0, 32);
  const roots = rootsOf(trailer).map(([name, ref]) => `/${name} ${serialize(ref)}`);
  const about = `/Type /XRef /Size ${number + 1} /W [1 4 2] ${roots.join(' ')} /ID [<${id}> <${id}>]`;
  const xref = deflatedBytes(number, about, xrefRows(blocks, number, body.length));
  return new Uint8Array(Buffer.concat([body, xref, Buffer.from(`startxref\n${body.length}\n%%EOF\n`)]));
}

/** Returns the cross-reference rows: kind (1 byte), offset or holder (4 bytes), index in the holder (2 bytes). */
function xrefRows(blocks: readonly Block[], number: number, endsAt: number): Buffer {
  const rows = Buffer.alloc((number + 1) * 7);
  const write = (of: number, kind: number, place: number, index: number) => {
    rows.writeUInt8(kind, of * 7);
    rows.writeUInt32BE(place, of * 7 + 1);
    rows.writeUInt16BE(index, of * 7 + 5);
  };
  write(0, 0, 0, 65_535);
  write(number, 1, endsAt, 0);
  let at = HEADER.length;
  for (const block of blocks) {
    write(block.number, 1, at, 0);
    for (const [index, packed] of block.packed.entries()) write(packed, 2, block.number, index);
    at += block.bytes.length;
  }
  return rows;
}

function deflatedBytes(number: number, about: string, content: Buffer): Buffer {
  const data = deflateSync(content);
  return streamBytes(number, `<<${about} /Filter /FlateDecode /Length ${data.length}>>`, data);
}

function streamBytes(number: number, dict: string, data: Buffer): Buffer {
  const head = Buffer.from(`${number} 0 obj\n${dict}\nstream\n`, 'latin1');
  return Buffer.concat([head, data, Buffer.from('\nendstream\nendobj\n')]);
}
