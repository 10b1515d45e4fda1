import type { MissingEvidence } from '../../model/index.js';
import { clip } from '../../text/format.js';
import { decidesText } from './glance.js';

/** What is missing, in the words of a summary. */
export type MissingInShort = {
  label: string;
  /** `2,589 alone, 3,104 in all`. */
  decides: string;
  /** How to get it, without what the supplied files lack. */
  how: string;
};

/** What is said before how to get an export; it says nothing about that. */
const LEAD = /^(None was supplied|What was supplied does not [^:]+): /;

/** Returns what is missing and how to get it, each at most so long; the whole is in the list of what is missing. */
export function missingInShort(missing: MissingEvidence, longest: number): MissingInShort {
  const how = missing.how.replace(LEAD, '');
  return {
    label: clip(missing.label, 64),
    decides: decidesText(missing),
    how: clip(`${how.charAt(0).toUpperCase()}${how.slice(1)}`, longest),
  };
}
