import {
  attestationsYaml,
  changesCsv,
  controlRunsNdjson,
  extractsCsv,
  registerCsv as findingsRegisterCsv,
  logSourcesYaml,
  notificationsCsv,
} from '../../shared/control-records.mjs';
import { gzip } from '../../shared/formats.mjs';
import {
  grantsCsv,
  incidentsYaml,
  principalsCsv,
  repositoriesYaml,
  rotationsNdjson,
  routesJson,
  vendorsCsv,
} from '../../shared/records.mjs';
import { at } from '../../shared/time.mjs';
import { createExtracts } from './extracts.mjs';
import { missingEvidence } from './gaps.mjs';
import { inventoryFiles } from './inventories.mjs';
import { logFiles } from './logs.mjs';
import { registerCsv } from './register.mjs';
import { scannerFiles } from './repositories.mjs';

/** Every file of the example by path: the exports, and what keyproof is expected to find in them. */
export function bankFiles(bank) {
  const all = [...bank.keys, ...bank.standbyKeys];
  const taken = {
    ...inventoryFiles(all),
    'register/schluesselregister.csv': registerCsv(all),
    ...logFiles(bank.keys, bank.routes),
    ...rotationFiles(bank.rotations),
    ...scannerFiles(bank.repositories),
    ...recordFiles(bank),
  };
  const exports = { ...taken, 'governance/extracts.csv': extractsCsv(createExtracts(taken)) };
  const inFolder = Object.entries(exports).map(([path, content]) => [`exports/${path}`, content]);
  return {
    ...Object.fromEntries(inFolder),
    'expected.json': expectedJson(bank),
  };
}

/** What is planted, and what is missing, by rule. */
function expectedJson(bank) {
  const expected = { asOf: '2026-09-30', findings: bank.expected, noEvidence: missingEvidence(bank) };
  return `${JSON.stringify(expected, null, 2)}\n`;
}

function rotationFiles(rotations) {
  const sorted = [...rotations].sort((a, b) => a.at - b.at || (a.key.id < b.key.id ? -1 : 1));
  const quarter = (from, to) =>
    gzip(rotationsNdjson(sorted.filter((step) => step.at >= at(from) && step.at < at(to))));
  return {
    'rotations/rotation-pipeline-2025-07.ndjson.gz': quarter('2025-07-01', '2026-07-01'),
    'rotations/rotation-pipeline-2026-07.ndjson.gz': quarter('2026-07-01', '2026-10-01'),
  };
}

function recordFiles(bank) {
  return {
    'identity/directory.csv': principalsCsv([...bank.people, ...bank.workloads]),
    'identity/entitlements.csv': grantsCsv(bank.grants),
    'repositories/repository-settings.yaml': repositoriesYaml(
      bank.repositories.map(({ id, hook, sensitive, ignored, pci, icfr }) => ({
        id,
        inScope: true,
        hook,
        sensitive,
        ignored,
        pci,
        icfr,
      })),
    ),
    'gateway/routes.json': routesJson(bank.routes),
    'incidents/incidents.yaml': incidentsYaml(bank.incidents),
    'incidents/notifications.csv': notificationsCsv(bank.notifications),
    'vendors/partners.csv': vendorsCsv(bank.vendors),
    'tickets/changes.csv': changesCsv(bank.changes),
    'controls/control-runs-2026-q3.ndjson': controlRunsNdjson(bank.controlRuns),
    'controls/log-sources.yaml': logSourcesYaml(bank.logSources),
    'governance/documents.yaml': attestationsYaml(bank.attestations),
    'governance/findings-register.csv': findingsRegisterCsv(bank.register),
  };
}
