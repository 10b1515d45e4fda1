import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readInput } from './cases.js';
import { sampleExport } from './read-with-adapter.js';

/** What becomes of a real export. */
type Expected = [file: string, adapter: string, produced: { [kind: string]: number }, also?: object];

/** Every real export of these systems in shared/samples, with what it gives; no other file may be in their folders. */
const EXPECTED: readonly Expected[] = [
  ['apigee-developer-apps/apps-describe.gcloud-test.json', 'apigee-apps', { keys: 1 }],
  [
    'aws-iam-access-keys/get-access-key-last-used.docs.json',
    'aws-iam-access-keys',
    { keys: 0 },
    { skipped: 1 },
  ],
  ['aws-iam-access-keys/list-access-keys.c7n-multi.json', 'aws-iam-access-keys', { keys: 2 }],
  ['aws-iam-access-keys/list-access-keys.docs.json', 'aws-iam-access-keys', { keys: 2 }],
  [
    'aws-account-authorization-details/cloudsplaining.example-authz-details.json',
    'aws-account-authorization',
    { grants: 8, principals: 6 },
  ],
  [
    'aws-account-authorization-details/docs.json',
    'aws-account-authorization',
    { grants: 4, principals: 4 },
    { truncated: true },
  ],
  [
    'azure-keyvault-auditevent/activity-log.panther.ndjson',
    'azure-key-vault-log',
    { events: 4, rotations: 1 },
  ],
  [
    'azure-keyvault-auditevent/diagnostic-blob.records.json',
    'azure-key-vault-log',
    { events: 1, rotations: 0 },
  ],
  ['azure-keyvault/az-keyvault-secret-list.cli-iso.json', 'azure-key-vault', { keys: 1 }],
  ['azure-keyvault/keys-calls.rest-epoch.json', 'azure-key-vault', { keys: 6 }],
  ['azure-keyvault/keys-list.rest-epoch.json', 'azure-key-vault', { keys: 4 }],
  ['azure-keyvault/secrets-list.rest-epoch.json', 'azure-key-vault', { keys: 1 }],
  [
    'azure-role-assignments/az-role-assignment-list.cli.json',
    'azure-role-assignments',
    { grants: 9, principals: 9 },
  ],
  [
    'azure-role-assignments/roleAssignments.rest.json',
    'azure-role-assignments',
    { grants: 12, principals: 12 },
  ],
  ['gcp-api-keys/keys-list.rest.json', 'gcp-api-keys', { keys: 1 }],
  ['gcp-audit-log/apikeys-create.panther.ndjson', 'gcp-audit-log', { events: 6, rotations: 2 }],
  [
    'gcp-audit-log/sa-key-created.panther.ndjson',
    'gcp-audit-log',
    { events: 2, rotations: 1 },
    { skipped: 1 },
  ],
  [
    'gcp-iam-policy/get-iam-policy.conditional.json',
    'gcp-iam-policy',
    { grants: 4, principals: 4 },
    { skipped: 2 },
  ],
  ['gcp-iam-policy/get-iam-policy.rest.json', 'gcp-iam-policy', { grants: 2, principals: 1 }, { skipped: 1 }],
  ['gcp-secret-manager/gcloud-secrets-list.json', 'gcp-secret-manager', { keys: 3 }],
  ['gcp-secret-manager/secrets-list.rest.json', 'gcp-secret-manager', { keys: 3 }],
  ['gcp-secret-manager/secrets-list.rotation+expire+usermanaged.json', 'gcp-secret-manager', { keys: 2 }],
  [
    'gcp-service-account-keys/keys-list.cartography.json',
    'gcp-service-account-keys',
    { keys: 1, principals: 1 },
    { skipped: 1 },
  ],
  [
    'gcp-service-account-keys/keys-list.rest.json',
    'gcp-service-account-keys',
    { keys: 1, principals: 1 },
    { skipped: 1 },
  ],
  [
    'github-audit-log/audit-log.panther-token-events.ndjson',
    'github-audit-log',
    { events: 5, rotations: 0 },
    { skipped: 5 },
  ],
  [
    'github-audit-log/audit-log.rest-array.json',
    'github-audit-log',
    { events: 0, rotations: 0 },
    { skipped: 1 },
  ],
  ['github-pat-list/org-fine-grained-pats.json', 'github-tokens', { keys: 2 }],
  ['github-pat-list/sso-credential-authorizations.json', 'github-tokens', { keys: 1 }],
  ['k8s-rbac/clusterrole.yaml', 'kubernetes-rbac', {}],
  ['k8s-rbac/clusterrolebinding.yaml', 'kubernetes-rbac', { grants: 0, principals: 0 }, { truncated: true }],
  [
    'k8s-rbac/kubectl-get-clusterrolebindings.List.json',
    'kubernetes-rbac',
    { grants: 0, principals: 0 },
    { skipped: 1, truncated: true },
  ],
  ['k8s-secrets/secret.yaml', 'kubernetes-secrets', { keys: 1 }],
  ['kong-deck/consumer-all-credentials.yaml', 'kong-consumers', { keys: 4 }],
  ['kong-deck/consumer-key-auth.yaml', 'kong-consumers', { keys: 1 }],
  [
    'ms-graph-applications/applications-list.constructed.json',
    'entra-applications',
    { keys: 3 },
    { skipped: 1, truncated: true },
  ],
  ['vault-kv-metadata/list-response-0.json', 'vault-kv-metadata', {}, { skipped: 1 }],
  ['vault-kv-metadata/metadata-read.json', 'vault-kv-metadata', { keys: 0 }, { rejected: 1 }],
  ['vault-policies-hcl/admin-policy.hcl', 'vault-policies', { grants: 8, principals: 1 }, { skipped: 8 }],
  [
    'vault-policies-hcl/eaas-client-policy.hcl',
    'vault-policies',
    { grants: 5, principals: 1 },
    { skipped: 2 },
  ],
  ['vault-token-lease/token-lookup.json', 'vault-token', { keys: 1, principals: 1 }],
];

describe.skipIf(!existsSync(sampleExport('kong-deck')))(
  'real exports (skipped without shared/samples)',
  () => {
    it.each(EXPECTED)('%s is read by %s', async (path, adapter, produced, also = {}) => {
      const { file } = await readInput(sampleExport(path), path);
      const skipped = Object.values(file.skipped).reduce((sum, count) => sum + count, 0);
      const { state, rejected, truncated, unreadableFields } = file;
      expect({
        state,
        adapter: file.adapter,
        produced: file.produced,
        rejected,
        unreadableFields,
        truncated,
        skipped,
      }).toEqual({
        state: 'used',
        adapter,
        produced,
        rejected: 0,
        unreadableFields: 0,
        truncated: false,
        skipped: 0,
        ...also,
      });
    });

    it('are all in the list', () => {
      const folders = [...new Set(EXPECTED.map(([path]) => path.split('/')[0] ?? ''))];
      const files = folders.flatMap((folder) =>
        readdirSync(sampleExport(folder)).map((name) => `${folder}/${name}`),
      );
      const real = files.filter((path) => !path.endsWith('SOURCE.txt')).sort();
      expect(real).toEqual(EXPECTED.map(([path]) => path).sort());
    });
  },
);
