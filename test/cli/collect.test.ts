import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { InputFile } from '../../src/model/index.js';
import { keyproof } from '../support/cli.js';

const root = mkdtempSync(join(tmpdir(), 'keyproof-collect-'));
afterAll(() => rmSync(root, { recursive: true }));

const SECRET_ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:nb/cards-AbCdEf';
const EVENT = JSON.stringify({
  eventVersion: '1.09',
  eventTime: '2026-09-20T10:00:00Z',
  eventSource: 'secretsmanager.amazonaws.com',
  eventName: 'DescribeSecret',
  awsRegion: 'eu-west-1',
  eventID: '0a1b2c3d-0000-4000-8000-000000000001',
  requestParameters: { secretId: SECRET_ARN },
  userIdentity: { type: 'IAMUser', userName: 'moss', arn: 'arn:aws:iam::111122223333:user/moss' },
});
const REPORT = `user,arn,user_creation_time,password_enabled,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_2_active
moss,arn:aws:iam::111122223333:user/moss,2025-01-02T03:04:05+00:00,true,true,true,2026-08-01T00:00:00+00:00,false
`;

/** Stands for the value of a secret, which no export may hold. */
const VALUE = 'bm90LWEtc2VjcmV0';

const GROUP = '5d1c0000-0000-4000-8000-000000000003';

/** What a stub does: the text that it prints, or what it prints before it fails. */
type Answer = string | { text: string; exit: number };

