import type { ConfigFile } from '../model/index.js';
import { checkedYaml } from '../text/checked-yaml.js';
import { readSmallFile } from '../text/small-file.js';
import { checkedWaivers } from './waivers.js';

/** What to do about a value that no enumeration has, beside choosing another one. */
const HINTS = { entity: 'The name of the organisation goes to "organisation".' };

/**
 * Reads and validates keyproof.yaml.
 * @param shown the path to name in messages.
 * @throws KeyproofError with one line a problem (file, line, what is wrong, the nearest valid key) if it cannot be used.
 */
export function loadConfig(file: string, shown: string): ConfigFile {
  return parseConfig(readSmallFile({ path: file, shown, option: '--config' }), shown);
}

/** Validates the text of a keyproof.yaml. @throws KeyproofError as `loadConfig`. */
export function parseConfig(text: string, shown: string): ConfigFile {
  const { value, lineOf } = checkedYaml<ConfigFile>(text, { shown, schema: 'config', hints: HINTS });
  checkedWaivers({ waivers: value.waivers ?? [], shown, lineOf });
  return value;
}
