import { start } from '../../../text/format.js';
import { printableText } from '../../text/printable.js';

/** Most characters of a sheet's name. */
const LONGEST = 31;

/** Characters that no sheet's name may hold, and the apostrophe, which must not begin or end one. */
const INVALID = /[[\]/\\:*?']/g;

/** Names that Excel keeps for itself. */
const RESERVED = new Set(['', 'history']);

/** Returns valid names of sheets, no two alike in any case, in the same order: `Owner Ida Thorsen`, `Owner Ida Thorsen (2)`. */
export function sheetNames(wanted: readonly string[]): string[] {
  const taken = new Set<string>();
  return wanted.map((name) => {
    const free = freeName(validName(name), taken);
    taken.add(free.toLowerCase());
    return free;
  });
}

function validName(name: string): string {
  const valid = start(
    printableText(name).replace(/[[\]]/g, '').replace(INVALID, ' ').replace(/\s+/g, ' ').trim(),
    LONGEST,
  ).trim();
  return RESERVED.has(valid.toLowerCase()) ? 'Sheet' : valid;
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const suffix = number === 1 ? '' : ` (${number})`;
    const candidate = `${start(name, LONGEST - suffix.length)}${suffix}`;
    if (!taken.has(candidate.toLowerCase())) return candidate;
  }
}
