import { readFileSync } from 'node:fs';
import { assetUrl } from '../assets/locate.js';
import type { SubjectKind } from '../model/index.js';
import { isObject } from '../text/is-object.js';
import { asStored, dossierSchemaName, publishedSchema } from './dossier-schema.js';
import { type JsonChange, readChanges, withChanges } from './json-patch.js';

/** A dossier that examples differ from. */
export type ExampleBase = {
  /** Its file, inside the policy folder: `examples/<subject>.json` of the rule book, or `examples/base.json` beside a policy. */
  file: string;
  /** The dossier. */
  dossier: unknown;
};

/** What a file of an example, or of a base, holds. */
export type ExampleContent = {
  /** The dossier, with what the file leaves out filled in as the store writes it. */
  dossier: Record<string, unknown>;
  /** What the file changes in the base; null for one that is a whole dossier. */
  difference: JsonChange[] | null;
};

/** Reads the dossier of an ordinary subject of a kind, in which every member is stated. */
export function subjectBase(kind: SubjectKind): ExampleBase {
  const file = `examples/${kind}.json`;
  return { file, dossier: JSON.parse(readFileSync(assetUrl('policies', file), 'utf8')) };
}

/**
 * Reads a dossier, or what differs from a base.
 *
 * @param file the file as messages name it.
 * @throws Error with one sentence that names the file, the change and what was expected.
 */
export function exampleContent(
  kind: SubjectKind,
  base: ExampleBase,
  file: string,
  text: string,
): ExampleContent {
  const schema = publishedSchema(dossierSchemaName(kind));
  const content = jsonOf(file, text);
  if (!Array.isArray(content)) return { dossier: asStored(schema, content), difference: null };
  try {
    const difference = readChanges(content);
    return { dossier: asStored(schema, asDossier(withChanges(base.dossier, difference))), difference };
  } catch (error) {
    throw new Error(`${file}: ${messageOf(error)}; the base is ${base.file}.`);
  }
}

function jsonOf(file: string, text: string): Record<string, unknown> | unknown[] {
  const content = parsed(file, text);
  if (typeof content === 'object' && content !== null) return content as Record<string, unknown> | unknown[];
  throw new Error(
    `${file}: must be a dossier (an object) or what differs from the base (a list of changes).`,
  );
}

function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${file}: is not JSON: ${messageOf(error)}.`);
  }
}

function asDossier(value: unknown): Record<string, unknown> {
  if (isObject(value)) return value;
  throw new Error('the changes leave no object');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
