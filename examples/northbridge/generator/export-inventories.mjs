import { list, text } from '../../shared/cells.mjs';
import { csv, ndjson, yaml } from '../../shared/formats.mjs';
import { excelGerman, isoDay, isoSeconds } from '../../shared/time.mjs';

const NEVER = Number.POSITIVE_INFINITY;

/** A date cell: empty where the inventory does not say, `never` where it says so. */
const date = (ms, print) => (ms === null || ms === undefined ? null : ms === NEVER ? 'never' : print(ms));

/** How the inventory names the owner of a key: mostly by e-mail, now and then by staff number or name. */
export function ownerName({ owner, id }) {
  if (typeof owner !== 'object' || owner === null) return owner;
  return [owner.id, owner.id, owner.number, owner.name][id.length % 4];
}

/** The bank's register of access keys, deleted ones included: what the credential report cannot know about them. */
export function keyRegister(keys) {
  const columns = {
    'Key ID': (key) => key.id,
    'Access key ID': (key) => list(key.aliases.filter((alias) => alias.startsWith('AKIA'))),
    Environment: (key) => key.environment,
    'Risk tier': (key) => key.tier,
    Owner: (key) => text(ownerName(key)),
    Purpose: (key) => text(key.purpose),
    Provider: (key) => key.provider,
    'Vendor no.': (key) => key.vendor,
    'Data categories': (key) => list(key.data),
    Scopes: (key) => list(key.scopes),
    'Approved scopes': (key) => list(key.approved),
    'Valid until': (key) => date(key.expires, isoDay),
    'Kept in': (key) => key.storage,
    'Encrypted at rest': (key) => key.encrypted,
    Algorithm: (key) => key.algorithm,
    HSM: (key) => key.hsm,
    'Allowed networks': (key) => list(key.allowlist),
    Fingerprint: (key) => key.fingerprint,
    'PCI scope': (key) => key.pci,
    ICFR: (key) => key.icfr,
    'Personal data': (key) => key.personal,
    'Critical function': (key) => key.function,
    'Account kind': (key) => key.accountKind,
    Repositories: (key) => list(key.repositories),
    Ticket: (key) => key.ticket,
    State: (key) => (key.status === 'revoked' ? 'revoked' : null),
    Made: (key) => (key.status === 'revoked' ? isoSeconds(key.created) : null),
    Deleted: (key) => (key.status === 'revoked' ? isoSeconds(key.revoked) : null),
  };
  return csv(columns, keys);
}

/** Azure Key Vault, collected by a script and saved from Excel with German settings: `;`, BOM, CRLF, day before month. */
export function azureWorkbook(keys) {
  const columns = {
    'Vault-ID': (key) => key.id,
    Name: (key) => key.name,
    Umgebung: (key) => key.environment,
    Risikoklasse: (key) => key.tier,
    Verantwortlich: (key) => text(ownerName(key)),
    Zweck: (key) => text(key.purpose),
    Anbieter: (key) => key.provider,
    Partner: (key) => key.vendor,
    Status: (key) => key.status,
    Erstellt: (key) => date(key.created, excelGerman),
    'Zuletzt rotiert': (key) => date(key.rotated, excelGerman),
    'Zuletzt verwendet': (key) => date(key.used, excelGerman),
    'Gültig bis': (key) => date(key.expires, excelGerman),
    Widerrufen: (key) => date(key.revoked, excelGerman),
    Berechtigungen: (key) => list(key.scopes),
    Genehmigt: (key) => list(key.approved),
    Verschlüsselt: (key) => (key.encrypted === null ? null : key.encrypted ? 'ja' : 'nein'),
    Algorithmus: (key) => key.algorithm,
    HSM: (key) => (key.hsm ? 'ja' : 'nein'),
    Netze: (key) => list(key.allowlist),
    Fingerabdruck: (key) => key.fingerprint,
    'PCI-Umfang': (key) => key.pci,
    Rechnungslegung: (key) => (key.icfr ? 'ja' : 'nein'),
    Personenbezug: (key) => (key.personal ? 'ja' : 'nein'),
    'Kritische Funktion': (key) => (key.function ? 'ja' : 'nein'),
    Ticket: (key) => key.ticket,
  };
  return csv(columns, keys, { delimiter: ';', bom: true, eol: '\r\n' });
}

/** A key in the canonical form, as a script of the bank writes it. */
export function canonicalKey(key) {
  return {
    key_id: key.id,
    name: key.name,
    aliases: key.aliases.length > 0 ? key.aliases : null,
    store: key.store,
    storage: key.storage,
    type: key.type,
    provider: key.provider,
    vendor: key.vendor,
    environment: key.environment,
    owner: ownerName(key),
    purpose: key.purpose,
    data_categories: key.data,
    risk_tier: key.tier,
    scopes: key.scopes,
    approved_scopes: key.approved,
    status: key.status,
    created: date(key.created, isoSeconds),
    last_rotated: date(key.rotated, isoSeconds),
    last_used: date(key.used, isoSeconds),
    expires: date(key.expires, isoSeconds),
    revoked: date(key.revoked, isoSeconds),
    rotation_interval_days: key.interval,
    fingerprint: key.fingerprint,
    encrypted_at_rest: key.encrypted,
    encryption_algorithm: key.algorithm,
    hsm_backed: key.hsm,
    need_reviewed_at: date(key.needReviewed, isoSeconds),
    need_reviewer: key.needReviewed ? 'wanda.kowal@northbridge.example' : null,
    ip_allowlist: key.allowlist,
    auth_type: key.auth,
    token_ttl_s: key.ttl,
    prefix: key.prefix,
    pci_scope: key.pci,
    icfr_relevant: key.icfr,
    personal_data: key.personal,
    critical_or_important_function: key.function,
    ticket: key.ticket,
  };
}

/** Vault KV, collected by a script: one key a line. */
export const vaultInventory = (keys) => ndjson(keys.map(canonicalKey));

/** Kong credentials outside production, kept by hand. */
export const kongYaml = (keys) => yaml(keys.map(canonicalKey), 'Gateway credentials outside production');

/** Kong credentials of production, from the gateway's own report. */
export function kongReport(keys) {
  const columns = {
    credential_id: (key) => key.id,
    consumer: (key) => key.name,
    stage: (key) => key.environment,
    tier: (key) => key.tier,
    responsible: (key) => text(ownerName(key)),
    purpose: (key) => text(key.purpose),
    upstream: (key) => key.provider,
    partner: (key) => key.vendor,
    state: (key) => key.status,
    created_at: (key) => date(key.created, isoSeconds),
    secret_changed_at: (key) => date(key.rotated, isoSeconds),
    last_seen_at: (key) => date(key.used, isoSeconds),
    valid_until: (key) => date(key.expires, isoSeconds),
    revoked_at: (key) => date(key.revoked, isoSeconds),
    granted_scopes: (key) => list(key.scopes),
    approved_scopes: (key) => list(key.approved),
    kept_in: (key) => key.storage,
    encrypted: (key) => key.encrypted,
    cipher: (key) => key.algorithm,
    allowed_networks: (key) => list(key.allowlist),
    auth: (key) => key.auth,
    prefix: (key) => text(key.prefix),
    sha256_prefix: (key) => key.fingerprint,
    pci_scope: (key) => key.pci,
    icfr: (key) => key.icfr,
    personal_data: (key) => key.personal,
    critical_function: (key) => key.function,
    change: (key) => key.ticket,
  };
  return csv(columns, keys);
}
