import type { CollectedSystem } from '../collected-system.js';

/** Credentials of applications in Microsoft Entra ID, and who is in the groups that hold roles in Azure. */
export const entra: CollectedSystem = {
  id: 'entra',
  title: 'Microsoft Entra ID',
  programs: ['az'],
  rights: [
    'The directory role "Directory Readers", which reads no secret: Entra shows a secret only when it is made.',
  ],
  settings: [
    'az login --allow-no-subscriptions of the tenant',
    'ENTRA_GROUPS: ids of groups, separated by spaces (default: those with a role in the subscription)',
    'Members of groups come from the beta version of Microsoft Graph: version 1.0 leaves out service principals.',
  ],
  setup: [
    'ENTRA_GROUPS="$' + '{ENTRA_GROUPS:-}"',
    'entra_group_ids() {',
    '  if [ -n "$ENTRA_GROUPS" ]; then tr " " "\n" <<<"$ENTRA_GROUPS"; return; fi',
    '  az role assignment list --all --include-inherited --query "[?principalType==\'Group\'].principalId" --output tsv | sort -u',
    '}',
    '# entra_pages URL; follows the pages',
    'entra_pages() {',
    '  local url="$1" page',
    '  while [ -n "$url" ]; do',
    '    page="$(az rest --method get --url "$url" --output json </dev/null)" || return 1',
    '    printf "%s\n" "$page"',
    '    url="$(jq -r \'."@odata.nextLink" // empty\' <<<"$page")"',
    '  done',
    '}',
    'entra_group_members() {',
    '  local base=https://graph.microsoft.com/beta/groups fields group',
    '  fields="id,displayName,onPremisesSamAccountName,visibility"',
    '  entra_group_ids | while IFS= read -r id; do',
    '    group="$(az rest --method get --url "$base/$id?\\$select=$fields" --output json </dev/null)" || return 1',
    '    entra_pages "$base/$id/transitiveMembers?\\$top=999" | jq -s --arg group "$group" \\',
    '      \'{group: ($group | fromjson), "@odata.context": .[0]."@odata.context", transitiveMembers: map(.value) | add}\' || return 1',
    "  done | jq -s '.'",
    '}',
  ],
  groups: [
    {
      exports: [
        {
          file: 'entra/applications.json',
          query: 'ad app list --all',
          command: 'az ad app list --all --output json',
          count: 'length',
        },
        {
          file: 'entra/group-members.json',
          query: 'GET beta/groups/ID/transitiveMembers of each group',
          command: 'entra_group_members',
          count: 'length',
        },
      ],
    },
  ],
};
