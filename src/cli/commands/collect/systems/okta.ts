import type { CollectedSystem } from '../collected-system.js';

/** API tokens of an Okta organisation. */
export const okta: CollectedSystem = {
  id: 'okta',
  title: 'Okta',
  programs: ['curl'],
  rights: [
    'OKTA_TOKEN: an access token with the scope okta.apiTokens.read, of a service app with the role "Read-only Administrator".',
    'No list holds the value of a token.',
  ],
  settings: ['OKTA_DOMAIN: as in northbridge.okta.com'],
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
      ],
    },
  ],
};
