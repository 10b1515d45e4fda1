import type { CollectedSystem } from '../collected-system.js';

/** Services whose calls the log is asked for. */
const LOG_SOURCES = ['secretmanager', 'iam', 'apikeys'];
const SERVICES = LOG_SOURCES.map((name) => `"${name}.googleapis.com"`).join(' OR ');
const CALLS = `protoPayload.serviceName=(${SERVICES}) AND timestamp>="$FROM" AND timestamp<="$TO"`;

/** Secrets and their versions, keys of service accounts, API keys, policy, members of its groups and calls of Google Cloud projects. */
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
    'Members of groups: whoever is in the organisation sees those of groups that show them; of others nothing is written.',
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
    '# Groups of the policy, and groups in them; a group whose members may not be seen is named and left out',
    'group_members() {',
    '  local todo seen=" " group list',
    '  todo="$(gcloud projects get-iam-policy "$1" --flatten="bindings[].members" --format="value(bindings.members)" | sed -n "s/^group://p" | sort -u | tr "\n" " ")" || return 1',
    '  while [ -n "$' + '{todo// /}" ]; do',
    '    read -r group todo <<<"$todo"',
    '    case "$seen" in *" $group "*) continue ;; esac',
    '    seen="$seen$group "',
    '    list="$(gcloud identity groups memberships list --group-email="$group" --view=full --format=json </dev/null)" ||',
    '      { echo "members not listed: $group" >&2; continue; }',
    '    jq --arg group "$group" \'{group: {email: $group}, memberships: .}\' <<<"$list"',
    '    todo="$todo $(jq -r \'.[] | select(.type == "GROUP") | .preferredMemberKey.id\' <<<"$list" | tr "\n" " ")"',
    "  done | jq -s '.'",
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
          file: 'gcp/$PROJECT/group-members.json',
          query: 'identity groups memberships list of each group of the policy --view=full',
          command: 'group_members "$PROJECT"',
          count: 'length',
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
