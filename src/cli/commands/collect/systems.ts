/** One export of a system. */
export type CollectedExport = {
  /** Path of the file below the folder of exports; may use variables of the loops. */
  file: string;
  /** What was asked, for the manifest. */
  query: string;
  /** Bash command that prints the export on standard output and changes nothing. */
  command: string;
  /** jq filter that counts the records of the file; `csv` for a table with a header. */
  count: string;
  /** Whether the export is of the log of $FROM to $TO. */
  isLog?: true;
};

/** The exports of one system. */
export type CollectedSystem = {
  /** Name, as the command takes it. */
  id: string;
  /** Name for people and in the manifest. */
  title: string;
  /** Programs that its commands call, beside those of every script. */
  programs: readonly string[];
  /** The least rights that its commands need, one line each. */
  rights: readonly string[];
  /** What to set before, one line each. */
  settings: readonly string[];
  /** Bash lines before the first export: variables and their defaults. */
  setup: readonly string[];
  /** Groups of exports: once, or for each word of a variable. */
  groups: readonly {
    /** Variable with the words to go through, and the name of one; left out for once. */
    each?: { words: string; name: string };
    /** Exports of the group, in this order. */
    exports: readonly CollectedExport[];
  }[];
};

const AWS_LOG_SOURCES = ['secretsmanager', 'iam'];

/** Every system whose exports keyproof reads and whose commands it prints. */
export const SYSTEMS: readonly CollectedSystem[] = [
  {
    id: 'aws',
    title: 'AWS',
    programs: ['aws'],
    rights: [
      'An IAM policy with these actions on Resource "*", for each account:',
      '  secretsmanager:ListSecrets, iam:GenerateCredentialReport, iam:GetCredentialReport, cloudtrail:LookupEvents',
      'None of them reads the value of a secret.',
    ],
    settings: [
      'AWS_REGIONS: regions, separated by spaces (default: the region of the profile)',
      'FROM, TO: the time the log is taken of; lookup-events reaches back 90 days, older logs are in the bucket of the trail',
    ],
    setup: [
      'AWS_REGIONS="$' + '{AWS_REGIONS:-$(aws configure get region)}"',
      'ACCOUNT="$(aws sts get-caller-identity --query Account --output text)"',
      'credential_report() {',
      '  until [ "$(aws iam generate-credential-report --query State --output text)" = COMPLETE ]; do sleep 2; done',
      '  aws iam get-credential-report --query Content --output text | base64 --decode',
      '}',
    ],
    groups: [
      {
        exports: [
          {
            file: 'aws/$ACCOUNT/credential-report.csv',
            query: 'iam get-credential-report',
            command: 'credential_report',
            count: 'csv',
          },
        ],
      },
      {
        each: { words: 'AWS_REGIONS', name: 'REGION' },
        exports: [
          {
            file: 'aws/$ACCOUNT/$REGION/list-secrets.json',
            query: 'secretsmanager list-secrets --include-planned-deletion --region $REGION',
            command:
              'aws secretsmanager list-secrets --include-planned-deletion --region "$REGION" --output json',
            count: '.SecretList | length',
          },
          ...AWS_LOG_SOURCES.map((source): CollectedExport => {
            const asked = `AttributeKey=EventSource,AttributeValue=${source}.amazonaws.com`;
            return {
              file: `aws/$ACCOUNT/$REGION/lookup-events-${source}.json`,
              query: `cloudtrail lookup-events --lookup-attributes ${asked} --start-time $FROM --end-time $TO --region $REGION`,
              command: `aws cloudtrail lookup-events --lookup-attributes ${asked} --start-time "$FROM" --end-time "$TO" --region "$REGION" --output json`,
              count: '.Events | length',
              isLog: true,
            };
          }),
        ],
      },
    ],
  },
  {
    id: 'azure',
    title: 'Azure Key Vault',
    programs: ['az'],
    rights: [
      'The role "Key Vault Reader" on each vault (or, with access policies: list on secrets, keys and certificates).',
      'It reads metadata only; it cannot read the value of a secret.',
    ],
    settings: ['AZURE_VAULTS: names of vaults, separated by spaces (default: all of the subscription)'],
    setup: [
      'AZURE_VAULTS="$' +
        '{AZURE_VAULTS:-$(az keyvault list --query "[].name" --output tsv | tr "\\n" " ")}"',
    ],
    groups: [
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
  },
  {
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
  },
];
