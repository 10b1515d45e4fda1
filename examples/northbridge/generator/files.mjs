import {
  attestationsYaml,
  changesCsv,
  channelFindingsCsv,
  controlRunsNdjson,
  extractsCsv,
  logSourcesYaml,
  notificationsCsv,
  registerCsv,
} from '../../shared/control-records.mjs';
import { gzip } from '../../shared/formats.mjs';
import { groupBy } from '../../shared/group-by.mjs';
import {
  eventsNdjson,
  grantsCsv,
  incidentsYaml,
  principalsCsv,
  repositoriesYaml,
  rotationsNdjson,
  routesJson,
  triageCsv,
  vendorsCsv,
} from '../../shared/records.mjs';
import { AS_OF, isoDay } from '../../shared/time.mjs';
import { accessReviewCsv, isInCampaign } from './export-access-review.mjs';
import { cloudTrailFiles } from './export-cloudtrail.mjs';
import { credentialRegister } from './export-credential-register.mjs';
import { credentialReportFiles } from './export-credential-report.mjs';
import { gitleaksFiles } from './export-gitleaks.mjs';
import { azureWorkbook, keyRegister, kongReport, kongYaml, vaultInventory } from './export-inventories.mjs';
import { secretsManagerFiles } from './export-secrets-manager.mjs';
import { createExtracts } from './extracts.mjs';
import { registeredOldKeys } from './old-access-keys.mjs';
import { plantExtracts } from './plant-organisation.mjs';

/** Every file of the example by path: the exports, and what keyproof is expected to find in them. */
export function bankFiles(bank) {
  const taken = { ...awsFiles(bank), ...inventoryFiles(bank), ...recordFiles(bank), ...logFiles(bank) };
  const exports = {
    ...taken,
    'governance/extracts.csv': extractsCsv(plantExtracts(bank.book, createExtracts(taken))),
  };
  const inFolder = Object.entries(exports).map(([path, content]) => [`exports/${path}`, content]);
  return { ...Object.fromEntries(inFolder), 'expected.json': expectedJson(bank.book) };
}

function awsFiles(bank) {
  const { keys, people } = bank;
  return { ...secretsManagerFiles(keys), ...credentialReportFiles(keys, people), ...cloudTrailFiles(bank) };
}

function inventoryFiles({ keys, oldKeys, standbyKeys }) {
  const of = (store) => keys.filter((key) => key.store === store);
  const [live, rest] = [true, false].map((wanted) =>
    of('kong').filter(({ environment }) => (environment === 'production') === wanted),
  );
  return {
    'inventory/access-key-register.csv': keyRegister([...of('aws-iam'), ...registeredOldKeys(oldKeys)]),
    'inventory/azure-key-vault.csv': azureWorkbook(of('azure-kv')),
    'inventory/vault-kv.ndjson': vaultInventory(of('vault-kv')),
    'inventory/standby-keys.ndjson': vaultInventory(standbyKeys),
    'inventory/credential-register.csv': credentialRegister(keys),
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
    'repositories/repositories.yaml': repositoriesYaml(bank.repositories),
    'repositories/triage.csv': triageCsv(scanned(bank.triage)),
    ...gitleaksFiles(bank.repositories),
    'gateway/routes.json': routesJson(bank.routes),
    'incidents/incidents.yaml': incidentsYaml(bank.incidents),
    'vendors/vendors.csv': vendorsCsv(bank.vendors),
    'governance/attestations.yaml': attestationsYaml(bank.attestations),
    'repositories/channel-findings.csv': channelFindingsCsv(scanned(bank.channelFindings)),
    'incidents/notifications.csv': notificationsCsv(bank.notifications),
    'tickets/changes.csv': changesCsv(bank.changes),
    'controls/control-runs-2026-q3.ndjson': controlRunsNdjson(bank.controlRuns),
    'controls/log-sources.yaml': logSourcesYaml(bank.logSources),
    'governance/register.csv': registerCsv(bank.register),
  };
}

/** Findings of the bank's second scanner. */
const scanned = (findings) => findings.map((finding) => ({ tool: 'northbridge-scan', ...finding }));

/** The bank's own logs: a file a month for each, closed months gzipped, and the calls of the day that the gateway counted. */
function logFiles({ uses, management, calls }) {
  const byLog = groupBy([...uses, ...management], ({ log }) => log);
  return {
    ...Object.assign({}, ...[...byLog].map(([log, events]) => monthly(`logs/${log}`, events))),
    'logs/kong-calls-2026-09-29.ndjson': eventsNdjson([...calls].sort(byTime)),
  };
}

const byTime = (a, b) => a.at - b.at || compare(a.id, b.id);

function monthly(path, events) {
  const groups = groupBy([...events].sort(byTime), ({ at }) => isoDay(at).slice(0, 7));
  return Object.fromEntries(
    [...groups].map(([month, group]) =>
      archived(`${path}-${month}.ndjson`, eventsNdjson(group), month === LAST_MONTH),
    ),
  );
}

const LAST_MONTH = isoDay(AS_OF).slice(0, 7);

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

/** Closed months and quarters lie compressed. */
const archived = (path, text, open) => (open ? [path, text] : [`${path}.gz`, gzip(text)]);

const quarterOf = (date) => `${date.getUTCFullYear()}-q${Math.floor(date.getUTCMonth() / 3) + 1}`;

/** What was planted, sorted: one entry for each rule and subject. Where something is wrong, it does not matter what else is unknown. */
function expectedJson({ expected, missing }) {
  const order = (a, b) => compare(a.rule, b.rule) || compare(a.subject.id, b.subject.id);
  const failed = new Set(expected.map(nameOf));
  const undecided = new Map(missing.map((one) => [nameOf(one), one]));
  const counted = [...undecided].filter(([name]) => !failed.has(name)).map(([, one]) => one);
  const counts = groupBy(counted.sort(order), ({ rule }) => rule);
  const noEvidence = Object.fromEntries([...counts].map(([rule, entries]) => [rule, entries.length]));
  return `${JSON.stringify({ asOf: '2026-09-30', findings: [...expected].sort(order), noEvidence }, null, 2)}\n`;
}

const nameOf = ({ rule, subject }) => `${rule} ${subject.kind} ${subject.id}`;

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
