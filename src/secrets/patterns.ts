/**
 * Shapes of tokens that are secrets by their own prefix, as their issuers document it: private keys, JSON Web Tokens,
 * Stripe, GitHub, GitLab, Slack, Google, Vault, npm, SendGrid. An AWS access key id (AKIA...) is a name, not a secret, and a
 * secret without a prefix cannot be told from any other text: a safety net, not a scanner.
 */
export const TOKEN_SHAPES: readonly string[] = [
  '-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)',
  'eyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}',
  '(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}',
  'whsec_[A-Za-z0-9+/=]{24,}',
  'gh[pousr]_[A-Za-z0-9]{36,}',
  'ghs_\\d{1,20}_eyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}',
  'github_pat_[A-Za-z0-9_]{40,}',
  'glpat-[A-Za-z0-9_-]{20,}(?:(?:\\.[0-9a-z]{2})?\\.[0-9a-z]{9}(?![A-Za-z0-9_-]))?',
  'xox[abeoprs]-[A-Za-z0-9-]{20,}',
  'AIza[A-Za-z0-9_-]{35}',
  'hv[sb]\\.[A-Za-z0-9_-]{24,}',
  'npm_[A-Za-z0-9]{36}',
  'SG\\.[A-Za-z0-9_-]{20,}\\.[A-Za-z0-9_-]{20,}',
];

const SECRET_NAME = /secret|passw|token|private_?key|credential/i;

/** Returns whether a member or variable of this name is likely to hold a secret. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}
