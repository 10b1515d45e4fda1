import type { InputFile } from '../model/index.js';
import { ADAPTERS } from './adapters/index.js';

/** Returns what a file proves by its format and what it cannot, one sentence each; none if no adapter reads it. */
export function limitsOf({ adapter }: Pick<InputFile, 'adapter'>): string[] {
  const found = ADAPTERS.find(({ id }) => id === adapter);
  return found ? [`Proves ${plain(found.proves)}.`, `Cannot prove ${plain(found.cannot)}.`] : [];
}

/** Phrases of adapters are Markdown. */
function plain(phrase: string): string {
  return phrase.replaceAll('`', '');
}
