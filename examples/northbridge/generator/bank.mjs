import { createEvents } from './events.mjs';
import { createBook } from './expectations.mjs';
import { createAttestations } from './governance.mjs';
import { createGrants } from './grants.mjs';
import { createIncidents } from './incidents.mjs';
import { createKeys } from './keys.mjs';
import { createIamUsers, createPeople, createWorkloads } from './people.mjs';
import { plantDevelopers, plantLeavers, plantReviews } from './plant-access.mjs';
import { plantMissingEvidence } from './plant-gaps.mjs';
import { plantKeyFacts } from './plant-keys.mjs';
import { plantKeptKeys, plantRecords } from './plant-records.mjs';
import { plantRevocations, plantUseAfterRevocation } from './plant-rotations.mjs';
import { createRepositories, createTriage } from './repositories.mjs';
import { retireKeys, retirePartnerKeys } from './retire.mjs';
import { createRotations } from './rotations.mjs';
import { createRoutes } from './routes.mjs';
import { createVendors } from './vendors.mjs';

/**
 * The bank: records that are in order by construction, then the deviations, each noted in the book as it is made.
 * Rotation log and audit log are derived from the keys, so they agree with whatever was planted there.
 */
export function createBank() {
  const people = createPeople();
  const keys = createKeys(people);
  const vendors = createVendors();
  retireKeys(keys);
  retirePartnerKeys(keys, vendors);
  const book = createBook(keys);
  plantKeyFacts(book, people);
  const grants = createGrants(keys, people);
  plantLeavers(book, people, grants);
  plantReviews(book, grants);
  plantDevelopers(book, people, grants);
  plantMissingEvidence(book);
  plantKeptKeys(book);
  plantUseAfterRevocation(book, keys);
  const rotations = createRotations(keys);
  plantRevocations(book, rotations);
  const bank = {
    people,
    workloads: createWorkloads(),
    iamUsers: createIamUsers(keys, people),
    keys,
    vendors,
    grants,
    rotations,
    events: createEvents(keys),
    repositories: createRepositories(),
    triage: createTriage(),
    routes: createRoutes(),
    incidents: createIncidents(keys),
    attestations: createAttestations(),
  };
  plantRecords(book, bank);
  return { ...bank, expected: book.expected, missing: book.missing };
}
