import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { parseAllDocuments, stringify } from 'yaml';
import { describeUnlessProved } from '../../support/verdict.js';
import { allCases, type Case, readInputIn } from './cases.js';

const CANARY = ['ghp', 'CanaryOfNorthbridge0123456789ABCDEFGH'].join('_');
const folder = mkdtempSync(join(tmpdir(), 'keyproof-canaries-'));
const parts = join(folder, 'parts');
mkdirSync(parts);
afterAll(() => rmSync(folder, { recursive: true }));

/** A member of a JSON value by its names, without positions in lists: the first of each is planted. */
type Place = { shape: string; plant: (root: unknown) => unknown };

const CASES = ['src/ingest/adapters/*/*/cases/**'];

describeUnlessProved(
  'a secret in any field of any export is neither kept nor shown',
  import.meta.url,
  CASES,
  () => {
    it.each(allCases())('$name', async (given) => {
      const planted = plantedTexts(given);
      expect(planted.length).toBeGreaterThan(0);
      for (const { where, text } of planted) {
        const file = join(folder, `input${extname(given.input)}`);
        writeFileSync(file, text);
        expect(text).toContain(CANARY);
        const kept = JSON.stringify(await readInputIn(parts, file, given.path, given.spec));
        expect(kept.includes(CANARY) ? `kept from ${where}` : 'nothing kept').toBe('nothing kept');
      }
    });
  },
);

/** The input of a case with the canary in one field after another, in its value and in its name. */
function plantedTexts({ input }: Case): { where: string; text: string }[] {
  const text = readFileSync(input, 'utf8');
  const kind = extname(input);
  if (kind === '.csv') return plantedCells(text);
  if (kind === '.txt' || kind === '.log') return plantedLines(text);
  if (kind === '.ndjson') return plantedValues(JSON.parse(text.split('\n')[0] ?? ''), JSON.stringify);
  if (kind === '.yaml')
    return parseAllDocuments(text).flatMap((document) => plantedValues(document.toJS(), stringify));
  return isOneDocument(text) ? plantedValues(JSON.parse(text), JSON.stringify) : plantedTextsIn(text);
}

function isOneDocument(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Documents one after the other: the canary in one text after another, names among them. */
function plantedTextsIn(text: string): { where: string; text: string }[] {
  return [...text.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(({ index, 0: found }) => ({
    where: `character ${index}`,
    text: `${text.slice(0, index)}${found.slice(0, -1)} ${CANARY}"${text.slice(index + found.length)}`,
  }));
}

function plantedLines(text: string): { where: string; text: string }[] {
  const lines = text.split('\n');
  return lines.flatMap((line, index) =>
    [`${line} ${CANARY}`, `${CANARY} ${line}`, line.replace(/:/, `:${CANARY}:`)]
      .filter((planted) => planted !== line)
      .map((planted) => ({ where: `line ${index + 1}`, text: lines.with(index, planted).join('\n') })),
  );
}

function plantedCells(text: string): { where: string; text: string }[] {
  const lines = text.split('\n');
  const separator = (lines[0] ?? '').includes(';') ? ';' : ',';
  return lines.slice(0, 2).flatMap((line, row) =>
    line.split(separator).map((cell, column) => {
      const cells = line.split(separator);
      cells[column] = cell.endsWith('"') ? `${cell.slice(0, -1)} ${CANARY}"` : `${cell} ${CANARY}`;
      return {
        where: `row ${row + 1}, column ${column + 1}`,
        text: lines.with(row, cells.join(separator)).join('\n'),
      };
    }),
  );
}

function plantedValues(value: unknown, write: (value: unknown) => string): { where: string; text: string }[] {
  if (typeof value !== 'object' || value === null || places(value).length === 0)
    return [{ where: 'a member', text: write({ [CANARY]: CANARY }) }];
  return places(value).map(({ shape, plant }) => ({
    where: shape,
    text: write(plant(structuredClone(value))),
  }));
}

/** The places of a value: each path of names once. */
function places(value: unknown, path: readonly string[] = [], seen = new Set<string>()): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const at = [...path, name];
    const shape = at.map((part) => (/^\d+$/.test(part) ? '*' : part)).join('/');
    const inside = places(member, at, seen);
    if (seen.has(shape)) return inside;
    seen.add(shape);
    const isText = typeof member === 'string';
    const value: Place = {
      shape,
      plant: (root) =>
        changedAt(root, at, (parent, key) => put(parent, key, `${isText ? `${member} ` : ''}${CANARY}`)),
    };
    const nameOf: Place = {
      shape: `name of ${shape}`,
      plant: (root) => changedAt(root, at, (parent, key) => put(parent, `${key}${CANARY}`, member)),
    };
    return [value, ...(/^\d+$/.test(name) ? [] : [nameOf]), ...inside];
  });
}

function changedAt(
  root: unknown,
  path: readonly string[],
  change: (parent: object, key: string) => void,
): unknown {
  const parent = path.slice(0, -1).reduce<unknown>((value, name) => Reflect.get(Object(value), name), root);
  change(Object(parent), path.at(-1) ?? '');
  return root;
}

function put(parent: object, key: string, value: unknown): void {
  Reflect.set(parent, key, value);
}
