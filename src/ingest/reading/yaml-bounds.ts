import { Lexer } from 'yaml';
import { BOUNDS, passed } from '../bounds.js';

const OPENS = new Set(['[', '{']);
const CLOSES = new Set([']', '}']);
/** Marks of a list item, a key and a value: several on one line nest as brackets do. */
const NESTS = new Set(['-', '?', ':']);
const LINE_ENDS = new Set(['\n', '\r\n']);

/**
 * Returns the sentence on a YAML text that is nested too deep or has too many aliases; null if it has neither. The text is
 * cut into tokens for that and not parsed: the parser looks for each alias among all anchors, and calls itself for each level.
 */
export function yamlExcess(text: string): string | null {
  let aliases = 0;
  let flow = 0;
  let onLine = 0;
  for (const token of new Lexer().lex(text)) {
    if (token.startsWith('*')) aliases += 1;
    else if (LINE_ENDS.has(token)) onLine = 0;
    else if (OPENS.has(token)) flow += 1;
    else if (CLOSES.has(token)) flow = Math.max(0, flow - 1);
    else if (NESTS.has(token)) onLine += flow === 0 ? 1 : 0;
    if (aliases > BOUNDS.yamlAliases.limit) return passed(BOUNDS.yamlAliases);
    if (Math.max(flow, onLine, indent(token)) > BOUNDS.depth.limit) return passed(BOUNDS.depth);
  }
  return null;
}

/** Returns the number of levels that an indent counts as, so that 1,600 columns are the limit. */
function indent(token: string): number {
  return /^ +$/.test(token) ? token.length / 8 : 0;
}
