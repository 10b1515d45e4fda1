import type { CollectedExport, CollectedSystem } from '../collected-system.js';

/** Services whose calls the log is asked for. */
const LOG_SOURCES = ['secretsmanager', 'iam'];

/** Without them ACM lists certificates of RSA 1024 and 2048 only. */
const KEY_TYPES = 'RSA_1024,RSA_2048,RSA_3072,RSA_4096,EC_prime256v1,EC_secp384r1,EC_secp521r1';

/** Secrets, credential report, rights and calls of AWS. */
export const aws: CollectedSystem = {
  id: 'aws',
  title: 'AWS',
  programs: ['aws'],
  rights: [
    'An IAM policy with these actions on Resource "*", for each account:',
    '  secretsmanager:ListSecrets, iam:GenerateCredentialReport, iam:GetCredentialReport, iam:ListUsers, iam:ListAccessKeys,',
    '  iam:ListServiceSpecificCredentials, iam:ListServerCertificates, iam:GetAccountAuthorizationDetails, cloudtrail:LookupEvents,',
    '  secretsmanager:ListSecretVersionIds, ssm:DescribeParameters, acm:ListCertificates',
    'For keys of API Gateway: apigateway:GET on arn:aws:apigateway:*::/apikeys, /usageplans and /usageplans/*; the value of a key is not asked for.',
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
    'access_keys() {',
    '  aws iam list-users --query "Users[].[UserName]" --output text | while IFS= read -r user; do',
    '    aws iam list-access-keys --user-name "$user" --output json </dev/null || return 1',
    "  done | jq -s '{AccessKeyMetadata: map(.AccessKeyMetadata[])}'",
    '}',
    'service_credentials() {',
    '  aws iam list-users --query "Users[].[UserName]" --output text | while IFS= read -r user; do',
    '    aws iam list-service-specific-credentials --user-name "$user" --output json </dev/null || return 1',
    "  done | jq -s '{ServiceSpecificCredentials: map(.ServiceSpecificCredentials[])}'",
    '}',
    '# secret_versions REGION: the versions of each secret, which show when its value was replaced by hand',
    'secret_versions() {',
    '  aws secretsmanager list-secrets --region "$1" --query "SecretList[].[ARN]" --output text | while IFS= read -r arn; do',
    '    aws secretsmanager list-secret-version-ids --include-deprecated --secret-id "$arn" --region "$1" --output json </dev/null || return 1',
    '  done | jq -s .',
    '}',
    '# usage_plans REGION: each plan with its keys, because a list of keys does not name its plan',
    'usage_plans() {',
    '  local plan id',
    '  aws apigateway get-usage-plans --region "$1" --output json | jq -c ".items[]" | while IFS= read -r plan; do',
    '    id="$(jq -r .id <<<"$plan")"',
    '    aws apigateway get-usage-plan-keys --usage-plan-id "$id" --region "$1" --output json </dev/null |',
    '      jq -c --argjson plan "$plan" \'$plan + {keys: [.items[] | del(.value)]}\' || return 1',
    "  done | jq -s '{items: .}'",
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
        {
          file: 'aws/$ACCOUNT/access-keys.json',
          query: 'iam list-access-keys for each user of iam list-users',
          command: 'access_keys',
          count: '.AccessKeyMetadata | length',
        },
        {
          file: 'aws/$ACCOUNT/service-specific-credentials.json',
          query: 'iam list-service-specific-credentials for each user of iam list-users',
          command: 'service_credentials',
          count: '.ServiceSpecificCredentials | length',
        },
        {
          file: 'aws/$ACCOUNT/server-certificates.json',
          query: 'iam list-server-certificates',
          command: 'aws iam list-server-certificates --output json',
          count: '.ServerCertificateMetadataList | length',
        },
        {
          file: 'aws/$ACCOUNT/authorization-details.json',
          query: 'iam get-account-authorization-details',
          command: 'aws iam get-account-authorization-details --output json',
          count: '[.UserDetailList, .GroupDetailList, .RoleDetailList, .Policies] | map(length) | add',
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
        {
          file: 'aws/$ACCOUNT/$REGION/secret-versions.json',
          query:
            'secretsmanager list-secret-version-ids --include-deprecated of each secret of list-secrets, --region $REGION',
          command: 'secret_versions "$REGION"',
          count: 'length',
        },
        {
          file: 'aws/$ACCOUNT/$REGION/parameters.json',
          query: 'ssm describe-parameters --parameter-filters Key=Type,Values=SecureString --region $REGION',
          command:
            'aws ssm describe-parameters --parameter-filters Key=Type,Values=SecureString --region "$REGION" --output json',
          count: '.Parameters | length',
        },
        {
          file: 'aws/$ACCOUNT/$REGION/certificates.json',
          query: `acm list-certificates --includes keyTypes=${KEY_TYPES} --region $REGION`,
          command: `aws acm list-certificates --includes keyTypes=${KEY_TYPES} --region "$REGION" --output json`,
          count: '.CertificateSummaryList | length',
        },
        {
          file: 'aws/$ACCOUNT/$REGION/api-keys.json',
          query: 'apigateway get-api-keys --no-include-values --region $REGION',
          command: 'aws apigateway get-api-keys --no-include-values --region "$REGION" --output json',
          count: '.items | length',
        },
        {
          file: 'aws/$ACCOUNT/$REGION/usage-plans.json',
          query: 'apigateway get-usage-plans, and get-usage-plan-keys of each, --region $REGION',
          command: 'usage_plans "$REGION"',
          count: '.items | length',
        },
        ...LOG_SOURCES.map((source): CollectedExport => {
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
};
