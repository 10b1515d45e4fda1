import type { RecordKind } from '../model/index.js';

/** The export of a kind of record in words. */
type ExportWords = {
  /** What it is called. */
  label: string;
  /** How to get one, as an instruction without the full stop. */
  how: string;
};

/** The export of each kind of record, and how to get it. */
export const EXPORT_WORDS: { readonly [K in RecordKind]: ExportWords } = {
  keys: {
    label: 'inventory of keys',
    how: 'export the secrets of every store (keyproof collect --print has the commands for AWS and Azure), or the key register as CSV',
  },
  rotations: {
    label: 'rotation log',
    how: 'export the log of the pipeline that rotates, one line a step with key, step, time and the id of the rotation, as CSV, JSON or NDJSON',
  },
  grants: {
    label: 'list of access rights',
    how: 'export the CSV of the access review, or the rights of the store (aws iam get-account-authorization-details, gcloud projects get-iam-policy, az role assignment list)',
  },
  principals: {
    label: 'directory of people',
    how: 'export the people and accounts of the identity provider or the HR system with status, roles and last day, as CSV',
  },
  events: {
    label: 'audit log',
    how: 'export the audit log of each store and of the gateway: the delivered files of CloudTrail, the file of the Vault audit device, or CSV, JSON or NDJSON of any other',
  },
  repositories: {
    label: 'list of repositories',
    how: 'export the repositories with scope, last scan and push protection, as CSV or JSON',
  },
  secret_findings: {
    label: 'report of a secret scan',
    how: 'run a scanner over every repository with its whole history and keep its report (gitleaks git --report-format json, or SARIF of any other)',
  },
  routes: {
    label: 'gateway configuration',
    how: 'export the routes of the gateway with their authentication, TLS, limits and alert rules, as CSV, JSON or YAML',
  },
  incidents: {
    label: 'incident register',
    how: 'export the incidents with the time of each stage and the keys concerned, as CSV or JSON',
  },
  vendors: {
    label: 'vendor register',
    how: 'export the vendors with status, contract, assessments and reviews, as CSV or JSON',
  },
  attestations: {
    label: 'list of documents',
    how: 'list the documents with rule, SHA-256, owner, approver and dates, as CSV or YAML',
  },
  changes: {
    label: 'tickets',
    how: 'export the changes, access requests and sign-offs with their state and approval from the ticket system, as CSV or JSON',
  },
  control_runs: {
    label: 'runs of controls',
    how: 'export the runs of the scanners and other recurring controls with time, channel and result, as CSV or JSON',
  },
  log_sources: {
    label: 'list of how logs are kept',
    how: 'list the logs with retention, protection, readers and time source, as CSV or YAML',
  },
  notifications: {
    label: 'decisions to notify',
    how: 'list the decisions on each incident with regime, reason, and when a notification was sent, as CSV or YAML',
  },
  register: {
    label: 'register of findings and exceptions',
    how: 'export the open findings and exceptions with owner and date, as CSV or JSON',
  },
  extracts: {
    label: 'register of extracts',
    how: 'record system, query, extractor, time, record count and SHA-256 of every file as it is taken (the script of keyproof collect --print writes it)',
  },
};
