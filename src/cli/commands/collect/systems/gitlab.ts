import type { CollectedExport, CollectedSystem } from '../collected-system.js';

function tokens(owner: 'groups' | 'projects', name: string): CollectedExport {
  return {
    file: `gitlab/${owner}/$(file_of "$${name}").json`,
    query: `GET /${owner}/$${name}/access_tokens`,
    command: `gl_list "${owner}/$(id_of "$${name}")/access_tokens?per_page=100"`,
    count: 'length',
  };
}

/** Personal access tokens, and those of groups and projects of GitLab. */
export const gitlab: CollectedSystem = {
  id: 'gitlab',
  title: 'GitLab',
  programs: ['glab'],
  rights: [
    'GITLAB_TOKEN with the scope read_api: of an administrator for personal access tokens (not on GitLab.com), of an owner of',
    'the groups and a maintainer of the projects for theirs. No list holds the value of a token.',
  ],
  settings: [
    'GITLAB_HOST for an instance of your own',
    'GITLAB_PERSONAL: set to an empty text to leave personal access tokens out, as on GitLab.com',
    'GITLAB_GROUPS, GITLAB_PROJECTS: paths, separated by spaces (default: none)',
  ],
  setup: [
    'GITLAB_PERSONAL="$' + '{GITLAB_PERSONAL-personal}"',
    'GITLAB_GROUPS="$' + '{GITLAB_GROUPS:-}"',
    'GITLAB_PROJECTS="$' + '{GITLAB_PROJECTS:-}"',
    'id_of() {',
    '  jq -rn --arg path "$1" \'$path | @uri\'',
    '}',
    'file_of() {',
    '  printf "%s" "$1" | tr "/" "-"',
    '}',
    'gl_list() {',
    '  glab api --paginate "$1" | jq -s \'add // []\'',
    '}',
    'personal_tokens() {',
    "  if ! glab api user | jq -e '.is_admin == true' >/dev/null; then",
    '    echo "GitLab lists only the own tokens of a person who is no administrator." >&2',
    '    return 1',
    '  fi',
    '  gl_list "personal_access_tokens?per_page=100"',
    '}',
  ],
  groups: [
    {
      each: { words: 'GITLAB_PERSONAL', name: 'KIND' },
      exports: [
        {
          file: 'gitlab/$KIND-access-tokens.json',
          query: 'GET /personal_access_tokens as an administrator',
          command: 'personal_tokens',
          count: 'length',
        },
      ],
    },
    { each: { words: 'GITLAB_GROUPS', name: 'GROUP' }, exports: [tokens('groups', 'GROUP')] },
    { each: { words: 'GITLAB_PROJECTS', name: 'PROJECT' }, exports: [tokens('projects', 'PROJECT')] },
  ],
};
