import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { type Document, isMap, LineCounter, parseDocument } from 'yaml';
import { packageRoot } from '../assets/package-root.js';
import { type ConfigFile, didYouMean, KeyproofError } from '../model/index.js';

/** The schema is ours and tested; to validate it too would take longer than everything else. */
const OPTIONS = { allErrors: true, strict: false, verbose: true, validateSchema: false } as const;
let validator: ValidateFunction<ConfigFile> | undefined;

/** Compiled from the published schema when the first file is read: compiling takes longer than reading. */
function configValidator(): ValidateFunction<ConfigFile> {
  const schema = new URL('src/model/schemas/config.json', packageRoot);
  validator ??= new Ajv(OPTIONS).compile<ConfigFile>(JSON.parse(readFileSync(schema, 'utf8')) as object);
  return validator;
}

/**
 * Reads and validates keyproof.yaml.
 * @param shown the path to name in messages.
 * @throws KeyproofError with one line a problem (file, line, what is wrong, the nearest valid key) where it cannot be used.
 */
export function loadConfig(file: string, shown: string): ConfigFile {
  return parseConfig(readConfigText(file, shown), shown);
}

function readConfigText(file: string, shown: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new KeyproofError(`${shown}: cannot be read; check the path given with --config.`, undefined, {
      cause,
    });
  }
}

/** Validates the text of a keyproof.yaml. @throws KeyproofError as `loadConfig`. */
export function parseConfig(text: string, shown: string): ConfigFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const broken = document.errors.map(
    (error) => `${shown}:${lines.linePos(error.pos[0]).line}: ${error.message}`,
  );
  if (broken.length > 0) throw new KeyproofError(broken.join('\n'));
  const value: unknown = document.toJS() ?? {};
  const validate = configValidator();
  if (validate(value)) return value;
  const problems = (validate.errors ?? []).map(
    (error) => `${shown}:${lineOf(error, document, lines)}: ${sentence(error)}`,
  );
  throw new KeyproofError([...new Set(problems)].join('\n'));
}

function pathOf(error: ErrorObject): string[] {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  return error.keyword === 'additionalProperties'
    ? [...path, String(error.params['additionalProperty'])]
    : path;
}

function lineOf(error: ErrorObject, document: Document, lines: LineCounter): number {
  const path = pathOf(error);
  const parent = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents;
  const key = path.at(-1);
  const pair = isMap(parent) ? parent.items.find((item) => String(item.key) === key) : undefined;
  const node = pair?.key ?? document.getIn(path, true) ?? document.contents;
  return lines.linePos(startOf(node)).line;
}

function startOf(node: unknown): number {
  if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range)) return 0;
  return Number(node.range[0]);
}

function sentence(error: ErrorObject): string {
  const name = pathOf(error).join('.') || 'the file';
  if (error.keyword === 'additionalProperties') {
    const key = String(error.params['additionalProperty']);
    return `"${key}" is not a known key${didYouMean(key, siblingsOf(error))} Known keys here: ${siblingsOf(error).join(', ')}.`;
  }
  if (error.keyword === 'enum') return enumSentence(name, error);
  if (error.keyword === 'required') return `${name} lacks "${String(error.params['missingProperty'])}".`;
  return `${name} ${error.message ?? 'is invalid'}.`;
}

/** What to do about a value that no enumeration has, beside choosing another one. */
const HINTS: { readonly [name: string]: string } = {
  entity: 'The name of the organisation goes to "organisation".',
};

function enumSentence(name: string, { params, data }: ErrorObject): string {
  const allowed = [params['allowedValues']].flat().map(String);
  const known = `${name} must be one of ${allowed.join(', ')}`;
  const hint = HINTS[name] ? ` ${HINTS[name]}` : '';
  return `${known}; ${JSON.stringify(data)} is none${didYouMean(String(data), allowed)}${hint}`;
}

function siblingsOf(error: ErrorObject): string[] {
  const parent = error.parentSchema?.['properties'];
  return typeof parent === 'object' && parent !== null ? Object.keys(parent) : [];
}
