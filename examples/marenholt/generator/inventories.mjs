import { csv, ndjson, prettyJson } from '../../shared/formats.mjs';
import { groupBy } from '../../shared/group-by.mjs';
import { sha256, stableUuid } from '../../shared/random.mjs';
import { isoMicros, isoOffset, isoSeconds, MINUTE, startOfDay } from '../../shared/time.mjs';
import { AWS, AZURE, GCP, REGION } from './places.mjs';

const NEVER = Number.POSITIVE_INFINITY;

/** What each store lists of its keys, in its own format. */
export function inventoryFiles(keys) {
  const of = (store) => keys.filter((key) => key.store === store);
  return {
    ...byEnvironment(
      of('aws-sm'),
      (environment) => `aws/${AWS[environment]}/list-secrets.json`,
      secretsManager,
    ),
    [`aws/${AWS.production}/list-access-keys.json`]: accessKeys(of('aws-iam')),
    [`aws/${AWS.production}/credential-report.csv`]: credentialReport(of('aws-iam')),
    ...byEnvironment(of('azure-kv'), (environment) => `azure/${AZURE[environment]}-secrets.json`, keyVault),
    'azure/applications.json': applications(of('entra-app')),
    ...byEnvironment(of('gcp-sm'), (environment) => `google/${GCP[environment]}-secrets.json`, googleSecrets),
    ...byEnvironment(
      of('gcp-sm'),
      (environment) => `google/${GCP[environment]}-versions.json`,
      googleVersions,
    ),
    'vault/kv-metadata.ndjson': vaultMetadata(of('vault-kv')),
    ...byEnvironment(of('kong').filter(isActive), (environment) => `kong/deck-${environment}.yaml`, deck),
    'kubernetes/secrets.json': kubernetesSecrets(of('k8s')),
  };
}

const isActive = ({ status }) => status === 'active';

function byEnvironment(keys, pathOf, print) {
  const groups = groupBy(keys, ({ environment }) => environment);
  return Object.fromEntries([...groups].map(([environment, group]) => [pathOf(environment), print(group)]));
}

/** `aws secretsmanager list-secrets --include-planned-deletion`. */
const secretsManager = (keys) => prettyJson({ SecretList: keys.map(secret) });

function secret(key) {
  const account = AWS[key.environment];
  return {
    ARN: key.id,
    Name: key.name,
    KmsKeyId: `arn:aws:kms:${REGION}:${account}:key/${stableUuid(`kms ${account}`)}`,
    RotationEnabled: true,
    RotationLambdaARN: `arn:aws:lambda:${REGION}:${account}:function:secret-rotation`,
    RotationRules: { AutomaticallyAfterDays: key.interval },
    LastRotatedDate: isoMicros(key.rotated + 19 * MINUTE),
    LastChangedDate: isoMicros(key.rotated + 19 * MINUTE),
    LastAccessedDate: isoOffset(startOfDay(key.used)),
    ...(key.revoked ? { DeletedDate: isoMicros(key.revoked) } : {}),
    Tags: [
      { Key: 'service', Value: key.service },
      { Key: 'environment', Value: key.environment },
      { Key: 'managed-by', Value: 'terraform' },
    ],
    SecretVersionsToStages: { [stableUuid(`version of ${key.id}`)]: ['AWSCURRENT'] },
    CreatedDate: isoMicros(key.created),
  };
}

/** `aws iam list-access-keys`, one answer for each user. */
const accessKeys = (keys) =>
  prettyJson(
    keys.map((key) => ({
      AccessKeyMetadata: [
        {
          UserName: key.user,
          AccessKeyId: key.id,
          Status: 'Active',
          CreateDate: isoOffset(startOfSecond(key.rotated)),
        },
      ],
    })),
  );

const startOfSecond = (ms) => Math.floor(ms / 1000) * 1000;

const REPORT_COLUMNS =
  'user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated';

/** `aws iam get-credential-report`, decoded. */
function credentialReport(keys) {
  const cell = (name) => (row) => row[name] ?? 'N/A';
  const columns = Object.fromEntries(REPORT_COLUMNS.split(',').map((name) => [name, cell(name)]));
  return csv(columns, [root(), ...keys.map(reportRow)]).trimEnd();
}

const NONE = {
  access_key_1_active: false,
  access_key_2_active: false,
  cert_1_active: false,
  cert_2_active: false,
};

const root = () => ({
  ...NONE,
  user: '<root_account>',
  arn: `arn:aws:iam::${AWS.production}:root`,
  user_creation_time: '2021-03-08T10:12:44+00:00',
  password_enabled: 'not_supported',
  password_last_used: 'no_information',
  password_last_changed: 'not_supported',
  password_next_rotation: 'not_supported',
  mfa_active: true,
});

const reportRow = (key) => ({
  ...NONE,
  user: key.user,
  arn: key.arn,
  user_creation_time: '2024-02-05T09:30:00+00:00',
  password_enabled: false,
  mfa_active: false,
  access_key_1_active: true,
  access_key_1_last_rotated: isoOffset(startOfSecond(key.rotated)),
  access_key_1_last_used_date: isoOffset(startOfSecond(key.used)),
  access_key_1_last_used_region: REGION,
  access_key_1_last_used_service: 's3',
});

