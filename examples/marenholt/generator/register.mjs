import { list } from '../../shared/cells.mjs';
import { csv } from '../../shared/formats.mjs';
import { isoDay } from '../../shared/time.mjs';
import { SHORT } from './places.mjs';

const NEVER = Number.POSITIVE_INFINITY;

/** `30.09.2026`: a day as Excel with German settings writes it. */
const day = (ms) =>
  ms === null ? null : ms === NEVER ? 'unbefristet' : isoDay(ms).split('-').reverse().join('.');

const yes = (flag) => (flag ? 'ja' : 'nein');

/** What wraps the keys of each store, and where they lie; Secrets Manager of AWS and of Google state both themselves. */
const PLACES = {
  'azure-kv': ['HSM Frankfurt', 'Key Vault'],
  'vault-kv': ['HSM Frankfurt', 'Vault'],
  kong: ['HSM Frankfurt', 'Kong'],
  k8s: ['HSM Frankfurt', 'etcd'],
  'entra-app': ['Microsoft', 'Entra'],
  'aws-iam': ['AWS', 'IAM'],
  null: ['HSM Frankfurt', 'Archivserver'],
};

const STORAGE = { kong: 'Tresor', 'entra-app': 'Tresor', 'aws-iam': 'Tresor', k8s: 'Tresor', null: 'Datei' };

/** Stores that state the networks, the workloads and the scopes of their keys themselves. */
const unlessKong = (cell) => (key) => (key.store === 'kong' && key.status === 'active' ? null : cell(key));

const COLUMNS = {
  Kennung: (key) => key.id,
  Umgebung: (key) => SHORT[key.environment],
  Schutzbedarf: (key) => TIERS[key.tier],
  Verantwortlich: (key) => key.owner,
  Zweck: (key) => key.purpose,
  Art: (key) => ((key.store === 'kong' && key.status === 'active') || key.store === 'k8s' ? null : key.type),
  Anbieter: (key) => key.provider,
  'Partner-Nr.': (key) => key.vendor,
  Anbindung: (key) => key.integration || '-',
  Datenarten: (key) => list(key.data),
  Rechtsgrundlage: (key) => key.basis,
  Berechtigungen: unlessKong((key) => list(key.scopes)),
  Genehmigt: (key) => list(key.store === 'kong' ? key.scopes.map((scope) => `acl:${scope}`) : key.scopes),
  Status: (key) => (key.status === 'revoked' || key.store === null ? STATES[key.status] : null),
  'Angelegt am': (key) => (['azure-kv', 'kong', null].includes(key.store) ? day(key.created) : null),
  'Zuletzt gewechselt': (key) => (['kong', null].includes(key.store) ? day(key.rotated) : null),
  'Zuletzt genutzt': (key) => (['aws-sm', 'aws-iam'].includes(key.store) ? null : day(key.used)),
  'Gültig bis': (key) => (STATES_EXPIRY.includes(key.store) ? null : day(key.expires)),
  'Widerrufen am': (key) => day(key.revoked),
  Ablage: (key) => STORAGE[key.store] ?? null,
  Verschlüsselt: (key) => (['aws-sm', 'azure-kv', 'vault-kv'].includes(key.store) ? null : 'ja'),
  Algorithmus: (key) => (['aws-sm', 'vault-kv', 'gcp-sm'].includes(key.store) ? null : 'AES-256-GCM'),
  'Ort der Schlüsselschlüssel': (key) => PLACES[key.store]?.[0],
  'Ort der Schlüssel': (key) => PLACES[key.store]?.[1],
  Schlüsselverwalter: () => 'noor.baltasar@marenholt.example',
  HSM: (key) => yes(key.tier === 'critical'),
  'HSM-Zertifikat': (key) => (key.tier === 'critical' ? 'CMVP 990261' : null),
  Protokolliert: () => 'ja',
  Netze: unlessKong((key) => key.network),
  Anmeldeart: (key) => (['kong', 'entra-app', 'aws-iam'].includes(key.store) ? null : AUTH[key.type]),
  Fingerabdruck: (key) => key.fingerprint,
  Nutzer: unlessKong((key) => key.workload),
  'Eintrag im Tresor': (key) => (key.store === null ? '-' : null),
  Repositories: (key) => `marenholt/${key.service}`,
  Mehrfachnutzung: () => '-',
  Präfix: (key) => (key.store === 'kong' ? PREFIXES[key.environment] : '-'),
  Kontoart: (key) => (['kong', 'aws-iam', 'entra-app'].includes(key.store) ? null : 'application'),
  Ersatz: (key) => key.standby ?? null,
  'Ersatz geprüft am': (key) => day(key.standbyTested ?? null),
  'PCI-Umfang': (key) => key.pci,
  Kartendaten: (key) => yes(key.pan),
  Rechnungslegung: (key) => yes(key.icfr),
  Personenbezug: (key) => yes(key.personal),
  'Kritische Funktion': (key) => yes(key.function),
  'Zahlungsdienst-Schnittstelle': (key) => yes(key.tpp),
};

const STATES = { active: 'aktiv', revoked: 'widerrufen' };

const STATES_EXPIRY = ['azure-kv', 'gcp-sm', 'entra-app'];

/** The bank's words for its tiers. */
const TIERS = { critical: 'sehr hoch', high: 'hoch', medium: 'mittel', low: 'normal' };

/** What the bank prints in front of the keys it gives to partners. */
const PREFIXES = { production: 'live_mh_', staging: 'test_mh_' };

const AUTH = {
  'database-password': 'password',
  password: 'password',
  'api-key': 'static-key',
  'signing-key': 'jwt',
  certificate: 'mtls',
  'access-key': 'aws-sigv4',
};

/** The bank's register of credentials, saved from Excel with German settings: semicolons, a byte order mark, CRLF. */
export const registerCsv = (keys) => csv(COLUMNS, keys, { delimiter: ';', bom: true, eol: '\r\n' });
