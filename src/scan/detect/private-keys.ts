import type { Detected } from './detected.js';

/** Words that stand in the first line of a private key. */
export const PRIVATE_KEY_WORDS: readonly string[] = ['private key', 'private-lines'];

const BLOCK =
  /-----BEGIN[ ]?(?<kind>[A-Z0-9 ]{0,40}?)PRIVATE KEY(?: BLOCK)?-----(?<body>[\s\S]{20,20000}?)-----END[ ]?[A-Z0-9 ]{0,40}?PRIVATE KEY(?: BLOCK)?-----/g;
/** A key of PuTTY; its private part follows the number of its lines. */
const PUTTY = /^Private-Lines: \d{1,3}\r?\n(?<body>(?:[A-Za-z0-9+/=]{1,80}\r?\n?){2,120})/gm;
/** A body is base64, maybe with the headers of an encrypted key, quotes and escapes of the language it stands in. */
const LEAST_BASE64 = 60;
/** One of RSA has at least this many characters, with 512 bits. */
const LEAST_RSA = 300;

/** Returns the private keys (PEM, OpenSSH, PGP) in a text; what stands between the lines must be a key. */
export function privateKeys(text: string): Detected[] {
  return [...text.matchAll(BLOCK), ...text.matchAll(PUTTY)].flatMap((match) => {
    const body = match.groups?.['body'] ?? '';
    const base64 = body.replace(/\\[nrt]/g, '').match(/[A-Za-z0-9+/=]{16,}/g) ?? [];
    if (base64.join('').length < (match.groups?.['kind'] === 'RSA ' ? LEAST_RSA : LEAST_BASE64)) return [];
    const rule = ruleOf(match[0], base64);
    const isMask = new Set(base64.join('')).size < 12 || /\.{3}|…|\.{2}[A-Za-z0-9+/]/.test(body);
    const noKey = isNoKey(rule, match.groups?.['kind'] ?? '', base64) ? 'the text is no key' : null;
    const placeholder = isMask ? 'the value is a mask' : noKey;
    return [{ rule, at: match.index, value: match[0], shape: 'format' as const, placeholder }];
  });
}

/** Base64 of `openssh-key-v1`, a zero, and of the length and name of no cipher. */
const OPENSSH = 'b3BlbnNzaC1rZXktdjEAAAAA';
const OPENSSH_PLAIN = `${OPENSSH}BG5vbmU`;

function ruleOf(block: string, base64: readonly string[]): string {
  if (block.startsWith('Private-Lines')) return 'private-key-putty';
  const first = base64[0] ?? '';
  const isEncrypted =
    /ENCRYPTED PRIVATE KEY|Proc-Type:\s*4,\s*ENCRYPTED/.test(block) ||
    (first.startsWith(OPENSSH) && !first.startsWith(OPENSSH_PLAIN));
  return isEncrypted ? 'private-key-encrypted' : 'private-key';
}

/** Returns whether what stands between the lines is neither a sequence of ASN.1, which begins with M in Base64, nor a key of OpenSSH. */
function isNoKey(rule: string, kind: string, [first = '']: readonly string[]): boolean {
  return rule === 'private-key' && /^(?:|RSA |EC |DSA )$/.test(kind) && !/^(?:M|b3BlbnNza)/.test(first);
}
