/**
 * Condition on an event: it shows the key at work, that is used, read or logged in with, and it is not recorded as
 * failed.
 */
export const IS_USE = `(category IN ('use', 'read-secret', 'authentication') AND (outcome = 'failure') IS NOT TRUE)`;

/**
 * Condition on an event `e`: it is a call with the key, whatever became of it. Fetching the secret from its store and
 * managing it are none; an event whose kind is not stated may be one.
 */
export const IS_CALL = `coalesce(e.category IN ('use', 'authentication'), true)`;

/** Condition on an event `e`: it manages the key; whoever sent it came from its own network and did not use the key. */
export const MANAGES_KEY = `coalesce(e.category IN ('create', 'rotate', 'revoke', 'update', 'admin'), false)`;

/** Returns the condition that a text names a ticket: every numbering has a digit, and `verbal ok` has none. */
export function namesTicket(text: string): string {
  return `regexp_matches(coalesce(${text}, ''), '[0-9]')`;
}

/** Condition on a finding `f`: it is a secret, and not live data. */
export const IS_SECRET = `coalesce(f.kind, 'secret') = 'secret'`;

/** Condition on a finding `f`: somebody suppressed it and stated why. */
export const IS_DISMISSED = `(f.state = 'suppressed' AND trim(f.reason) <> '')`;

/** Condition on a finding `f`: its report shows neither the secret nor the key, so that it may be any key, unless it is resolved or somebody dismissed it. */
export const IS_UNTOLD = `(${IS_SECRET} AND coalesce(f.secret_sha256, '') = '' AND coalesce(f.key_id, '') = ''
  AND NOT coalesce(f.state = 'resolved' OR ${IS_DISMISSED}, false))`;

/** Condition on a finding `f`: it was found in a repository. */
export const IN_REPOSITORY = `coalesce(f.channel, 'repository') = 'repository'`;
