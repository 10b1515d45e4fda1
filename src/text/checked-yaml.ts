import type { ErrorObject } from 'ajv';
import { type Document, isMap, LineCounter, parseDocument } from 'yaml';
import { schemaValidator } from '../assets/schemas.js';
import { didYouMean, KeyproofError } from '../model/index.js';

/** Place in a YAML document: keys and indexes from the top. */
export type YamlPath = readonly (string | number)[];

/** A YAML file that is valid by its schema. */
export type CheckedYaml<T> = {
  /** Its value. */
  value: T;
  /** Line (from 1) of a part of the file. */
  lineOf: (path: YamlPath) => number;
};

/** How a file is checked. */
export type YamlCheck = {
  /** The path to name in messages. */
  shown: string;
  /** Published schema it must be valid by, such as `config`. */
  schema: string;
  /** What to do about a wrong value of a key, beside choosing another one: sentences by key. */
  hints?: { readonly [key: string]: string };
};

/**
 * Parses a YAML text that a person wrote and validates it against a published schema.
 * @throws KeyproofError with one line a problem: file, line, what is wrong, the nearest valid key or value.
 */
export function checkedYaml<T>(text: string, { shown, schema, hints = {} }: YamlCheck): CheckedYaml<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number) => lines.linePos(offset).line;
  refuse(document.errors.map(({ pos, message }) => `${shown}:${lineAt(pos[0])}: ${message}`));
  const lineOf = (path: YamlPath) => lineAt(offsetOf(document, path));
  const value: unknown = document.toJS() ?? {};
  const validate = schemaValidator<T>(schema);
  if (validate(value)) return { value, lineOf };
  const errors = validate.errors ?? [];
  refuse(errors.map((error) => `${shown}:${lineOf(pathOf(error))}: ${sentence(error, hints)}`));
  throw new Error(`The schema ${schema} refused ${shown} and gave no error.`);
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new KeyproofError([...new Set(problems)].join('\n'));
}

function pathOf({ instancePath, keyword, params }: ErrorObject): string[] {
  const path = instancePath.split('/').slice(1).map(unescapePart);
  return keyword === 'additionalProperties' ? [...path, String(params['additionalProperty'])] : path;
}

/** Unescapes a part of a JSON pointer (RFC 6901, section 4). */
function unescapePart(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** Returns the offset of the key if the part has one, else the value, else what it is missing from. */
function offsetOf(document: Document, path: YamlPath): number {
  if (path.length === 0) return startOf(document.contents) ?? 0;
  const parent: unknown = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents;
  const pair = isMap(parent)
    ? parent.items.find(({ key }) => String(key) === String(path.at(-1)))
    : undefined;
  return startOf(pair?.key) ?? startOf(document.getIn(path, true)) ?? offsetOf(document, path.slice(0, -1));
}

function startOf(node: unknown): number | null {
  if (typeof node !== 'object' || node === null || !('range' in node)) return null;
  return Array.isArray(node.range) ? Number(node.range[0]) : null;
}

type Hints = NonNullable<YamlCheck['hints']>;

function sentence(error: ErrorObject, hints: Hints): string {
  const place = pathOf(error).join('.') || 'the file';
  const say = SENTENCES[error.keyword];
  return say ? say(error, place, hints) : `${place} ${error.message ?? 'is invalid'}.`;
}

type Say = (error: ErrorObject, place: string, hints: Hints) => string;

const SENTENCES: { readonly [keyword: string]: Say } = {
  additionalProperties: ({ params, parentSchema }) => {
    const key = String(params['additionalProperty']);
    const known = Object.keys(parentSchema?.['properties'] ?? {});
    return `"${key}" is not a known key${didYouMean(key, known)} Known keys here: ${known.join(', ')}.`;
  },
  required: ({ params }, place) => `${place} lacks "${String(params['missingProperty'])}".`,
  enum: ({ params, data }, place, hints) => {
    const allowed = [params['allowedValues']].flat().map(String);
    const hint = hints[place] ? ` ${hints[place]}` : '';
    return `${place} must be one of ${allowed.join(', ')}; ${JSON.stringify(data)} is none${didYouMean(String(data), allowed)}${hint}`;
  },
  type: ({ params, data, parentSchema, instancePath }, place) =>
    instancePath === ''
      ? otherWhole(params['type'], data)
      : `${place} must be ${[params['type']].flat().join(' or ')}; ${JSON.stringify(data)} is not${written(parentSchema) ?? (params['type'] === 'string' ? '; quote a text that looks like a number' : '')}.`,
  pattern: ({ data, parentSchema }, place) =>
    `${place}: ${JSON.stringify(data)} cannot be used${written(parentSchema) ?? ''}.`,
};

const WHOLE: { readonly [type: string]: string } = {
  object: 'keys with values (key: value)',
  array: 'a list',
};

/** A file that is none of ours may be anything: nothing of it is shown. */
function otherWhole(type: unknown, data: unknown): string {
  const held = data === null ? 'is empty' : `holds ${Array.isArray(data) ? 'a list' : `a ${typeof data}`}`;
  return `the file must hold ${WHOLE[String(type)] ?? String(type)}; it ${held}.`;
}

/** Returns how a value is written, if its schema has an example. */
function written(schema: ErrorObject['parentSchema']): string | null {
  const [example] = [schema?.['examples']].flat();
  return typeof example === 'string' ? `; write it as in ${example}` : null;
}
