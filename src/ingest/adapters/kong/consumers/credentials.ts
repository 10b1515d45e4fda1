import { fingerprint } from '../../../../secrets/fingerprint.js';
import type { Reading } from '../../../fields/record-reader.js';

/** A kind of credential of Kong, with what it is known by. */
export type CredentialKind = {
  /** Name in ids: `key-auth`. */
  name: string;
  /** Kind of credential. */
  type: string;
  /** How callers authenticate with it. */
  auth: string;
  /** Member that holds the secret; null if it holds none, or only a hash of it. */
  secret: string | null;
  /** Member that names it and is no secret; null if there is none. */
  label: string | null;
};

/** Kinds of credentials, by the list of a consumer in decK and by the path of the Admin API. */
export const KINDS: { readonly [list: string]: CredentialKind } = {
  keyauth_credentials: { name: 'key-auth', type: 'api-key', auth: 'static-key', secret: 'key', label: null },
  jwt_secrets: { name: 'jwt', type: 'jwt-secret', auth: 'jwt', secret: 'secret', label: 'key' },
  hmacauth_credentials: {
    name: 'hmac-auth',
    type: 'hmac-secret',
    auth: 'hmac',
    secret: 'secret',
    label: 'username',
  },
  basicauth_credentials: {
    name: 'basic-auth',
    type: 'password',
    auth: 'basic',
    secret: null,
    label: 'username',
  },
  oauth2_credentials: {
    name: 'oauth2',
    type: 'oauth-client-secret',
    auth: 'oauth2',
    secret: null,
    label: 'client_id',
  },
  mtls_auth_credentials: {
    name: 'mtls-auth',
    type: 'certificate',
    auth: 'mtls',
    secret: null,
    label: 'subject_name',
  },
};

/** A value that is filled in later: `${{ env "DECK_KEY" }}`, `{vault://env/key}`, `${ANON_KEY}`, `$ANON_KEY`. It is no secret. */
const PLACEHOLDER = /^\$\{\{.*\}\}$|^\{vault:\/\/.*\}$|^\$\{[A-Za-z_]\w*\}$|^\$[A-Z_][A-Z0-9_]*$/s;

/** How a credential is known without its secret. */
export type Identity = {
  /** Id; null if nothing in the record can be one. */
  id: string | null;
  /** Fingerprint of the secret; null if the export does not hold it. */
  fingerprint: string | null;
};

/**
 * Returns the id of a credential: Kong's own, or else a fingerprint of what identifies it. The label of a JWT credential
 * (`key`, its issuer) is treated like a secret, because people put secrets there.
 * @param holder name of its consumer
 */
export function identityOf(r: Reading, kind: CredentialKind, holder: string): Identity {
  const secret = secretOf(r, kind);
  const own = r.text('id');
  const named = kind.label === null ? null : labelOf(r, kind.label, kind.name === 'jwt');
  const place = `kong:${holder}/${kind.name}`;
  const mark = named ?? (secret.value === null ? secret.placeholder : fingerprint(secret.value));
  return {
    id: own !== null ? `kong:${own}` : mark === null ? null : `${place}/${mark}`,
    fingerprint: secret.value === null ? null : fingerprint(secret.value),
  };
}

function labelOf(r: Reading, member: string, hidden: boolean): string | null {
  const label = textIn(r, member);
  return label === null || !hidden ? label : fingerprint(label);
}

function secretOf(
  r: Reading,
  { secret }: CredentialKind,
): { value: string | null; placeholder: string | null } {
  const text = secret === null ? null : textIn(r, secret);
  if (text === null || !PLACEHOLDER.test(text)) return { value: text, placeholder: null };
  return {
    value: null,
    placeholder:
      text
        .replace(/[^A-Za-z0-9_]+/g, ' ')
        .trim()
        .split(' ')
        .at(-1) ?? null,
  };
}

/** Returns a member that is a text; anything else is passed over without being shown. */
function textIn(r: Reading, member: string): string | null {
  const value = r.value(member);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
