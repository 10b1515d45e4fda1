import type { CollectedSystem } from '../collected-system.js';

/** Secrets in the history of repositories. */
export const gitleaks: CollectedSystem = {
  id: 'gitleaks',
  title: 'gitleaks',
  programs: ['gitleaks'],
  rights: ['Read access to the clones of the repositories.'],
  settings: [
    'REPOSITORIES: folders of clones, separated by spaces',
    'The values of secrets are replaced in the report (--redact). Without that, keyproof joins a leak with its key by',
    'fingerprint and keeps no value; the report itself then holds secrets, so remove it afterwards.',
  ],
  setup: ['REPOSITORIES="$' + '{REPOSITORIES:?set REPOSITORIES to the folders of the clones}"'],
  groups: [
    {
      each: { words: 'REPOSITORIES', name: 'REPOSITORY' },
      exports: [
        {
          file: 'gitleaks/$(basename "$REPOSITORY").json',
          query: 'gitleaks git --redact --report-format json $REPOSITORY',
          command:
            'gitleaks git --no-banner --redact --exit-code 0 --report-format json --report-path /dev/stdout "$REPOSITORY"',
          count: 'length',
        },
      ],
    },
  ],
};
