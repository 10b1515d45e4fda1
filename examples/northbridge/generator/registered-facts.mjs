import { shortEnvironment } from './people.mjs';
import { sha256 } from './random.mjs';

/** Who administers the wrapping keys: two of the security team, who can read no secret. */
const KEK_ADMINS = ['sol.abrams@northbridge.example', 'stine.bakken@northbridge.example'];

/** Validation of the bank's HSM. The number is longer than any the programme has given out. */
const HSM_CERTIFICATE = 'CMVP 990174';

/** Where each store keeps its wrapped keys and what wraps them. Secrets Manager names both itself. */
const PLACES = {
  'azure-kv': { dek: 'azure-kv:nb', kek: 'hsm:nb-managed-hsm' },
  'vault-kv': { dek: 'vault:kv', kek: 'hsm:nb-transit' },
  kong: { dek: 'kong:nb', kek: 'hsm:nb-transit' },
  'aws-iam': { dek: 'broker:nb', kek: 'hsm:nb-transit' },
};

/** What the bank's register of credentials states about a key beside what its store exports. */
export function registeredFacts(key) {
  return {
    integration: key.vendor === null ? '' : `${key.service} / ${key.provider}`,
    basis:
      key.vendor === null
        ? `ROPA-${sha256(key.service).slice(0, 4).toUpperCase()}`
        : `contract ${key.vendor}`,
    vaultRef: null,
    ...wrapping(key),
    hsmCertificate: key.hsm ? HSM_CERTIFICATE : null,
    auditLogging: true,
    exception: '',
    standby: null,
    standbyTested: null,
  };
}

function wrapping({ store, environment }) {
  const place = PLACES[store];
  if (!place) return { kekAdmins: KEK_ADMINS, kek: null, dek: null };
  const short = shortEnvironment(environment);
  return { kekAdmins: KEK_ADMINS, kek: `${place.kek}-${short}`, dek: `${place.dek}-${short}` };
}
