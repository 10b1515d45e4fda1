import { fingerprint } from './hash.js';

/**
 * Tokens that are secrets by their own prefix, as their issuers document it: private keys, JSON Web Tokens, Stripe,
 * GitHub, GitLab, Slack, Google, Vault, npm, SendGrid. An AWS access key id (AKIA...) is a name, not a secret, and a
 * secret without a prefix cannot be told from any other text: a safety net, not a scanner.
 */
const LIVE_SECRET = new RegExp(
  [
    '-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)',
    'eyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}',
    '(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}',
    'whsec_[A-Za-z0-9+/=]{24,}',
    'gh[pousr]_[A-Za-z0-9]{36,}',
    'github_pat_[A-Za-z0-9_]{40,}',
    'glpat-[A-Za-z0-9_-]{20,}',
    'xox[abeoprs]-[A-Za-z0-9-]{20,}',
    'AIza[A-Za-z0-9_-]{35}',
    'hv[sb]\\.[A-Za-z0-9_-]{24,}',
    'npm_[A-Za-z0-9]{36}',
    'SG\\.[A-Za-z0-9_-]{20,}\\.[A-Za-z0-9_-]{20,}',
  ].join('|'),
  'g',
);

/** The text with every live secret in it replaced by `sha256:` and its fingerprint; the same text where there is none. */
export function redactSecrets(text: string): string {
  return text.replace(LIVE_SECRET, (secret) => `sha256:${fingerprint(secret)}`);
}

/**
 * A record whose texts and lists of texts hold no live secret.
 * @param found called with the name of each field that held one
 */
export function redactRecord<T extends object>(record: T, found: (field: string) => void): T {
  const changes: [string, unknown][] = [];
  for (const [field, value] of Object.entries(record)) {
    const clean = redactValue(value);
    if (clean === value) continue;
    changes.push([field, clean]);
    found(field);
  }
  return changes.length === 0 ? record : { ...record, ...Object.fromEntries(changes) };
}

function redactValue(value: unknown): unknown {
  if (typeof value === 'string') return redactSecrets(value);
  if (!Array.isArray(value)) return value;
  const clean = value.map(redactValue);
  return clean.some((item, index) => item !== value[index]) ? clean : value;
}
