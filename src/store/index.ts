export type { QueryParam, StoreOptions } from './database.js';
export type { DossierContext } from './dossiers/dossier-plan.js';
export { openStore } from './open-store.js';
export type { Store } from './store.js';
