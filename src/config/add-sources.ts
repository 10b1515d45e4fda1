import { isMap, isScalar, isSeq, type Node, parseDocument, type YAMLSeq } from 'yaml';

/** An entry of `sources` in keyproof.yaml: the path that it reads, and its lines, each with its line end. */
export type SourceEntry = { path: string; text: string };

/** A keyproof.yaml with entries added: its text, and the paths that had an entry before and were left out. */
export type AddedSources = { text: string; present: string[] };

/** How far in an entry stands if there is none yet; `SourceEntry.text` does as well. */
const INDENT = '  ';

/**
 * Adds entries to the `sources` of a keyproof.yaml, behind those it has; every other character stays as it is.
 * @returns null if the text is no YAML map, or does not list its sources line by line.
 */
export function addSources(text: string, entries: readonly SourceEntry[]): AddedSources | null {
  const { errors, contents } = parseDocument(text);
  if (errors.length > 0 || !(contents === null || isMap(contents))) return null;
  const sources = contents?.get('sources', true);
  if (isSeq(sources) && sources.items.length === 0) return addSources(withoutValue(text, sources), entries);
  const place = placeFor(text, sources);
  if (place === null) return null;
  const had = isSeq(sources) ? pathsOf(sources) : [];
  const added = entries.filter(({ path }) => !had.includes(path));
  return {
    text: added.length === 0 ? text : withLines(text, place, added),
    present: entries.flatMap(({ path }) => (had.includes(path) ? [path] : [])),
  };
}

function pathsOf(sources: YAMLSeq): string[] {
  return sources.items.flatMap((item) => (isMap(item) ? [String(item.get('path'))] : []));
}

/** Returns the text without the `[]` of `sources: []`. */
function withoutValue(text: string, { range }: YAMLSeq): string {
  const [start = 0, end = 0] = range ?? [];
  return `${text.slice(0, start).trimEnd()}${text.slice(end)}`;
}

/** Where entries are put, what stands before them, and how far in they stand. */
type Place = { offset: number; before: string; indent: string };

function placeFor(text: string, sources: unknown): Place | null {
  if (sources === undefined) return { offset: text.length, before: 'sources:\n', indent: INDENT };
  if (isScalar(sources) && sources.value === null)
    return { offset: nextLine(text, endOf(sources)), before: '', indent: INDENT };
  if (!isSeq(sources) || sources.flow === true) return null;
  const indent = ' '.repeat(columnOf(text, sources.range?.[0] ?? 0));
  return { offset: endOfEntries(text.slice(0, endOf(sources)), indent), before: '', indent };
}

const endOf = ({ range }: Node): number => range?.[1] ?? 0;

const columnOf = (text: string, offset: number): number => offset - (text.lastIndexOf('\n', offset - 1) + 1);

function nextLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
}

/** Returns where the last entry ends: a comment that is not further in than it belongs to what follows. */
function endOfEntries(text: string, indent: string): number {
  const lines = text.split(/(?<=\n)/);
  const follows = (line: string) =>
    line.trim() === '' || (/^ *#/.test(line) && !line.startsWith(`${indent} `));
  while (follows(lines.at(-1) ?? '-')) lines.pop();
  return lines.join('').length;
}

function withLines(text: string, { offset, before, indent }: Place, added: readonly SourceEntry[]): string {
  const head = text.slice(0, offset);
  const end = head === '' || head.endsWith('\n') ? '' : '\n';
  const lines = added.map((entry) => entry.text.replaceAll(/^ {2}/gm, indent)).join('');
  return `${head}${end}${before}${lines}${text.slice(offset)}`;
}
