import type { CollectedExport, CollectedSystem } from '../collected-system.js';

function list(name: string, path: string, isLog?: true): CollectedExport {
  return {
    file: `github/$ORGANISATION/${name}.json`,
    query: `GET /orgs/$ORGANISATION/${path}`,
    command: `gh_list "orgs/$ORGANISATION/${path}"`,
    count: 'length',
    ...(isLog ? { isLog } : {}),
  };
}

/** Tokens, repositories, alerts and audit log of organisations on GitHub. */
export const github: CollectedSystem = {
  id: 'github',
  title: 'GitHub',
  programs: ['gh'],
  rights: [
    'GH_TOKEN of a GitHub App that is installed in the organisation: personal access tokens are listed for Apps only. Read on',
    '  repositories: Metadata, Administration, Secret scanning alerts; organisation: Personal access tokens, Administration',
    'The values of found secrets are not asked for (hide_secret=true).',
  ],
  settings: [
    'GITHUB_ORGANISATIONS: names, separated by spaces; GH_HOST for GitHub Enterprise Server',
    'GITHUB_AUDIT_LOG: those of them with GitHub Enterprise (default: all; an empty text for none)',
    'GITHUB_SSO: those of them with single sign-on by SAML (default: none); their list needs a token of an owner with read:org',
    'FROM, TO: the days the audit log is taken of; GitHub keeps 180 days',
  ],
  setup: [
    'GITHUB_ORGANISATIONS="$' +
      '{GITHUB_ORGANISATIONS:?set GITHUB_ORGANISATIONS to the names of organisations}"',
    'GITHUB_SSO="$' + '{GITHUB_SSO:-}"',
    'GITHUB_AUDIT_LOG="$' + '{GITHUB_AUDIT_LOG-$GITHUB_ORGANISATIONS}"',
    'gh_list() {',
    '  gh api --paginate "$1" | jq -s \'add // []\'',
    '}',
    '# deploy_keys ORGANISATION: those of each of its repositories',
    'deploy_keys() {',
    '  gh api --paginate "orgs/$1/repos?type=all&per_page=100" --jq ".[].full_name" | while IFS= read -r repository; do',
    '    gh api --paginate "repos/$repository/keys?per_page=100" </dev/null || return 1',
    "  done | jq -s 'add // [] | map(del(.key))'",
    '}',
  ],
  groups: [
    {
      each: { words: 'GITHUB_ORGANISATIONS', name: 'ORGANISATION' },
      exports: [
        list('personal-access-tokens', 'personal-access-tokens?per_page=100'),
        list('secret-scanning-alerts', 'secret-scanning/alerts?hide_secret=true&per_page=100'),
        list('repositories', 'repos?type=all&per_page=100'),
        {
          file: 'github/$ORGANISATION/deploy-keys.json',
          query: 'GET /repos/{owner}/{repo}/keys of each repository of $ORGANISATION',
          command: 'deploy_keys "$ORGANISATION"',
          count: 'length',
        },
      ],
    },
    {
      each: { words: 'GITHUB_SSO', name: 'ORGANISATION' },
      exports: [list('credential-authorizations', 'credential-authorizations?per_page=100')],
    },
    {
      each: { words: 'GITHUB_AUDIT_LOG', name: 'ORGANISATION' },
      exports: [
        list(
          'audit-log',
          'audit-log?phrase=created:$' + '{FROM%%T*}..$' + '{TO%%T*}&include=all&order=asc&per_page=100',
          true,
        ),
      ],
    },
  ],
};
