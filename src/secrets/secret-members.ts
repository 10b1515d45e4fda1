import { isObject } from '../text/is-object.js';
import { dropSecret } from './dropped.js';

/** Members that hold the value of a secret and nothing else, letters and digits only. */
const VALUES = new Set(
  'password passwd pwd lastpassword secretstring secretbinary secretvalue secrettext secretaccesskey clientsecret privatekey privatekeydata keystring'.split(
    ' ',
  ),
);
const DEEPEST = 6;
const names = new Map<string, boolean>();

/** States that the values of members named for secrets are dropped, whatever the adapter reads of the record. */
export function dropSecretMembers(value: unknown, depth = 0): void {
  if (Array.isArray(value)) for (const item of value) dropSecretMembers(item, depth + 1);
  if (!isObject(value) || depth > DEEPEST) return;
  for (const name of Object.keys(value)) {
    const member = value[name];
    if (typeof member === 'object') dropSecretMembers(member, depth + 1);
    else if (typeof member === 'string' && holdsSecret(name)) dropSecret(member);
  }
}

function holdsSecret(name: string): boolean {
  const known = names.get(name);
  if (known !== undefined) return known;
  const holds = VALUES.has(name.toLowerCase().replace(/[^a-z\d]/g, ''));
  if (names.size < 10_000) names.set(name, holds);
  return holds;
}
