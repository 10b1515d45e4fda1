import type { CollectedSystem } from '../collected-system.js';

/** Members that hold a secret, or a label in which people put one. */
const VALUES = [
  'keyauth_credentials[]?.key',
  'jwt_secrets[]?.key',
  'jwt_secrets[]?.secret',
  'hmacauth_credentials[]?.secret',
  'basicauth_credentials[]?.password',
  'oauth2_credentials[]?.client_secret',
];
const WITHOUT_VALUES = `{_format_version, consumers: [.consumers[]? | del(.plugins) + {plugins: [.plugins[]? | select(.name == "ip-restriction")]} | del(${VALUES.map((place) => `.${place}`).join(', ')})], plugins: [.plugins[]? | select(.name == "ip-restriction")]}`;

/** Consumers of a Kong Gateway with their credentials, without the keys. */
export const kong: CollectedSystem = {
  id: 'kong',
  title: 'Kong Gateway',
  programs: ['deck'],
  rights: [
    'Read access to the Admin API (Kong Enterprise: a role with read on all endpoints of the workspace).',
    'Kong shows keys to everybody who may list them. They are removed before anything is written; a leak is then not joined',
    'with its key by fingerprint. Kept are consumers, the ids of their credentials, groups and limits to networks.',
  ],
  settings: [
    'DECK_KONG_ADDR, and DECK_HEADERS with the token of the Admin API',
    'KONG_WORKSPACES: workspaces, separated by spaces (default: the one named default)',
  ],
  setup: [
    'KONG_WORKSPACES="$' + '{KONG_WORKSPACES:-default}"',
    'gateway_dump() {',
    '  local workspace=()',
    '  [ "$1" = default ] || workspace=(--workspace "$1")',
    `  deck gateway dump --with-id --format json --analytics=false $` +
      `{workspace[@]+"$` +
      `{workspace[@]}"} |`,
    `    jq '${WITHOUT_VALUES}'`,
    '}',
  ],
  groups: [
    {
      each: { words: 'KONG_WORKSPACES', name: 'WORKSPACE' },
      exports: [
        {
          file: 'kong/$WORKSPACE/consumers.json',
          query: 'deck gateway dump --with-id of workspace $WORKSPACE, without keys',
          command: 'gateway_dump "$WORKSPACE"',
          count: '.consumers | length',
        },
      ],
    },
  ],
};
