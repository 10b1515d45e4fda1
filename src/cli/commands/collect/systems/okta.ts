import type { CollectedSystem } from '../collected-system.js';

/** API tokens of an Okta organisation, and who is in its groups. */
export const okta: CollectedSystem = {
  id: 'okta',
  title: 'Okta',
  programs: ['curl'],
  rights: [
    'OKTA_TOKEN: an access token with the scopes okta.apiTokens.read, okta.groups.read and okta.users.read, of a service app with the role "Read-only Administrator".',
    'No list holds the value of a token.',
  ],
  settings: [
    'OKTA_DOMAIN: as in northbridge.okta.com',
    'OKTA_GROUPS: ids of groups, separated by spaces (default: all)',
  ],
  setup: [
    'OKTA_DOMAIN="$' + '{OKTA_DOMAIN:?set OKTA_DOMAIN}"',
    'OKTA_TOKEN="$' + '{OKTA_TOKEN:?set OKTA_TOKEN to an access token with okta.apiTokens.read}"',
    '# Follows the pages that Okta names in a header; the token is on no command line.',
    'okta_pages() {',
    '  local url="https://$OKTA_DOMAIN$1" headers',
    '  headers="$(mktemp)"',
    '  while [ -n "$url" ]; do',
    '    curl --fail --silent --show-error --dump-header "$headers" --header @<(printf "Authorization: Bearer %s" "$OKTA_TOKEN") "$url" || return 1',
    '    url="$(tr -d "\\r" <"$headers" | sed -n \'s/^[Ll]ink: *<\\([^>]*\\)>; *rel="next".*/\\1/p\')"',
    '  done',
    '  rm -f "$headers"',
    '}',
    'okta_list() {',
    '  okta_pages "$1" | jq -s \'add // []\'',
    '}',
    'OKTA_GROUPS="$' + '{OKTA_GROUPS:-}"',
    'okta_groups() {',
    '  if [ -z "$OKTA_GROUPS" ]; then okta_list /api/v1/groups | jq -c ".[]"; return; fi',
    '  tr " " "\n" <<<"$OKTA_GROUPS" | while IFS= read -r id; do okta_pages "/api/v1/groups/$id" | jq -c .; done',
    '}',
    'okta_group_members() {',
    '  okta_groups | while IFS= read -r group; do',
    '    okta_list "/api/v1/groups/$(jq -r .id <<<"$group")/users" </dev/null |',
    '      jq --arg group "$group" \'{group: ($group | fromjson), users: .}\' || return 1',
    "  done | jq -s '.'",
    '}',
  ],
  groups: [
    {
      exports: [
        {
          file: 'okta/$OKTA_DOMAIN/api-tokens.json',
          query: 'GET /api/v1/api-tokens',
          command: 'okta_list /api/v1/api-tokens',
          count: 'length',
        },
        {
          file: 'okta/$OKTA_DOMAIN/group-members.json',
          query: 'GET /api/v1/groups/ID/users of each group',
          command: 'okta_group_members',
          count: 'length',
        },
      ],
    },
  ],
};
