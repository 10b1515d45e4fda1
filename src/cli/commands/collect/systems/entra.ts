import type { CollectedSystem } from '../collected-system.js';

/** Credentials of applications in Microsoft Entra ID. */
export const entra: CollectedSystem = {
  id: 'entra',
  title: 'Microsoft Entra ID',
  programs: ['az'],
  rights: [
    'The directory role "Directory Readers", which reads no secret: Entra shows a secret only when it is made.',
  ],
  settings: ['az login --allow-no-subscriptions of the tenant'],
  setup: [],
  groups: [
    {
      exports: [
        {
          file: 'entra/applications.json',
          query: 'ad app list --all',
          command: 'az ad app list --all --output json',
          count: 'length',
        },
      ],
    },
  ],
};
