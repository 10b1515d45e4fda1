export type { DatabaseOptions as StoreOptions, QueryParam } from '../duckdb/database.js';
export type { DossierContext } from './dossiers/dossier.js';
export { type KindsBehind, kindsOfDossierMember } from './kinds-behind.js';
export { type MergedTables, openMergedStore } from './merged/open-merged-store.js';
export type { PreviousPack } from './observations/compare-previous.js';
export type { CountedControls } from './observations/counted-controls.js';
export type { JudgedWaiver } from './observations/waive.js';
export { openStore } from './open-store.js';
export type { EvidenceStore, Store } from './store.js';