/** What each stub prints, by the beginning of its arguments; `"*"` stands for any of them. */
const STUBS: { [program: string]: { [beginning: string]: Answer } } = {
  aws: {
    'configure get region': 'eu-west-1',
    'sts get-caller-identity': '111122223333',
    'iam generate-credential-report': 'COMPLETE',
    'iam get-credential-report': Buffer.from(REPORT).toString('base64'),
    'iam list-users': 'moss\nfern\n',
    'iam list-access-keys --user-name moss': json({
      AccessKeyMetadata: [
        {
          UserName: 'moss',
          AccessKeyId: `AKIA${'NORTHBRIDGE00001'}`,
          Status: 'Active',
          CreateDate: '2026-08-01T00:00:00+00:00',
        },
      ],
    }),
    'iam list-access-keys --user-name fern': json({ AccessKeyMetadata: [] }),
    'iam list-service-specific-credentials --user-name moss': json({
      ServiceSpecificCredentials: [
        {
          UserName: 'moss',
          Status: 'Active',
          CreateDate: '2026-01-02T03:04:05+00:00',
          ServiceSpecificCredentialId: 'ACCANORTHBRIDGE00001',
          ServiceName: 'codecommit.amazonaws.com',
        },
      ],
    }),
    'iam list-service-specific-credentials --user-name fern': json({ ServiceSpecificCredentials: [] }),
    'iam list-server-certificates': json({
      ServerCertificateMetadataList: [
        {
          Path: '/',
          ServerCertificateName: 'cards',
          ServerCertificateId: 'ASCANORTHBRIDGE00001',
          Arn: 'arn:aws:iam::111122223333:server-certificate/cards',
          UploadDate: '2026-01-02T03:04:05+00:00',
          Expiration: '2027-01-02T03:04:05+00:00',
        },
      ],
    }),
    'ssm describe-parameters': json({
      Parameters: [
        {
          Name: '/nb/cards',
          ARN: 'arn:aws:ssm:eu-west-1:111122223333:parameter/nb/cards',
          Type: 'SecureString',
          LastModifiedDate: '2026-01-02T03:04:05+00:00',
          Version: 3,
          DataType: 'text',
        },
      ],
    }),
    'acm list-certificates': json({
      CertificateSummaryList: [
        {
          CertificateArn:
            'arn:aws:acm:eu-west-1:111122223333:certificate/0a1b2c3d-0000-4000-8000-000000000002',
          DomainName: 'cards.northbridge.example',
          Status: 'ISSUED',
          NotBefore: '2026-01-02T03:04:05+00:00',
          NotAfter: '2027-01-02T03:04:05+00:00',
        },
      ],
    }),
    'iam get-account-authorization-details': json({
      UserDetailList: [
        {
          UserName: 'moss',
          Arn: 'arn:aws:iam::111122223333:user/moss',
          UserPolicyList: [],
          GroupList: [],
          AttachedManagedPolicies: [],
        },
      ],
      GroupDetailList: [],
      RoleDetailList: [],
      Policies: [],
    }),
    'apigateway get-api-keys --no-include-values': json({
      items: [
        {
          id: 'nb1api2key',
          name: 'cards',
          enabled: true,
          createdDate: '2026-01-02T03:04:05+00:00',
          stageKeys: [],
        },
      ],
    }),
    'apigateway get-usage-plans': json({
      items: [{ id: 'p1', name: 'partners', apiStages: [{ apiId: 'a1', stage: 'prod' }] }],
    }),
    'apigateway get-usage-plan-keys --usage-plan-id p1': json({
      items: [{ id: 'nb1api2key', type: 'API_KEY', name: 'cards', value: VALUE }],
    }),
    'secretsmanager list-secrets --region eu-west-1 --query SecretList[].[ARN]': `${SECRET_ARN}\n`,
    'secretsmanager list-secret-version-ids': json({
      Versions: [
        {
          VersionId: '0a1b2c3d-0000-4000-8000-000000000003',
          VersionStages: ['AWSCURRENT'],
          CreatedDate: '2026-01-02T03:04:05+00:00',
        },
      ],
      ARN: SECRET_ARN,
      Name: 'nb/cards',
    }),
    'secretsmanager list-secrets': json({
      SecretList: [
        {
          ARN: SECRET_ARN,
          Name: 'nb/cards',
          CreatedDate: '2026-01-02T03:04:05+00:00',
          RotationEnabled: true,
        },
      ],
    }),
    'cloudtrail lookup-events --lookup-attributes AttributeKey=EventSource,AttributeValue=iam.amazonaws.com':
      json({ Events: [] }),
    'cloudtrail lookup-events': json({
      Events: [
        {
          EventId: '0a1b2c3d-0000-4000-8000-000000000001',
          EventName: 'DescribeSecret',
          EventTime: '2026-09-20T10:00:00Z',
          CloudTrailEvent: EVENT,
        },
      ],
    }),
  },
  az: {
    "role assignment list --all --include-inherited --query [?principalType=='Group'].principalId": `${GROUP}\n`,
    [`rest --method get --url https://graph.microsoft.com/beta/groups/${GROUP}?\\$select=id,displayName,onPremisesSamAccountName,visibility`]:
      json({ id: GROUP, displayName: 'Payments', onPremisesSamAccountName: null, visibility: null }),
    [`rest --method get --url https://graph.microsoft.com/beta/groups/${GROUP}/transitiveMembers?\\$top=999`]:
      json(membersPage('p1', `https://graph.microsoft.com/beta/groups/${GROUP}/transitiveMembers?next`)),
    [`rest --method get --url https://graph.microsoft.com/beta/groups/${GROUP}/transitiveMembers?next`]: json(
      membersPage('p2'),
    ),
    'role assignment list --all --include-inherited': json([
      {
        principalId: 'b7e1',
        principalName: 'moss@northbridge.example',
        principalType: 'User',
        roleDefinitionId: '/subscriptions/s1/providers/Microsoft.Authorization/roleDefinitions/r1',
        roleDefinitionName: 'Key Vault Administrator',
        scope: '/subscriptions/s1',
      },
    ]),
    'ad app list --all': json([
      {
        id: 'a1',
        appId: '5d1c0000-0000-4000-8000-000000000001',
        displayName: 'cards',
        keyCredentials: [],
        passwordCredentials: [
          {
            keyId: '5d1c0000-0000-4000-8000-000000000002',
            startDateTime: '2026-01-02T00:00:00Z',
            endDateTime: '2027-01-02T00:00:00Z',
          },
        ],
      },
    ]),
    'keyvault list': 'nb-payments-prod',
    'keyvault secret list': azure('secrets'),
    'keyvault key list': azure('keys'),
    'keyvault certificate list': { text: '', exit: 3 },
  },
  gcloud: {
    'config get-value project': 'nb-pay',
    'secrets list --project nb-pay --format=value(name.basename())': 'sepa\nswift\n',
    'secrets list': json([
      {
        name: 'projects/nb-pay/secrets/sepa',
        createTime: '2026-01-02T03:04:05Z',
        replication: { automatic: {} },
      },
    ]),
    'secrets versions list sepa': json([
      {
        name: 'projects/nb-pay/secrets/sepa/versions/1',
        createTime: '2026-01-02T03:04:05Z',
        state: 'ENABLED',
      },
    ]),
    'secrets versions list swift': json([]),
    'iam service-accounts list': 'pay@nb-pay.iam.gserviceaccount.com\n',
    'iam service-accounts keys list': json([
      {
        name: 'projects/nb-pay/serviceAccounts/pay@nb-pay.iam.gserviceaccount.com/keys/0a1b',
        keyType: 'USER_MANAGED',
        validAfterTime: '2026-01-02T03:04:05Z',
        validBeforeTime: '9999-12-31T23:59:59Z',
      },
    ]),
    'services api-keys list': json([
      {
        name: 'projects/1234/locations/global/keys/k1',
        uid: 'k1',
        displayName: 'maps',
        createTime: '2026-01-02T03:04:05Z',
      },
    ]),
    'projects get-iam-policy nb-pay --flatten=bindings[].members':
      'user:moss@northbridge.example\ngroup:pay@northbridge.example\n',
    'identity groups memberships list --group-email=pay@northbridge.example --view=full': json([
      membership('moss@northbridge.example', 'USER'),
      membership('oncall@northbridge.example', 'GROUP'),
    ]),
    'identity groups memberships list --group-email=oncall@northbridge.example --view=full': json([]),
    'projects get-iam-policy nb-pay': json({
      bindings: [{ role: 'roles/secretmanager.admin', members: ['user:moss@northbridge.example'] }],
      etag: 'BwX=',
      version: 1,
    }),
    'logging read': json([
      {
        insertId: 'i1',
        timestamp: '2026-09-20T10:00:00Z',
        protoPayload: {
          serviceName: 'secretmanager.googleapis.com',
          methodName: 'google.cloud.secretmanager.v1.SecretManagerService.AccessSecretVersion',
          resourceName: 'projects/nb-pay/secrets/sepa/versions/1',
          authenticationInfo: { principalEmail: 'moss@northbridge.example' },
        },
      },
    ]),
  },
  vault: {
    'secrets list -format=json': json({
      'kv/': { type: 'kv', options: { version: '2' } },
      'old/': { type: 'kv', options: null },
      'sys/': { type: 'system' },
    }),
    'list -format=json kv/metadata/': json(['payments/', 'empty/', 'swift']),
    'list -format=json kv/metadata/payments/': json(['sepa']),
    'list -format=json kv/metadata/empty/': { text: '{}', exit: 2 },
    'kv metadata get -format=json -mount=kv': json({
      data: {
        created_time: '2026-01-02T03:04:05Z',
        current_version: 1,
        custom_metadata: null,
        versions: { '1': { created_time: '2026-01-02T03:04:05Z', deletion_time: '', destroyed: false } },
      },
    }),
    'list -format=json auth/token/accessors': json(['acc1']),
    'list -format=json sys/policies/acl': json(['default', 'sepa-read']),
    'read -format=json sys/policies/acl/default': json({
      data: { name: 'default', policy: 'path "auth/token/lookup-self" { capabilities = ["read"] }' },
    }),
    'read -format=json sys/policies/acl/sepa-read': json({
      data: { name: 'sepa-read', policy: 'path "kv/data/payments/sepa" { capabilities = ["read"] }' },
    }),
    'token lookup -format=json -accessor acc1': json({
      data: {
        accessor: 'acc1',
        creation_time: 1767323045,
        creation_ttl: 0,
        expire_time: null,
        id: '',
        policies: ['default'],
      },
    }),
  },
  kubectl: {
    'config current-context': 'nb-prod',
    '--context nb-prod get secrets -A -o json': json({
      apiVersion: 'v1',
      kind: 'List',
      items: [
        {
          apiVersion: 'v1',
          kind: 'Secret',
          metadata: { name: 'sepa', namespace: 'payments', creationTimestamp: '2026-01-02T03:04:05Z' },
          data: { password: VALUE },
        },
      ],
    }),
    '--context nb-prod get roles,clusterroles,rolebindings,clusterrolebindings -A -o json': json({
      apiVersion: 'v1',
      kind: 'List',
      items: [
        {
          apiVersion: 'rbac.authorization.k8s.io/v1',
          kind: 'ClusterRoleBinding',
          metadata: { name: 'admins' },
          roleRef: { kind: 'ClusterRole', name: 'cluster-admin' },
          subjects: [{ kind: 'User', name: 'moss' }],
        },
      ],
    }),
  },
  deck: {
    'gateway dump --with-id --format json --analytics=false': json({
      _format_version: '3.0',
      consumers: [{ username: 'cards', id: 'c1', keyauth_credentials: [{ id: 'k1', key: VALUE }] }],
      plugins: [{ name: 'openid-connect', config: { client_secret: [VALUE] } }],
    }),
  },
  gh: {
    'api --paginate orgs/northbridge/personal-access-tokens?per_page=100':
      json([githubToken(1)]) + json([githubToken(2)]),
    'api --paginate orgs/northbridge/secret-scanning/alerts?hide_secret=true&per_page=100': json([
      {
        number: 1,
        state: 'open',
        secret_type: 'google_api_key',
        created_at: '2026-06-01T00:00:00Z',
        repository: { full_name: 'northbridge/cards' },
      },
    ]),
    'api --paginate orgs/northbridge/repos?type=all&per_page=100 --jq': 'northbridge/cards\n',
    'api --paginate repos/northbridge/cards/keys?per_page=100': json([
      {
        id: 1,
        key: 'ssh-ed25519 AAAA',
        url: 'https://api.github.com/repos/northbridge/cards/keys/1',
        title: 'release',
        verified: true,
        created_at: '2026-01-02T03:04:05Z',
        read_only: true,
      },
    ]),
    'api --paginate orgs/northbridge/repos?type=all&per_page=100': json([
      { full_name: 'northbridge/cards', node_id: 'R1', default_branch: 'main', archived: false },
    ]),
    'api --paginate orgs/northbridge/credential-authorizations?per_page=100': json([
      {
        login: 'moss',
        credential_id: 161195,
        credential_type: 'personal access token',
        credential_authorized_at: '2026-01-02T03:04:05Z',
      },
    ]),
    'api --paginate orgs/northbridge/audit-log?phrase=created:2026-07-01..2026-09-30': json([
      {
        '@timestamp': 1789898400000,
        _document_id: 'd1',
        action: 'public_key.create',
        actor: 'moss',
        org: 'northbridge',
      },
    ]),
  },
  glab: {
    'api user': json({ is_admin: true }),
    'api --paginate personal_access_tokens?per_page=100': json([gitlabToken(1)]) + json([gitlabToken(2)]),
    'api --paginate groups/nb%2Fcards/access_tokens?per_page=100': json([
      { ...gitlabToken(3), access_level: 40 },
    ]),
  },
  curl: {
    '--fail"*"/api/v1/groups': json([{ id: '00g1', type: 'OKTA_GROUP', profile: { name: 'Payments' } }]),
    '--fail"*"/api/v1/groups/00g1/users': json([
      { id: '00u1', status: 'ACTIVE', profile: { login: 'moss@northbridge.example' } },
    ]),
    '--fail --silent --show-error --dump-header': json([
      { id: '00T1', name: 'cards', userId: '00u1', tokenWindow: 'P30D', created: '2026-01-02T03:04:05Z' },
    ]),
  },
  gitleaks: {
    git: json([
      {
        RuleID: 'generic-api-key',
        Description: 'Key',
        File: 'a.ts',
        StartLine: 1,
        Secret: 'REDACTED',
        Match: 'REDACTED',
        Commit: 'c0ffee',
        Date: '2026-06-01T00:00:00Z',
        Fingerprint: 'c0ffee:a.ts:generic-api-key:1',
      },
    ]),
  },
};

