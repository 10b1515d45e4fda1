import { day, list, text } from '../../shared/cells.mjs';
import { csv } from '../../shared/formats.mjs';

/** Fields that the export of a store states itself; of these the register has no cell filled, so that nothing is stated twice. */
const IN_STORE = {
  'aws-sm': [],
  'aws-iam': ['type', 'provider', 'data_categories', 'hsm_backed', 'account_kind'],
  'azure-kv': ['type', 'provider', 'hsm_backed'],
  'vault-kv': ['type', 'provider', 'data_categories', 'hsm_backed', 'auth_type', 'prefix'],
  kong: ['type', 'provider', 'auth_type', 'prefix'],
};

const COLUMNS = {
  key_id: (key) => key.id,
  type: (key) => key.type,
  provider: (key) => key.provider,
  integration: (key) => text(key.integration),
  data_categories: (key) => list(key.data),
  basis_ref: (key) => text(key.basis),
  vault_ref: (key) => text(key.vaultRef),
  auth_type: (key) => key.auth,
  prefix: (key) => text(key.prefix),
  workloads: (key) => list(key.workloads),
  repositories: (key) => (key.repositories.length === 0 ? list([]) : null),
  sharing_exception: (key) => text(key.exception),
  hsm_backed: (key) => key.hsm,
  hsm_certificate: (key) => text(key.hsmCertificate),
  kek_location: (key) => key.kek,
  dek_location: (key) => key.dek,
  kek_admins: (key) => list(key.kekAdmins),
  audit_logging: (key) => key.auditLogging,
  standby_key: (key) => text(key.standby),
  standby_tested_at: (key) => day(key.standbyTested),
  account_kind: (key) => key.accountKind,
  carries_pan: (key) => (key.pan ? true : null),
  tpp_aspsp_interface: (key) => (key.tpp ? true : null),
};

/** The bank's register of credentials: what no store knows about its keys. */
export const credentialRegister = (keys) =>
  csv(
    Object.fromEntries(Object.entries(COLUMNS).map(([name, cell]) => [name, besideStore(name, cell)])),
    keys,
  );

function besideStore(name, cell) {
  return (key) => (statedInStore(key, name) ? null : cell(key));
}

/** The report of the gateway has no data categories and no HSM; its list of the other environments has both. */
function statedInStore({ store, environment }, name) {
  if (IN_STORE[store].includes(name)) return true;
  return store === 'kong' && environment !== 'production' && ['data_categories', 'hsm_backed'].includes(name);
}
