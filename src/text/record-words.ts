import type { RecordKind } from '../model/index.js';

/** What a reader calls each kind of record. */
export const RECORD_WORDS: { readonly [K in RecordKind]: string } = {
  keys: 'Keys and credentials',
  rotations: 'Rotation steps',
  grants: 'Access grants and reviews',
  principals: 'People, services and workloads',
  events: 'Audit and access events',
  repositories: 'Repositories',
  secret_findings: 'Secrets and live data found by scans',
  routes: 'Gateway routes',
  incidents: 'Incidents',
  vendors: 'Vendors',
  attestations: 'Attestations',
  changes: 'Changes and access requests',
  control_runs: 'Runs of recurring controls',
  log_sources: 'Logs and how they are kept',
  notifications: 'Decisions to notify',
  register: 'Register of findings and exceptions',
  extracts: 'How exports were taken',
};

/** Returns what a reader calls a kind of record, inside a sentence. */
export function recordWords(kind: RecordKind): string {
  const words = RECORD_WORDS[kind];
  return words.charAt(0).toLowerCase() + words.slice(1);
}
