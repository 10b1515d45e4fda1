export type { QueryParam, StoreOptions } from './database.js';
export type { DossierContext } from './dossiers/dossier.js';
export type { KindsBehind } from './kinds-behind.js';
export { findObservation } from './observations/find-observation.js';
export { openStore } from './open-store.js';
export type { FindingText, Store } from './store.js';
