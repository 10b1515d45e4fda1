import type { CollectedSystem } from '../collected-system.js';

/** Services whose calls the log is asked for. */
const LOG_SOURCES = ['secretmanager', 'iam', 'apikeys'];
const SERVICES = LOG_SOURCES.map((name) => `"${name}.googleapis.com"`).join(' OR ');
const CALLS = `protoPayload.serviceName=(${SERVICES}) AND timestamp>="$FROM" AND timestamp<="$TO"`;

/** Secrets and their versions, keys of service accounts, API keys, policy and calls of Google Cloud projects. */
export const gcp: CollectedSystem = {
  id: 'gcp',
  title: 'Google Cloud',
  programs: ['gcloud'],
  rights: [
    'A custom role on each project with these permissions:',
    '  secretmanager.secrets.list, secretmanager.versions.list, iam.serviceAccounts.list, iam.serviceAccountKeys.list,',
    '  apikeys.keys.list, resourcemanager.projects.getIamPolicy, logging.logEntries.list, logging.privateLogEntries.list',
    'None of them reads the value of a secret. (The role "API Keys Viewer" does: it has apikeys.keys.getKeyString.)',
  ],
  settings: [
    'GCP_PROJECTS: ids of projects, separated by spaces (default: the project of the configuration)',
    'FROM, TO: the time the log is taken of; Data Access logs are kept for 30 days unless a bucket keeps them longer',
    'A policy does not name its project: state it in keyproof.yaml (constants: {key_id: projects/PROJECT} of its file).',
  ],
  setup: [
    'GCP_PROJECTS="$' + '{GCP_PROJECTS:-$(gcloud config get-value project)}"',
    'secret_versions() {',
    '  gcloud secrets list --project "$1" --format="value(name.basename())" | while IFS= read -r name; do',
    '    gcloud secrets versions list "$name" --project "$1" --format=json </dev/null || return 1',
    "  done | jq -s 'add // []'",
    '}',
    'service_account_keys() {',
    '  gcloud iam service-accounts list --project "$1" --format="value(email)" | while IFS= read -r email; do',
    '    gcloud iam service-accounts keys list --iam-account "$email" --managed-by user --project "$1" --format=json </dev/null || return 1',
    "  done | jq -s 'add // []'",
    '}',
    'audit_log() {',
    `  gcloud logging read "${CALLS.replaceAll('"', '\\"')}" --project "$1" --format=json`,
    '}',
  ],
  groups: [
    {
      each: { words: 'GCP_PROJECTS', name: 'PROJECT' },
      exports: [
        {
          file: 'gcp/$PROJECT/secrets.json',
          query: 'secrets list --project $PROJECT',
          command: 'gcloud secrets list --project "$PROJECT" --format=json',
          count: 'length',
        },
        {
          file: 'gcp/$PROJECT/secret-versions.json',
          query: 'secrets versions list of each secret --project $PROJECT',
          command: 'secret_versions "$PROJECT"',
          count: 'length',
        },
        {
          file: 'gcp/$PROJECT/service-account-keys.json',
          query: 'iam service-accounts keys list of each account --managed-by user --project $PROJECT',
          command: 'service_account_keys "$PROJECT"',
          count: 'length',
        },
        {
          file: 'gcp/$PROJECT/api-keys.json',
          query: 'services api-keys list --project $PROJECT',
          command: 'gcloud services api-keys list --project "$PROJECT" --format=json',
          count: 'length',
        },
        {
          file: 'gcp/$PROJECT/iam-policy.json',
          query: 'projects get-iam-policy $PROJECT',
          command: 'gcloud projects get-iam-policy "$PROJECT" --format=json',
          count: '.bindings | length',
        },
        {
          file: 'gcp/$PROJECT/audit-log.json',
          query: `logging read calls of ${LOG_SOURCES.join(', ')} from $FROM to $TO --project $PROJECT`,
          command: 'audit_log "$PROJECT"',
          count: 'length',
          isLog: true,
        },
      ],
    },
  ],
};
