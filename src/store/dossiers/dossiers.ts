import type { SubjectKind } from '../../model/index.js';
import type { Dossier } from './dossier.js';
import { INCIDENT_DOSSIER } from './incident.js';
import { KEY_DOSSIER } from './key.js';
import { ORGANISATION_DOSSIER } from './organisation.js';
import { PRINCIPAL_DOSSIER } from './principal.js';
import { REPOSITORY_DOSSIER } from './repository.js';
import { ROUTE_DOSSIER } from './route.js';
import { VENDOR_DOSSIER } from './vendor.js';

/** How dossiers are made, by kind of subject. */
export const DOSSIERS: { readonly [K in SubjectKind]: Dossier } = {
  key: KEY_DOSSIER,
  principal: PRINCIPAL_DOSSIER,
  repository: REPOSITORY_DOSSIER,
  route: ROUTE_DOSSIER,
  vendor: VENDOR_DOSSIER,
  incident: INCIDENT_DOSSIER,
  organisation: ORGANISATION_DOSSIER,
};
