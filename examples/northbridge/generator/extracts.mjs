import { gunzipSync } from 'node:zlib';
import { groupBy } from './group-by.mjs';
import { sha256 } from './random.mjs';
import { AS_OF, at, HOUR } from './time.mjs';

/** When the night job took its exports: four hours after the end of the quarter. */
const NIGHT = AS_OF + 1 + 4 * HOUR;

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
export function createExtracts(exports) {
  const files = Object.entries(exports).map(([path, content]) => ({ path, content, log: logOf(path) }));
  const lists = files.filter(({ log }) => log === null).map(listExtract);
  const bySystem = groupBy(
    files.filter(({ log }) => log !== null),
    ({ log }) => log.system,
  );
  return [...lists, ...[...bySystem.values()].flatMap(logExtracts)];
}

function listExtract({ path, content }) {
  const [, system, query] = SYSTEMS.find(([pattern]) => pattern.test(path));
  return { ...taken(path, content), system, query, extracted: NIGHT, from: null, to: null };
}

function taken(path, content) {
  return {
    file: path,
    extractor: 'nb-evidence-export 3.2',
    count: countRecords(path, content),
    sha256: path.endsWith('.gz') ? null : sha256(content),
  };
}

/** Each file of a log covers what lies between its begin and the begin of the next. */
function logExtracts(files) {
  const sorted = [...files].sort((a, b) => a.log.from - b.log.from);
  return sorted.map(({ path, content, log }, index) => {
    const to = (sorted[index + 1]?.log.from ?? AS_OF + 1) - 1;
    const query = 'everything between covers_from and covers_to';
    return {
      ...taken(path, content),
      system: log.system,
      query,
      extracted: to + 1 + 4 * HOUR,
      from: log.from,
      to,
    };
  });
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

/** Records of a file, as the system that wrote it counts them. */
function countRecords(path, content) {
  const text = path.endsWith('.gz') ? gunzipSync(content).toString() : content;
  if (/\.ndjson/.test(path)) return text.trimEnd().split('\n').length;
  if (/\.csv/.test(path)) return text.trimEnd().split('\n').length - 1;
  if (/\.yaml/.test(path)) return text.match(/^- /gm).length;
  const value = JSON.parse(text);
  return (value.Records ?? value.SecretList ?? value).length;
}
