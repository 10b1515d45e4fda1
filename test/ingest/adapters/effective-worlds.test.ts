import { describe, expect, it } from 'vitest';
import type { Adapter } from '../../../src/ingest/adapter.js';
import { adapter as aws } from '../../../src/ingest/adapters/aws/account-authorization-details/adapter.js';
import { adapter as azure } from '../../../src/ingest/adapters/azure/role-assignments/adapter.js';
import { adapter as google } from '../../../src/ingest/adapters/gcp/iam-policy/adapter.js';
import { adapter as kong } from '../../../src/ingest/adapters/kong/consumers/adapter.js';
import { adapter as vault } from '../../../src/ingest/adapters/vault/policies/adapter.js';
import { type Reading, readTextWith, records } from './read-with-adapter.js';

const read = (adapter: Adapter, world: unknown, path = 'world.json') =>
  readTextWith(adapter, typeof world === 'string' ? world : JSON.stringify(world), path);

/** Each right in a line: who, what, which keys, without which, and how many reasons say that it may be less. */
const rightsIn = (reading: Reading) =>
  records(reading, 'grants')
    .map(({ principal_id, action, key_id, except_keys, over_approximation }) =>
      [
        `${principal_id?.split('/').at(-1)} ${action} ${key_id?.replace('arn:aws:secretsmanager:eu-west-1:111122223333:secret:', '')}`,
        ...(except_keys ?? []).map((key) => `but ${key.replace(/^.*:secret:/, '')}`),
        ...(over_approximation ?? []).map((reason) => `at most: ${reason}`),
      ].join(', '),
    )
    .sort();

const gapsIn = ({ file }: Reading) => file.coverage.flatMap(({ gaps }) => gaps).join(' ');

describe('effective access in AWS', () => {
  const ARN = 'arn:aws:iam::111122223333';
  const SECRETS = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:';
  const policy = (...Statement: object[]) => [{ PolicyName: 'p', PolicyDocument: { Statement } }];
  const allow = (Action: string, Resource: string) => ({ Effect: 'Allow', Action, Resource });
  const deny = (Action: string, Resource: string) => ({ Effect: 'Deny', Action, Resource });
  const user = (name: string, ...Statement: object[]) => ({
    ...{ UserName: name, Arn: `${ARN}:user/${name}`, GroupList: [], AttachedManagedPolicies: [] },
    UserPolicyList: policy(...Statement),
  });
  const role = (name: string, trusted: string, more: object, ...Statement: object[]) => ({
    ...{
      RoleName: name,
      Arn: `${ARN}:role/${name}`,
      AttachedManagedPolicies: [],
      RolePolicyList: policy(...Statement),
    },
    AssumeRolePolicyDocument: {
      Statement: [{ Effect: 'Allow', Principal: { AWS: trusted }, Action: 'sts:AssumeRole' }],
    },
    ...more,
  });
  const world = (UserDetailList: object[], RoleDetailList: object[] = [], Policies: object[] = []) =>
    read(aws, { UserDetailList, GroupDetailList: [], RoleDetailList, Policies });

  it('takes what ends in question marks out of a wider right, and no more', async () => {
    const read = allow('secretsmanager:GetSecretValue', `${SECRETS}prod-*`);
    expect(
      rightsIn(await world([user('ines', read, deny('secretsmanager:GetSecretValue', `${SECRETS}prod-?`))])),
    ).toEqual(['ines read prod-*, but prod-?']);
    expect(rightsIn(await world([user('ines', read, deny('secretsmanager:*', `${SECRETS}prod-*`))]))).toEqual(
      [],
    );
  });

  it('says of a chain of roles that a boundary on its way may close it', async () => {
    const boundary = { PermissionsBoundary: { PermissionsBoundaryArn: `${ARN}:policy/limits` } };
    const Policies = [
      {
        Arn: `${ARN}:policy/limits`,
        PolicyVersionList: [
          { IsDefaultVersion: true, Document: { Statement: [allow('secretsmanager:*', '*')] } },
        ],
      },
    ];
    const reading = await world(
      [user('ines', allow('s3:GetObject', '*'))],
      [
        role('first', `${ARN}:user/ines`, boundary, allow('s3:GetObject', '*')),
        role(
          'last',
          `${ARN}:role/first`,
          {},
          allow('secretsmanager:GetSecretValue', `${SECRETS}card-a1b2c3`),
        ),
      ],
      Policies,
    );
    const closed = 'at most: the permissions boundary limits may forbid to assume roles';
    expect(rightsIn(reading)).toEqual([
      `first read card-a1b2c3, ${closed}`,
      `ines read card-a1b2c3, ${closed}`,
      'last read card-a1b2c3',
    ]);
  });
});

