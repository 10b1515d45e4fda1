import { plantIncidents } from './plant-incidents.mjs';
import { plantLogs } from './plant-logs.mjs';
import { plantOrganisation } from './plant-organisation.mjs';
import { plantPractice } from './plant-practice.mjs';
import { plantRepositories } from './plant-repositories.mjs';
import { plantRoutes } from './plant-routes.mjs';
import { plantSignOffs } from './plant-sign-offs.mjs';
import { plantVendors } from './plant-vendors.mjs';

/** Deviations of everything but keys and who may use them, in the records that are derived from these. */
export function plantRecords(book, bank) {
  plantRepositories(book, bank);
  plantRoutes(book, bank);
  plantLogs(book, bank);
  plantIncidents(book, bank);
  plantVendors(book, bank);
  plantSignOffs(book, bank);
  plantOrganisation(book, bank);
  plantPractice(book, bank);
}
