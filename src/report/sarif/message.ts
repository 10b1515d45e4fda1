import { clip } from '../../text/format.js';
import { printableText } from '../text/printable.js';
import { LIMITS } from './limits.js';

/** A message of SARIF (§3.11). */
export type Message = { text: string };

/**
 * Returns a text as a message that shows it as it stands: neither a link (`[text](target)`, §3.11.6) nor a placeholder (`{0}`,
 * §3.11.5) of it is one. Cut at `most` characters.
 */
export function message(text: string, most: number = LIMITS.message): Message {
  return { text: literal(clip(printableText(text, most * 2), most)) };
}

function literal(text: string): string {
  return text.replaceAll(/\[(?=[^\]]*\]\()/g, '\\[').replaceAll(/\{(\d+)\}/g, '{{$1}}');
}
