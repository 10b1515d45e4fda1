import type { CollectedSystem } from '../collected-system.js';

/** Items of vaults, and who has a role that reaches them. */
export const azure: CollectedSystem = {
  id: 'azure',
  title: 'Azure Key Vault',
  programs: ['az'],
  rights: [
    'The role "Key Vault Reader" on each vault (or, with access policies: list on secrets, keys and certificates).',
    'It reads metadata only; it cannot read the value of a secret.',
    'The role "Reader" on the subscription lists its role assignments.',
  ],
  settings: ['AZURE_VAULTS: names of vaults, separated by spaces (default: all of the subscription)'],
  setup: [
    'AZURE_VAULTS="$' + '{AZURE_VAULTS:-$(az keyvault list --query "[].name" --output tsv | tr "\\n" " ")}"',
  ],
  groups: [
    {
      exports: [
        {
          file: 'azure/role-assignments.json',
          query: 'role assignment list --all --include-inherited',
          command: 'az role assignment list --all --include-inherited --output json',
          count: 'length',
        },
      ],
    },
    {
      each: { words: 'AZURE_VAULTS', name: 'VAULT' },
      exports: ['secret', 'key', 'certificate'].map((kind) => ({
        file: `azure/$VAULT/${kind}s.json`,
        query: `keyvault ${kind} list --vault-name $VAULT`,
        command: `az keyvault ${kind} list --vault-name "$VAULT" --output json`,
        count: 'length',
      })),
    },
  ],
};
