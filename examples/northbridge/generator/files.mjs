import { accessReviewCsv, isInCampaign } from './export-access-review.mjs';
import { cloudTrailFiles } from './export-cloudtrail.mjs';
import { credentialReportFiles } from './export-credential-report.mjs';
import { gitleaksFiles } from './export-gitleaks.mjs';
import { azureWorkbook, keyRegister, kongReport, kongYaml, vaultInventory } from './export-inventories.mjs';
import {
  attestationsYaml,
  eventsNdjson,
  grantsCsv,
  incidentsYaml,
  principalsCsv,
  repositoriesYaml,
  rotationsNdjson,
  routesJson,
  triageCsv,
  vendorsCsv,
} from './export-records.mjs';
import { secretsManagerFiles } from './export-secrets-manager.mjs';
import { gzip } from './formats.mjs';
import { groupBy } from './group-by.mjs';

/** Every file of the example by path: the exports, and what keyproof is expected to find in them. */
export function bankFiles(bank) {
  const exports = { ...awsFiles(bank), ...inventoryFiles(bank), ...recordFiles(bank) };
  const inFolder = Object.entries(exports).map(([path, content]) => [`exports/${path}`, content]);
  return { ...Object.fromEntries(inFolder), 'expected.json': expectedJson(bank) };
}

function awsFiles({ keys, people }) {
  return { ...secretsManagerFiles(keys), ...credentialReportFiles(keys, people), ...cloudTrailFiles(keys) };
}

function inventoryFiles({ keys }) {
  const of = (store) => keys.filter((key) => key.store === store);
  const [live, rest] = [true, false].map((wanted) =>
    of('kong').filter(({ environment }) => (environment === 'production') === wanted),
  );
  return {
    'inventory/access-key-register.csv': keyRegister(
      of('aws-iam').filter(({ unregistered }) => !unregistered),
    ),
    'inventory/azure-key-vault.csv': azureWorkbook(of('azure-kv')),
    'inventory/vault-kv.ndjson': vaultInventory(of('vault-kv')),
    'inventory/kong-production.csv': kongReport(live),
    'inventory/kong-other.yaml': kongYaml(rest),
  };
}

function recordFiles(bank) {
  return {
    'identity/principals.csv': principalsCsv([...bank.people, ...bank.workloads, ...bank.iamUsers]),
    'identity/grants.csv': grantsCsv(bank.grants.filter((entry) => !isInCampaign(entry))),
    'identity/okta-access-review-2026-q3.csv': accessReviewCsv(bank.grants.filter(isInCampaign), bank.people),
    ...quarterly('rotations/rotation-pipeline', bank.rotations, rotationsNdjson),
    'logs/access-events-2026-q3.ndjson': eventsNdjson(bank.events),
    'repositories/repositories.yaml': repositoriesYaml(bank.repositories),
    'repositories/triage.csv': triageCsv(bank.triage),
    ...gitleaksFiles(bank.repositories),
    'gateway/routes.json': routesJson(bank.routes),
    'incidents/incidents.yaml': incidentsYaml(bank.incidents),
    'vendors/vendors.csv': vendorsCsv(bank.vendors),
    'governance/attestations.yaml': attestationsYaml(bank.attestations),
  };
}

/** One file a quarter, in order of time. */
function quarterly(path, records, print) {
  const sorted = [...records].sort((a, b) => a.at - b.at || (a.key.id < b.key.id ? -1 : 1));
  const groups = groupBy(sorted, ({ at }) => quarterOf(new Date(at)));
  const latest = [...groups.keys()].at(-1);
  return Object.fromEntries(
    [...groups].map(([quarter, group]) =>
      archived(`${path}-${quarter}.ndjson`, print(group), quarter === latest),
    ),
  );
}

/** Closed quarters lie compressed. */
const archived = (path, text, open) => (open ? [path, text] : [`${path}.gz`, gzip(text)]);

const quarterOf = (date) => `${date.getUTCFullYear()}-q${Math.floor(date.getUTCMonth() / 3) + 1}`;

/** What was planted, sorted: one entry for each rule and subject. */
function expectedJson({ expected, missing }) {
  const order = (a, b) => compare(a.rule, b.rule) || compare(a.subject.id, b.subject.id);
  const counts = groupBy([...missing].sort(order), ({ rule }) => rule);
  const noEvidence = Object.fromEntries([...counts].map(([rule, entries]) => [rule, entries.length]));
  return `${JSON.stringify({ asOf: '2026-09-30', findings: [...expected].sort(order), noEvidence }, null, 2)}\n`;
}

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
