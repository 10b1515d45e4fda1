import { extractsOf } from '../../shared/extracts.mjs';
import { at } from '../../shared/time.mjs';

/** What each export was taken from, and how; the first that fits. */
const SYSTEMS = [
  [/list-secrets\.json$/, 'AWS Secrets Manager', 'list-secrets --include-planned-deletion'],
  [/credential-report\.csv$/, 'AWS IAM', 'get-credential-report'],
  [/azure-key-vault\.csv$/, 'Azure Key Vault', 'az keyvault secret list, all vaults'],
  [/vault-kv\.ndjson$/, 'HashiCorp Vault', 'kv list and metadata, mount kv'],
  [/standby-keys\.ndjson$/, 'HashiCorp Vault', 'kv list and metadata, mount kv, path standby'],
  [/inventory\/kong-/, 'Kong', 'consumers and credentials by stage'],
  [/credential-register\.csv$/, 'Credential register', 'view all_credentials'],
  [/access-key-register\.csv$/, 'Credential register', 'view access_keys'],
  [/^identity\/okta/, 'Okta', 'past campaign details, icrNB2026Q3'],
  [/^identity\/grants/, 'Entitlement system', 'all grants, ended ones included'],
  [/^identity\//, 'Identity directory', 'all principals'],
  [/gitleaks\//, 'Secret scanner', 'gitleaks git --report-format json'],
  [/^repositories\/repositories/, 'Code host', 'repositories and protection settings'],
  [/^repositories\//, 'Findings of scanners', 'all findings and decisions of the year'],
  [/^gateway\//, 'Kong', 'admin report, all routes'],
  [/^incidents\//, 'Incident register', 'label credentials, all of the year'],
  [/^vendors\//, 'Partner register', 'all partners'],
  [/^tickets\//, 'Ticket system', 'access requests, changes and sign-offs'],
  [/^controls\/control-runs/, 'Job scheduler', 'runs of the quarter'],
  [/^controls\/log-sources/, 'Log platform', 'sources and their settings'],
  [/^governance\//, 'Document and risk register', 'all items in force'],
];

/** Exports of logs: they cover a stretch of time. The system is named by the folder. */
const LOGS = [
  [/^aws\/(\d+)\/cloudtrail\/.*_(\d{4})(\d{2})(\d{2})?/, (match) => `AWS CloudTrail of account ${match[1]}`],
  [/^rotations\/(rotation-pipeline)-(\d{4})-q(\d)/, () => 'Rotation pipeline'],
  [/^logs\/(.+)-(\d{4})-(\d{2})(-\d{2})?\./, (match) => `Log platform, ${match[1]}`],
];

/** How each exported file was taken: by the same night job, or, where it holds a log, when its time was over. */
export const createExtracts = (exports) =>
  extractsOf(exports, { extractor: 'nb-evidence-export 3.2', logOf, listOf, countOf });

function listOf(path) {
  const [, system, query] = SYSTEMS.find(([pattern]) => pattern.test(path));
  return { system, query };
}

function logOf(path) {
  for (const [pattern, system] of LOGS) {
    const match = pattern.exec(path);
    if (match) return { system: system(match), from: beginOf(match) };
  }
  return null;
}

function beginOf([path, , year, part, day]) {
  const month = path.startsWith('rotations/') ? (Number(part) - 1) * 3 + 1 : Number(part);
  return at(`${year}-${String(month).padStart(2, '0')}-${day ? day.replace('-', '') : '01'}`);
}

/** Records of a JSON export, as the system that wrote it counts them. */
const countOf = (value) => (value.Records ?? value.SecretList ?? value).length;
