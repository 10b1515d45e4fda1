import { createChanges } from './changes.mjs';
import { createChannelFindings } from './channel-findings.mjs';
import { createControlRuns } from './control-runs.mjs';
import { createEvents } from './events.mjs';
import { createBook } from './expectations.mjs';
import { noteFormatGaps } from './format-gaps.mjs';
import { createAttestations } from './governance.mjs';
import { createGrants } from './grants.mjs';
import { createIncidents, replaceKeysOfBreachedPartners } from './incidents.mjs';
import { createKeys } from './keys.mjs';
import { createLogSources } from './log-sources.mjs';
import { createGrantEvents, createManagementEvents } from './management-events.mjs';
import { createNotifications } from './notifications.mjs';
import { createOldAccessKeys } from './old-access-keys.mjs';
import { createIamUsers, createPeople, createWorkloads } from './people.mjs';
import { plantDevelopers, plantLeavers, plantReviews } from './plant-access.mjs';
import { plantCustody } from './plant-custody.mjs';
import { plantMissingEvidence } from './plant-gaps.mjs';
import { plantGrants } from './plant-grants.mjs';
import { plantSlowReplacements } from './plant-incidents.mjs';
import { plantInventory } from './plant-inventory.mjs';
import { plantKeyFacts } from './plant-keys.mjs';
import { plantRecords } from './plant-records.mjs';
import { plantLeakedKeys } from './plant-repositories.mjs';
import {
  plantLateRotation,
  plantRevocations,
  plantRotationSteps,
  plantUseAfterRevocation,
} from './plant-rotations.mjs';
import { plantKeptKeys } from './plant-vendors.mjs';
import { createRegister } from './register-items.mjs';
import { createRepositories, createTriage } from './repositories.mjs';
import { retireKeys, retirePartnerKeys } from './retire.mjs';
import { createRotations } from './rotations.mjs';
import { COUNTED_FROM, COUNTED_TO, createRouteCalls } from './route-calls.mjs';
import { createRoutes } from './routes.mjs';
import { createStandbyKeys } from './standby-keys.mjs';
import { createVendors } from './vendors.mjs';

/**
 * The bank: records that are in order by construction, then the deviations, each noted in the book as it is made.
 * Rotation log, audit logs and tickets are derived from what was planted before them, so they agree with it.
 */
export function createBank() {
  const people = createPeople();
  const keys = createKeys(people);
  const vendors = createVendors();
  retireKeys(keys);
  retirePartnerKeys(keys, vendors);
  const oldKeys = createOldAccessKeys(keys);
  const standbyKeys = createStandbyKeys(keys);
  const book = createBook(keys);
  const incidents = createIncidents(book, keys, people);
  useFromNoRepository(incidents);
  plantKeyFacts(book, people);
  plantInventory(book);
  plantCustody(book);
  const grants = createGrants(keys, people);
  plantLeavers(book, people, grants);
  plantReviews(book, grants);
  plantDevelopers(book, people, grants);
  plantGrants(book, people, grants);
  plantMissingEvidence(book);
  plantKeptKeys(book);
  plantUseAfterRevocation(book, keys);
  plantLateRotation(book);
  plantLeakedKeys(book, keys);
  replaceKeysOfBreachedPartners(incidents, keys);
  plantSlowReplacements(book, incidents);
  const rotations = createRotations(keys);
  plantRevocations(book, rotations);
  plantRotationSteps(book, rotations);
  const routes = createRoutes();
  const bank = {
    people,
    workloads: createWorkloads(),
    iamUsers: createIamUsers(keys, people),
    keys,
    oldKeys,
    standbyKeys,
    vendors,
    grants,
    rotations,
    uses: createEvents(keys, routes),
    management: [...createManagementEvents(rotations), ...createGrantEvents(grants)],
    calls: createRouteCalls(routes),
    trail: [],
    repositories: createRepositories(),
    triage: createTriage(),
    channelFindings: createChannelFindings(),
    routes,
    incidents,
    notifications: createNotifications(incidents),
    attestations: createAttestations(),
    changes: createChanges({ keys, grants, routes }),
    controlRuns: createControlRuns(),
    logSources: createLogSources(),
    register: createRegister(),
  };
  plantRecords(book, bank);
  countCalls(bank);
  noteFormatGaps(book, bank);
  return { ...bank, book };
}

/** Keys of incidents are read from their vault alone, so that no other key is related to them by a repository. */
function useFromNoRepository(incidents) {
  for (const key of incidents.flatMap(({ keys }) => keys)) key.repositories = [];
}

/** The gateway's own count of calls, route by route. */
function countCalls({ routes, calls, uses }) {
  const counted = [...calls, ...uses.filter(({ at }) => at >= COUNTED_FROM && at <= COUNTED_TO)];
  for (const route of routes) {
    const logged = counted.filter((call) => call.route === route.id).length;
    route.calls = logged + (route.uncounted ?? 0);
  }
}