function json(value: unknown): string {
  return JSON.stringify(value);
}

function membersPage(id: string, next?: string): object {
  return {
    '@odata.context': 'https://graph.microsoft.com/beta/$metadata#directoryObjects',
    ...(next === undefined ? {} : { '@odata.nextLink': next }),
    value: [{ '@odata.type': '#microsoft.graph.user', id, userPrincipalName: `${id}@northbridge.example` }],
  };
}

function membership(id: string, type: string): object {
  return { name: `groups/03x8/memberships/${id}`, preferredMemberKey: { id }, type };
}

function azure(kind: string): string {
  const id = `https://nb-payments-prod.vault.azure.net/${kind}/sepa`;
  return json([
    {
      ...(kind === 'keys' ? { kid: id } : { id }),
      name: 'sepa',
      attributes: { enabled: true, created: '2026-01-02T03:04:05+00:00' },
    },
  ]);
}

function githubToken(id: number): object {
  return {
    id,
    token_id: 100 + id,
    owner: { login: 'moss' },
    permissions: {},
    access_granted_at: '2026-01-02T03:04:05Z',
  };
}

function gitlabToken(id: number): object {
  return {
    id,
    name: 'ci',
    revoked: false,
    active: true,
    scopes: ['api'],
    user_id: 7,
    created_at: '2026-01-02T03:04:05Z',
    expires_at: null,
  };
}

