import { callGoBuiltin, type Evaluation } from './go-builtins.js';
import { secureRandom } from './wasi-host.js';

const NOWHERE: Evaluation = { maxBytes: 2 ** 28, nowNs: 0n, random: secureRandom };

/** Returns whether a pattern, as OPA's bundles have them, matches a path: OPA's own `glob.match` without delimiters. */
export function globMatches(pattern: string, path: string): boolean {
  const args = [pattern, null, path].map((value) => Buffer.from(JSON.stringify(value)));
  return Buffer.from(callGoBuiltin(NOWHERE, 'glob.match', args) ?? '').toString() === 'true';
}