describe('effective access in Azure', () => {
  const SUBSCRIPTION = '/subscriptions/1f0a4a53-9a53-4f7d-8c0b-900100000001';
  const VAULT = `${SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/nb-prod`;
  const assignment = (principalId: string, definition: string, scope: string) => ({
    id: `${scope}/providers/Microsoft.Authorization/roleAssignments/${principalId}`,
    properties: {
      ...{ principalId, scope, principalType: 'Group' },
      roleDefinitionId: `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${definition}`,
    },
  });

  it('counts who may assign roles, by the id of the role alone', async () => {
    const administrator = 'f58310d9-a9f6-439a-9e8d-f62e7b41a168';
    const reading = await read(azure, { value: [assignment('a', administrator, VAULT)] });
    expect(rightsIn(reading)).toEqual(['a admin https://nb-prod.*/*']);
    expect(gapsIn(reading)).not.toContain('leaves out');
  });

  it('counts a role of a management group for vaults wherever they are, as at most', async () => {
    const scope = '/providers/Microsoft.Management/managementGroups/nb-root';
    const reading = await read(azure, {
      value: [assignment('b', '8e3af657-a8ff-443c-a75c-2fe8c4bcb635', scope)],
    });
    expect(rightsIn(reading)).toEqual([
      'b admin https://*.vault.*/*, at most: which vaults are in the management group is not in the export',
    ]);
  });

  it('is not whole if a role is the own one of the bank, and is if a built-in one reaches no vault', async () => {
    const reader = assignment('c', '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1', SUBSCRIPTION);
    expect(gapsIn(await read(azure, { value: [reader] }))).not.toContain('leaves out');
    const own = assignment('c', '00000000-aaaa-4bbb-8ccc-000000000001', SUBSCRIPTION);
    expect(gapsIn(await read(azure, { value: [reader, own] }))).toContain(
      'leaves out assignments of roles whose definitions it does not have',
    );
  });
});

describe('effective access in Google Cloud', () => {
  const bound = (role: string, more: object = {}) => ({ role, members: ['user:ines@nb.example'], ...more });

  it('counts who may give himself rights on projects below, and what holds under a condition as at most', async () => {
    const condition = { title: 't', expression: 'resource.name.startsWith("projects/1/secrets/prod")' };
    const reading = await read(google, {
      bindings: [
        bound('roles/resourcemanager.folderAdmin'),
        bound('roles/secretmanager.secretAccessor', { condition }),
      ],
    });
    const unknown = 'at most: the export does not say which project the policy is of';
    expect(rightsIn(reading)).toEqual([
      `ines@nb.example admin projects/*/*, ${unknown}`,
      `ines@nb.example read projects/*/secrets/*, ${unknown}, at most: a condition of the binding is taken to hold`,
    ]);
  });

  it('is not whole if a role is the own one of the bank', async () => {
    const own = { bindings: [bound('projects/nb/roles/deployer'), bound('roles/owner')] };
    expect(gapsIn(await read(google, own))).toContain('leaves out bindings of custom roles');
    expect(
      gapsIn(await read(google, { bindings: [bound('roles/storage.admin'), bound('roles/owner')] })),
    ).not.toContain('leaves out');
  });
});

describe('effective access in Vault', () => {
  it('lets a path that begins with + count after one with a * further on', async () => {
    const policy = `
      path "+/data/pay" { capabilities = ["read"] }
      path "s*" { capabilities = ["deny"] }`;
    expect(rightsIn(await read(vault, policy, 'p.hcl'))).toEqual([expect.stringContaining(', but s*')]);
  });
});

describe('a file of Kong', () => {
  it('is read if its consumers come behind many services', async () => {
    const services = Array.from({ length: 1500 }, (_, at) => ({
      name: `svc-${at}`,
      host: `h${at}.nb.example`,
    }));
    const id = 'cce8c384-721f-4f58-85dd-50834e3e7010';
    const consumers = [
      { username: 'acquira', keyauth_credentials: [{ id, key: 'northbridge-fictional-9' }] },
    ];
    const reading = await read(kong, { _format_version: '3.0', services, consumers });
    expect(records(reading, 'keys').map(({ key_id }) => key_id)).toEqual([`kong:${id}`]);
  });
});