/** `az keyvault secret list`. */
const keyVault = (keys) =>
  prettyJson(
    keys.map((key) => ({
      attributes: {
        created: isoOffset(key.rotated + MINUTE),
        enabled: key.status === 'active',
        expires: key.expires === NEVER ? null : isoOffset(key.expires),
        notBefore: null,
        recoverableDays: 90,
        recoveryLevel: 'Recoverable',
        updated: isoOffset(key.rotated + MINUTE),
      },
      contentType: null,
      id: key.id,
      managed: null,
      name: key.name,
      tags: { environment: key.environment, service: key.service },
    })),
  );

/** `GET /v1.0/applications?$expand=owners` of Microsoft Graph. */
const applications = (keys) =>
  prettyJson({
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#applications(owners())',
    value: keys.map((key) => ({
      id: stableUuid(`object ${key.id}`),
      appId: key.app,
      displayName: key.name,
      signInAudience: 'AzureADMyOrg',
      keyCredentials: [],
      passwordCredentials: [
        {
          customKeyIdentifier: null,
          displayName: 'mail',
          endDateTime: isoSeconds(key.expires),
          hint: null,
          keyId: key.id.split('/')[1],
          secretText: null,
          startDateTime: isoSeconds(key.rotated),
        },
      ],
      owners: [{ '@odata.type': '#microsoft.graph.user', userPrincipalName: key.owner }],
    })),
  });

/** `gcloud secrets list --format=json`. */
const googleSecrets = (keys) =>
  prettyJson(
    keys.map((key) => ({
      createTime: isoSeconds(key.created),
      etag: `"${sha256(key.id).slice(0, 14)}"`,
      ...(key.expires === NEVER ? {} : { expireTime: isoSeconds(key.expires) }),
      labels: { environment: key.environment, service: key.service },
      name: key.id,
      replication: {
        userManaged: { replicas: [{ location: 'europe-west3', customerManagedEncryption: kmsOf(key) }] },
      },
      rotation: { rotationPeriod: `${key.interval * 86_400}s` },
    })),
  );

const kmsOf = ({ environment }) => ({
  kmsKeyName: `projects/mh-kms/locations/europe-west3/keyRings/secrets/cryptoKeys/${GCP[environment]}`,
});

/** `gcloud secrets versions list` of each secret. */
const googleVersions = (keys) =>
  prettyJson(
    keys.map((key) => ({
      createTime: isoSeconds(key.rotated + MINUTE),
      etag: `"${sha256(`version ${key.id}`).slice(0, 14)}"`,
      name: `${key.id}/versions/${key.versions.length + 1}`,
      state: 'ENABLED',
    })),
  );

/** `vault kv metadata get -format=json` of each secret, with its path, one a line. */
const vaultMetadata = (keys) => ndjson(keys.map((key) => ({ path: key.id, data: metadata(key) })));

function metadata(key) {
  const current = key.versions.length + 1;
  const written = isoSeconds(key.rotated + MINUTE);
  return {
    cas_required: false,
    created_time: isoSeconds(key.created),
    current_version: current,
    custom_metadata: { environment: key.environment, service: key.service },
    delete_version_after: '0s',
    max_versions: 2,
    oldest_version: current,
    updated_time: written,
    versions: { [current]: { created_time: written, deletion_time: '', destroyed: false } },
  };
}

/** `deck gateway dump`: consumers with their credentials, whose values decK takes from the environment. */
function deck(keys) {
  const consumers = groupBy(keys, ({ user }) => user);
  return `_format_version: "3.0"\n_info:\n  defaults: {}\nconsumers:\n${[...consumers.values()].map(consumer).join('')}`;
}

function consumer(keys) {
  const [first] = keys;
  const lines = [
    `- username: ${first.user}`,
    `  custom_id: ${first.partner.id}`,
    '  acls:',
    ...first.scopes.map((scope) => `  - group: ${scope}`),
    '  keyauth_credentials:',
    ...keys.flatMap(keyAuth),
    '  plugins:',
    '  - name: ip-restriction',
    '    config:',
    `      allow: [${first.network}]`,
    '  tags:',
    `  - environment:${first.environment}`,
  ];
  return `${lines.join('\n')}\n`;
}

const keyAuth = ({ variable, rotated, expires }) => [
  `  - key: \${{ env "${variable}" }}`,
  ...(expires === NEVER ? [] : [`    ttl: ${Math.round((expires - startOfDay(rotated)) / 1000)}`]),
];

/** `kubectl get secrets -A -o json`, without the values. */
const kubernetesSecrets = (keys) =>
  prettyJson({
    apiVersion: 'v1',
    items: keys.map((key) => ({
      apiVersion: 'v1',
      immutable: true,
      kind: 'Secret',
      metadata: {
        creationTimestamp: isoSeconds(startOfSecond(key.rotated)),
        labels: { 'app.kubernetes.io/name': key.service, environment: key.environment },
        name: 'ingress-tls',
        namespace: key.name.split('/')[0],
        resourceVersion: String(40_000 + (key.rotated % 9999)),
        uid: stableUuid(`k8s ${key.id}`),
      },
      type: 'kubernetes.io/tls',
    })),
    kind: 'List',
    metadata: { resourceVersion: '' },
  });
