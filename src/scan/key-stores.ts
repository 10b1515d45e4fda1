import { sha256Hex } from '../text/sha256.js';
import type { Detected } from './detect/detected.js';

type Store = { rule: string; name: RegExp; begins?: readonly (readonly number[])[] };

/** Files that hold keys or passwords in a form of their own, by name and by their first bytes. */
const STORES: readonly Store[] = [
  { rule: 'key-store-pkcs12', name: /\.(?:p12|pfx)$/i, begins: [[0x30]] },
  {
    rule: 'key-store-java',
    name: /\.(?:jks|jceks|keystore|bks|truststore)$/i,
    begins: [[0xfe, 0xed, 0xfe, 0xed], [0xce, 0xce, 0xce, 0xce], [0x30], [0, 0, 0, 1], [0, 0, 0, 2]],
  },
  { rule: 'password-database', name: /\.(?:kdbx?|psafe3|agilekeychain|1pif|opvault|keychain|keychain-db)$/i },
  { rule: 'browser-key-database', name: /(?:^|\/)key[34]\.db$/i },
  {
    rule: 'archive-of-secrets',
    name: /(?:^|[/_.-])(?:secrets?|passwords?|credentials?|private[_-]?keys?|api[_-]?keys?|ssh[_-]?keys?|keystores?|vault[_-]?(?:backup|export|dump))(?:[_.-](?:backup|bak|prod|export|old|\d+))*\.(?:zip|tar|tgz|tar\.gz|tar\.bz2|tar\.xz|7z|rar|gpg|asc|xlsx?|docx?)$/i,
  },
];

/** Returns the finding that a file is one of keys or passwords by its name; null if it is not. */
export function keyStore(path: string, bytes: Uint8Array): Detected | null {
  const store = STORES.find(
    ({ name, begins }) => name.test(path) && (!begins || begins.some((first) => startsWith(bytes, first))),
  );
  if (!store || bytes.length === 0) return null;
  return { rule: store.rule, at: 0, value: sha256Hex(bytes), shape: 'format', placeholder: null };
}

function startsWith(bytes: Uint8Array, first: readonly number[]): boolean {
  return first.every((byte, index) => bytes[index] === byte);
}
