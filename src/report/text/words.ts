import type {
  Effort,
  Incomplete,
  Jurisdiction,
  Outcome,
  PolicyResult,
  RecordKind,
  Severity,
} from '../../model/index.js';
import type { ControlState } from './control-states.js';

/** What a reader calls each outcome. */
export const OUTCOME_WORDS: { readonly [O in Outcome]: string } = {
  fail: 'failed',
  'no-evidence': 'no evidence',
  error: 'error',
  waived: 'waived',
  attested: 'attested',
  pass: 'passed',
  'not-applicable': 'not applicable',
};

/** What a reader calls each severity. */
export const SEVERITY_WORDS: { readonly [S in Severity]: string } = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
};

/** What a reader calls each group of rules. */
export const DOMAIN_WORDS: { readonly [D in PolicyResult['domain']]: string } = {
  inventory: 'Inventory',
  repository: 'Repositories',
  storage: 'Storage',
  transport: 'Transport',
  rotation: 'Rotation',
  emergency: 'Emergency rotation',
  access: 'Access',
  roles: 'Separation of roles',
  environment: 'Environments',
  gateway: 'Gateway',
  logging: 'Logging',
  monitoring: 'Monitoring',
  incident: 'Incidents',
  vendor: 'Vendors',
  governance: 'Governance',
  custom: 'Policies of your own',
};

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

/** What a reader calls each kind of work. */
export const EFFORT_WORDS: { readonly [E in Effort]: string } = {
  configuration: 'change of settings',
  rotation: 'rotation or revocation',
  access: 'change of access rights',
  code: 'change of code or pipelines',
  process: 'recurring work',
  document: 'document',
};

/** What a reader calls each jurisdiction. */
export const JURISDICTION_WORDS: { readonly [J in Jurisdiction]: string } = {
  eu: 'the European Economic Area',
  uk: 'the United Kingdom',
  us: 'the United States',
  other: 'other countries',
};

/** What a reader calls each reason for an incomplete run. */
export const INCOMPLETE_WORDS: { readonly [K in Incomplete['kind']]: string } = {
  'unreadable-input': 'Unreadable input',
  'rejected-records': 'Rejected records',
  'unreadable-fields': 'Values that could not be read',
  'truncated-input': 'Input cut short',
  'policy-error': 'Policy error',
  'nothing-evaluated': 'Nothing evaluated',
  'report-not-written': 'Report not written',
  'source-not-found': 'Source not found',
};

/** What each state of a control means, whatever word the framework uses for it. */
export const STATE_MEANINGS: { readonly [S in ControlState]: string } = {
  exception:
    'At least one subject in scope failed a test that is direct or partial evidence for the control.',
  observation:
    'A test failed, but only against a default of keyproof: no document or setting of the entity states a limit, so there is no criterion to fail.',
  'insufficient-data': 'No test failed, but evidence a test needs is missing, or a policy could not run.',
  'exception-accepted':
    'At least one subject in scope failed, and an accepted exception that has not expired covers each failure. It is no pass.',
  'partly-supported': 'The tested part passed; the rest of the control needs a person.',
  'evidence-supports': 'Every direct test passed on the whole population in scope.',
  attested: 'A document is on record with a named owner, approver or attestor; its content was not tested.',
  'not-applicable': 'No subject is in scope, each for a stated reason.',
  'not-tested': 'Nothing was tested: the control needs a person, or the exports hold no population for it.',
};

/** Terms of the report that a reader may not know. */
export const GLOSSARY: readonly { readonly term: string; readonly meaning: string }[] = [
  {
    term: 'As-of date',
    meaning: 'The date and time that the report describes. Ages and deadlines are measured to it.',
  },
  { term: 'Check', meaning: 'One policy evaluated on one subject.' },
  { term: 'Control', meaning: 'A requirement, criterion or article of a framework.' },
  {
    term: 'Direct, partial, supporting',
    meaning:
      'How much of a control a policy’s result is evidence for: all that it requires of the population in scope, a part of it, or context only. Supporting evidence never decides a control.',
  },
  { term: 'Failed', meaning: 'A record proves that the policy’s condition is violated.' },
  {
    term: 'Finding',
    meaning: 'A failed check, with the records that prove it.',
  },
  {
    term: 'No evidence',
    meaning: 'Data that the policy needs is missing. It counts neither as passed nor as failed.',
  },
  {
    term: 'Not applicable',
    meaning: 'The policy does not concern the subject, for a reason stated in the data.',
  },
  { term: 'Policy', meaning: 'A written rule evaluated by machine on every subject of its kind.' },
  { term: 'Population', meaning: 'Every subject that a policy was evaluated on. No sample is taken.' },
  {
    term: 'Record',
    meaning: 'One entry of an export: a row, a line or an element, named by file and place.',
  },
  {
    term: 'SHA-256',
    meaning: 'A fingerprint of a file’s content: two files with the same one are the same.',
  },
  { term: 'Subject', meaning: 'What is examined: a key, principal, repository, route, vendor or incident.' },
  {
    term: 'Undecided',
    meaning: 'A check that applies and has no result: evidence is missing, or the policy could not run.',
  },
  {
    term: 'Unknown scope',
    meaning: 'It is not known whether the subject is in the control’s scope, so its result was not used.',
  },
  { term: 'Waived', meaning: 'A violation covered by an accepted exception that has not expired.' },
];
