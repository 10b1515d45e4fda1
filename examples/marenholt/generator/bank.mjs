import { createChanges } from './changes.mjs';
import { createControlRuns, createLogSources } from './controls.mjs';
import { createAttestations, createRegister } from './governance.mjs';
import { createGrants } from './grants.mjs';
import { createIncidents, createNotifications } from './incidents.mjs';
import { createKeys, rotationTimes } from './keys.mjs';
import { createAccounts, createPeople, createWorkloads } from './people.mjs';
import { plantFailures } from './plants.mjs';
import { createRepositories } from './repositories.mjs';
import { createRotations } from './rotations.mjs';
import { createRoutes } from './routes.mjs';
import { createStandbyKeys } from './standby-keys.mjs';
import { createVendors } from './vendors.mjs';

/** The whole bank: in order by construction, then with what is planted in it. */
export function createBank() {
  const base = { people: createPeople(), workloads: createWorkloads(), keys: createKeys() };
  const bank = {
    ...base,
    repositories: createRepositories(),
    incidents: createIncidents(base.keys),
    expected: [],
  };
  plantFailures(bank);
  for (const key of bank.keys) key.versions = rotationTimes(key);
  bank.workloads.push(...createAccounts(bank.keys));
  const standbyKeys = createStandbyKeys(bank.keys);
  return completed({
    ...bank,
    standbyKeys,
    grants: [...createGrants(bank.keys.filter(isActive)), ...bank.plantedGrants],
  });
}

const isActive = ({ status }) => status === 'active';

function completed(bank) {
  const routes = createRoutes();
  return {
    ...bank,
    routes,
    rotations: createRotations(bank.keys),
    vendors: createVendors(),
    notifications: createNotifications(bank.incidents),
    changes: createChanges({ ...bank, routes }),
    controlRuns: createControlRuns(),
    logSources: createLogSources(),
    attestations: createAttestations(),
    register: createRegister(),
  };
}
