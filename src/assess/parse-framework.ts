import type { Framework } from '../model/index.js';
import { checkedYaml, type YamlPath } from '../text/checked-yaml.js';

export type { YamlPath };

/** A framework as its file states it, with the line of each part. */
export type ParsedFramework = {
  /** Valid by the schema; references are not resolved yet. */
  framework: Framework;
  /** Returns the line (from 1) of a part of the file. */
  lineOf: (path: YamlPath) => number;
};

/**
 * Parses a framework file and validates it against the published schema.
 * @param shown the path to name in messages.
 * @throws KeyproofError with one line for each problem: file, line, what is wrong.
 */
export function parseFramework(text: string, shown: string): ParsedFramework {
  const { value, lineOf } = checkedYaml<Framework>(text, { shown, schema: 'framework' });
  return { framework: value, lineOf };
}
