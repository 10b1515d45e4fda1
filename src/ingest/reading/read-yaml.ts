import { type Document, isScalar, parseAllDocuments, visit } from 'yaml';
import { BOUNDS } from '../bounds.js';
import { UnreadableError } from '../unreadable-error.js';
import type { ReadEvents } from './read-event.js';
import { wholeText } from './read-text.js';
import { recordLists, splitValue } from './record-lists.js';
import { yamlExcess } from './yaml-bounds.js';

const MAX_ALIASES = 100;

/**
 * Records of a YAML file. Locators are `doc 1`, `doc 1 /keys/0`. A number that would lose digits (`0042`, `1.20`)
 * stays the text it is. Merge keys (`<<: *defaults`) are merged.
 * @throws UnreadableError for broken YAML, of which the documents before were given, and for a file that passes a bound
 */
export async function* readYaml(chunks: AsyncIterable<string>, items: readonly string[]): ReadEvents {
  const lists = recordLists(items);
  const text = await wholeText(chunks, BOUNDS.yamlText);
  const excess = yamlExcess(text);
  if (excess) throw new UnreadableError(excess);
  let number = 0;
  for (const document of yamlDocuments(text)) {
    number += 1;
    const doc = `doc ${number}`;
    yield splitValue(lists, yamlValue(document, doc), (pointer) =>
      pointer === '' ? doc : `${doc} ${pointer}`,
    );
  }
}

/** Documents of a YAML text, errors inside each. */
export function yamlDocuments(text: string): Document.Parsed[] {
  const documents = parseAllDocuments(text, { logLevel: 'silent', merge: true });
  return Array.isArray(documents) ? documents : [];
}

/**
 * Returns the plain value of a document.
 * @throws UnreadableError if it is not valid YAML
 */
export function yamlValue(document: Document.Parsed, name: string): unknown {
  const [error] = document.errors;
  if (error) {
    const line = error.linePos?.[0].line;
    throw new UnreadableError(
      `the file is not valid YAML${line ? ` at line ${line}` : ''}: ${firstLine(error.message)}`,
    );
  }
  visit(document, {
    Scalar(_, node) {
      if (
        typeof node.value === 'number' &&
        isScalar(node) &&
        node.source !== undefined &&
        String(node.value) !== node.source
      ) {
        node.value = node.source;
      }
    },
  });
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (cause) {
    throw new UnreadableError(`${name} cannot be read: its aliases expand to too much`, { cause });
  }
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '');
}