/** Writes stubs that print what the real programs print, and fail on anything they are not expected to be asked. */
function stubs(): string {
  const bin = join(root, 'bin');
  mkdirSync(bin, { recursive: true });
  for (const [program, answers] of Object.entries(STUBS)) {
    const cases = Object.entries(answers).map(([beginning, answer], index) => {
      const { text, exit } = typeof answer === 'string' ? { text: answer, exit: 0 } : answer;
      const file = join(bin, `${program}-${index}`);
      writeFileSync(file, text);
      return `"${beginning}"[\\ \\&]*) cat "${file}"; exit ${exit};;`;
    });
    const file = join(bin, program);
    writeFileSync(
      file,
      `#!/bin/sh\necho "${program} $*" >>"${join(root, 'asked')}"\ncase "$* " in ${cases.join(' ')} *) exit 9;; esac\n`,
    );
    chmodSync(file, 0o755);
  }
  return bin;
}

async function scriptFor(...systems: string[]): Promise<string> {
  const { code, stdout } = await keyproof(['collect', '--print', ...systems]);
  expect(code).toBe(0);
  return stdout;
}

const hasPrograms = ['bash', 'jq'].every((name) => spawnSync(name, ['--version']).status === 0);

describe.skipIf(!hasPrograms)('the script of collect --print (skipped without bash and jq)', () => {
  it.each([[], ['aws,azure']])('is valid Bash: %j', async (...systems) => {
    const checked = spawnSync('bash', ['-n'], { input: await scriptFor(...systems), encoding: 'utf8' });
    expect(checked).toMatchObject({ status: 0, stderr: '' });
  });

  it('takes exports that keyproof recognises, and a manifest that agrees with them', async () => {
    const out = join(root, 'exports');
    const script = join(root, 'collect.sh');
    writeFileSync(script, await scriptFor());
    const ran = spawnSync('bash', [script], {
      encoding: 'utf8',
      env: {
        PATH: `${stubs()}:${process.env['PATH']}`,
        OUT: out,
        REPOSITORIES: '/src/cards',
        GITHUB_ORGANISATIONS: 'northbridge',
        GITHUB_SSO: 'northbridge',
        GITLAB_GROUPS: 'nb/cards',
        OKTA_DOMAIN: 'northbridge.okta.com',
        OKTA_TOKEN: VALUE,
        FROM: '2026-07-01T00:00:00Z',
        TO: '2026-09-30T23:59:59Z',
      },
    });
    expect(ran.stderr).toBe(
      'not taken: azure/nb-payments-prod/certificates.json (keyvault certificate list --vault-name nb-payments-prod)\nSome exports were not taken; see above.\n',
    );
    expect(ran.status).toBe(1);
    expect(existsSync(join(out, 'azure/nb-payments-prod/certificates.json'))).toBe(false);

    const { stdout } = await keyproof(['inspect', out, '--json']);
    const { files }: { files: InputFile[] } = JSON.parse(stdout);
    expect(files.map(({ path, state, adapter, records }) => [path, state, adapter, records])).toEqual([
      ['aws/111122223333/access-keys.json', 'used', 'aws-iam-access-keys', 1],
      ['aws/111122223333/authorization-details.json', 'used', 'aws-account-authorization', 1],
      ['aws/111122223333/credential-report.csv', 'used', 'aws-iam-credential-report', 1],
      ['aws/111122223333/eu-west-1/api-keys.json', 'used', 'aws-api-gateway-keys', 1],
      ['aws/111122223333/eu-west-1/certificates.json', 'used', 'aws-certificates', 1],
      ['aws/111122223333/eu-west-1/list-secrets.json', 'used', 'aws-secrets-manager', 1],
      ['aws/111122223333/eu-west-1/lookup-events-iam.json', 'not-used', null, 0],
      ['aws/111122223333/eu-west-1/lookup-events-secretsmanager.json', 'used', 'aws-cloudtrail', 1],
      ['aws/111122223333/eu-west-1/parameters.json', 'used', 'aws-ssm-parameters', 1],
      ['aws/111122223333/eu-west-1/secret-versions.json', 'used', 'aws-secret-versions', 1],
      ['aws/111122223333/eu-west-1/usage-plans.json', 'used', 'aws-api-gateway-usage-plans', 1],
      ['aws/111122223333/server-certificates.json', 'used', 'aws-certificates', 1],
      ['aws/111122223333/service-specific-credentials.json', 'used', 'aws-service-specific-credentials', 1],
      ['azure/nb-payments-prod/keys.json', 'used', 'azure-key-vault', 1],
      ['azure/nb-payments-prod/secrets.json', 'used', 'azure-key-vault', 1],
      ['azure/role-assignments.json', 'used', 'azure-role-assignments', 1],
      ['entra/applications.json', 'used', 'entra-applications', 1],
      ['entra/group-members.json', 'used', 'entra-group-members', 1],
      ['extracts.csv', 'used', 'canonical', 42],
      ['gcp/nb-pay/api-keys.json', 'used', 'gcp-api-keys', 1],
      ['gcp/nb-pay/audit-log.json', 'used', 'gcp-audit-log', 1],
      ['gcp/nb-pay/group-members.json', 'used', 'gcp-group-members', 2],
      ['gcp/nb-pay/iam-policy.json', 'used', 'gcp-iam-policy', 1],
      ['gcp/nb-pay/secret-versions.json', 'used', 'gcp-secret-manager', 1],
      ['gcp/nb-pay/secrets.json', 'used', 'gcp-secret-manager', 1],
      ['gcp/nb-pay/service-account-keys.json', 'used', 'gcp-service-account-keys', 1],
      ['github/northbridge/audit-log.json', 'used', 'github-audit-log', 1],
      ['github/northbridge/credential-authorizations.json', 'used', 'github-tokens', 1],
      ['github/northbridge/deploy-keys.json', 'used', 'github-deploy-keys', 1],
      ['github/northbridge/personal-access-tokens.json', 'used', 'github-tokens', 2],
      ['github/northbridge/repositories.json', 'used', 'github-repositories', 1],
      ['github/northbridge/secret-scanning-alerts.json', 'used', 'github-secret-scanning', 1],
      ['gitlab/groups/nb-cards.json', 'used', 'gitlab-access-tokens', 1],
      ['gitlab/personal-access-tokens.json', 'used', 'gitlab-access-tokens', 2],
      ['gitleaks/cards.json', 'used', 'gitleaks', 1],
      ['k8s/nb-prod/rbac.json', 'used', 'kubernetes-rbac', 1],
      ['k8s/nb-prod/secrets.json', 'used', 'kubernetes-secrets', 1],
      ['kong/default/consumers.json', 'used', 'kong-consumers', 1],
      ['okta/northbridge.okta.com/api-tokens.json', 'used', 'okta-api-tokens', 1],
      ['okta/northbridge.okta.com/group-members.json', 'used', 'okta-group-members', 1],
      ['vault/kv/metadata.ndjson', 'used', 'vault-kv-metadata', 2],
      ['vault/policies.ndjson', 'used', 'vault-policies', 2],
      ['vault/tokens.ndjson', 'used', 'vault-token', 1],
    ]);
    const manifest = readFileSync(join(out, 'extracts.csv'), 'utf8');
    for (const { path, records } of files.filter(({ adapter }) => adapter !== 'canonical')) {
      const sha256 = createHash('sha256')
        .update(readFileSync(join(out, path)))
        .digest('hex');
      const line = manifest.split('\n').find((text) => text.startsWith(`"${path}",`)) ?? '';
      expect(line).toContain(`"${records}","${sha256}",`);
    }
    expect(manifest).toContain('"2026-07-01T00:00:00Z","2026-09-30T23:59:59Z"');
    const holding = files.filter(({ path }) => readFileSync(join(out, path), 'utf8').includes(VALUE));
    expect(holding).toEqual([]);
  });

  it('asks for nothing but lists and reports', () => {
    const asked = readFileSync(join(root, 'asked'), 'utf8').trim().split('\n');
    const READS = [
      /^aws (configure get|sts get|iam (generate|get|list)-|apigateway get-(api-keys --no-include-values|usage-plan)|secretsmanager list-secret|ssm describe-parameters|acm list-|cloudtrail lookup-events)/,
      /^az (keyvault (\w+ )?list|role assignment list|ad app list|rest --method get )/,
      /^gcloud (config get-value|(\S+ )+list |projects get-iam-policy|logging read)/,
      /^vault (secrets list |list |read -format=json sys\/policies\/acl\/|kv metadata get |token lookup \S+ -accessor )/,
      /^kubectl (config current-context|\S+ \S+ get )/,
      /^(deck gateway dump|gh api --paginate (orgs|repos)\/|glab api (--paginate )?\S+$|curl --fail [^|]*\/(api-tokens|groups|users)$|gitleaks git .*--redact)/,
    ];
    expect(asked.length).toBeGreaterThan(8);
    expect(asked.filter((line) => !READS.some((read) => read.test(line)))).toEqual([]);
  });
});

describe('keyproof collect', () => {
  it('runs nothing: without --print it says so', async () => {
    expect(await keyproof(['collect', 'aws'])).toMatchObject({
      code: 2,
      stdout: '',
      stderr:
        'keyproof: keyproof runs nothing in your systems; add --print to get the commands, read them, and run them yourself.\n',
    });
  });

  it('names the nearest system for one it does not know', async () => {
    const { code, stderr } = await keyproof(['collect', '--print', 'azur']);
    expect(code).toBe(2);
    expect(stderr).toContain('"azur" is not a system whose commands keyproof prints');
    expect(stderr).toContain(
      'Systems: aws, azure, entra, gcp, vault, k8s, kong, github, gitlab, okta, gitleaks.',
    );
  });
});
