import { expect, test } from 'vitest';
import { missingWords } from '../../src/assess/missing-words.js';
import { RECORD_FIELDS } from '../../src/assets/record-fields.js';
import { schemaOf } from '../../src/assets/schemas.js';
import { ENTITY_FACTS, SUBJECT_FACTS, SUBJECT_KINDS } from '../../src/model/index.js';
import { distinctTexts } from '../../src/text/compare-text.js';
import { fieldWords } from '../../src/text/field-words.js';
import { isObject } from '../../src/text/is-object.js';
import { missingLabel } from '../../src/text/missing-label.js';

const HANGING = /\b(after|at|before|by|for|from|in|of|on|per|since|to|via|with)$/;
const REPEATED = /\b(?!the\b)([a-z]{3,})\b.*\b\1\b/;
const CODE = /_|\b(auth|config|ms|nydfs|ref|rps|sec|ttl)\b/;

/** Returns the labels that read badly: that end in a preposition, say a word twice, or hold a piece of code. */
const badly = (labels: readonly string[]): string[] =>
  labels.filter((label) => [HANGING, REPEATED, CODE].some((fault) => fault.test(label)));

/** Returns the names of all members of a schema, however deep. */
const namesIn = (schema: unknown): string[] => {
  if (Array.isArray(schema)) return schema.flatMap(namesIn);
  if (!isObject(schema)) return [];
  const own = isObject(schema['properties']) ? Object.keys(schema['properties']) : [];
  return [...own, ...Object.values(schema).flatMap(namesIn)];
};

const label = (path: string): string => missingLabel(path, new Map());

test('the fields of records read as names of things', () => {
  const fields = Object.values(RECORD_FIELDS).flatMap((own) => own.map(({ name }) => name));
  expect(badly(distinctTexts(fields).map(fieldWords))).toEqual([]);
});

test('the facts that decide scope read as names of things', () => {
  const facts = [...Object.keys(ENTITY_FACTS), ...Object.keys(SUBJECT_FACTS)];
  const words = facts.map((path) => {
    const source = { kind: 'fact' as const, path };
    return missingWords({ source, fields: [], rules: [] }, new Map(), new Set()).label;
  });
  expect(badly(words)).toEqual([]);
});

test('the members of dossiers read as names of things', () => {
  const names = SUBJECT_KINDS.flatMap((kind) => namesIn(schemaOf<unknown>(`dossier-${kind}`)));
  expect(badly(distinctTexts(names).map(label))).toEqual([]);
});

test('a part of a label that the part before it says is left out', () => {
  expect(label('training.people')).toBe('training of people');
  expect(label('grants.records.reviewed_at')).toBe('access grants and reviews: date of the review');
});
