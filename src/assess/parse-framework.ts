import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { type Document, isMap, LineCounter, parseDocument } from 'yaml';
import { packageRoot } from '../assets/package-root.js';
import { didYouMean, type Framework, KeyproofError } from '../model/index.js';

/** Place in a YAML document: keys and indexes from the top. */
export type YamlPath = readonly (string | number)[];

/** A framework as its file states it, and where each part of it stands. */
export type ParsedFramework = {
  /** Valid by the schema; references are not resolved yet. */
  framework: Framework;
  /** Line (from 1) of a part of the file. */
  lineOf: (path: YamlPath) => number;
};

/** The schema is ours and tested; to validate it too would take longer than everything else. */
const OPTIONS = { allErrors: true, strict: false, verbose: true, validateSchema: false } as const;
let validator: ValidateFunction<Framework> | undefined;

/** Compiled from the published schema when the first file is read: compiling takes longer than reading. */
function frameworkValidator(): ValidateFunction<Framework> {
  const schema = new URL('src/model/schemas/framework.json', packageRoot);
  validator ??= new Ajv(OPTIONS).compile<Framework>(JSON.parse(readFileSync(schema, 'utf8')) as object);
  return validator;
}

/**
 * Parses a framework file and validates it against the published schema.
 * @param shown the path to name in messages.
 * @throws KeyproofError with one line a problem: file, line, what is wrong.
 */
export function parseFramework(text: string, shown: string): ParsedFramework {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const broken = document.errors.map(
    (error) => `${shown}:${lines.linePos(error.pos[0]).line}: ${error.message}`,
  );
  if (broken.length > 0) throw new KeyproofError(broken.join('\n'));
  const lineOf = (path: YamlPath) => lines.linePos(offsetOf(document, path)).line;
  const value: unknown = document.toJS() ?? {};
  const validate = frameworkValidator();
  if (validate(value)) return { framework: value, lineOf };
  const problems = (validate.errors ?? []).map(
    (error) => `${shown}:${lineOf(pathOf(error))}: ${sentence(error)}`,
  );
  throw new KeyproofError([...new Set(problems)].join('\n'));
}

function pathOf(error: ErrorObject): string[] {
  const path = error.instancePath.split('/').slice(1).map(unescapePart);
  return error.keyword === 'additionalProperties'
    ? [...path, String(error.params['additionalProperty'])]
    : path;
}

function unescapePart(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}

function offsetOf(document: Document, path: YamlPath): number {
  if (path.length === 0) return 0;
  const parent: unknown = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents;
  const pair = isMap(parent)
    ? parent.items.find((item) => String(item.key) === String(path.at(-1)))
    : undefined;
  return startOf(pair?.key) ?? startOf(document.getIn(path, true)) ?? offsetOf(document, path.slice(0, -1));
}

function startOf(node: unknown): number | null {
  if (typeof node !== 'object' || node === null || !('range' in node)) return null;
  return Array.isArray(node.range) ? Number(node.range[0]) : null;
}

function sentence(error: ErrorObject): string {
  const place = pathOf(error).join('.') || 'the file';
  const say = SENTENCES[error.keyword];
  return say ? say(error, place) : `${place} ${error.message ?? 'is invalid'}.`;
}

const SENTENCES: { readonly [keyword: string]: (error: ErrorObject, place: string) => string } = {
  additionalProperties: (error) => {
    const key = String(error.params['additionalProperty']);
    return `"${key}" is not a known key${didYouMean(key, Object.keys(error.parentSchema?.['properties'] ?? {}))}`;
  },
  required: (error, place) => `${place} lacks "${String(error.params['missingProperty'])}".`,
  enum: (error, place) => `${place} must be one of ${[error.params['allowedValues']].flat().join(', ')}.`,
  type: (error, place) =>
    `${place} must be ${String(error.params['type'])}; quote a text that looks like a number.`,
};
