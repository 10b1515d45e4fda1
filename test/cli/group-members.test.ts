import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { observationsOf } from '../support/observations.js';
import { describeUnlessProved } from '../support/verdict.js';

const root = mkdtempSync(join(tmpdir(), 'keyproof-members-'));
afterAll(() => rmSync(root, { recursive: true }));

const GROUP = '5d1c0000-0000-4000-8000-000000000003';
const SECRET = 'https://nb-pay.vault.azure.net/secrets/sepa';
const CONTEXT = 'https://graph.microsoft.com/beta/$metadata#directoryObjects';
const MEMBERS = {
  group: { id: GROUP, displayName: 'KV Payments' },
  '@odata.context': CONTEXT,
  value: ['ines', 'tomas'].map((name, n) => ({
    '@odata.type': '#microsoft.graph.user',
    id: `5d1c0000-0000-4000-8000-00000000001${n}`,
    userPrincipalName: `${name}@northbridge.example`,
  })),
};

/** Exports of a vault, of the role that a group has on a secret in it, and of the members of the group. */
function exportsOf(principalName: string | null, members: object | null): { [file: string]: unknown } {
  const item = `/vaults/nb-pay/secrets/sepa`;
  const assignment = {
    principalId: GROUP,
    principalType: 'Group',
    roleDefinitionId: '/subscriptions/s1/providers/Microsoft.Authorization/roleDefinitions/r1',
    roleDefinitionName: 'Key Vault Secrets User',
    scope: `/subscriptions/s1/resourceGroups/pay/providers/Microsoft.KeyVault${item}`,
    ...(principalName === null ? {} : { principalName }),
  };
  return {
    'secrets.json': [
      { id: SECRET, name: 'sepa', attributes: { enabled: true }, tags: { environment: 'production' } },
    ],
    'roles.json': [assignment],
    ...(members === null ? {} : { 'members.json': members }),
  };
}

/** What the policy on the number of readers says of the secret: a row of observations as JSON. */
async function openOf(name: string, files: { [file: string]: unknown }, config = ''): Promise<string> {
  const folder = join(root, name);
  mkdirSync(join(folder, 'exports'), { recursive: true });
  writeFileSync(join(folder, 'keyproof.yaml'), `organisation: Northbridge Bank\n${config}`);
  for (const [file, content] of Object.entries(files))
    writeFileSync(join(folder, 'exports', file), JSON.stringify(content));
  const rows = await observationsOf(folder, join(folder, 'out'));
  const row = rows.find(
    (one) => one['rule_id'] === 'access-personnel-limited' && String(one['subject_id']).includes('sepa'),
  );
  expect(row).toBeDefined();
  return JSON.stringify(row, (_key, value) => (typeof value === 'bigint' ? Number(value) : value));
}

describeUnlessProved('members of a group that holds a right', import.meta.url, PROGRAM_FILES, () => {
  it('are unknown without a list of them', async () => {
    expect(await openOf('none', exportsOf('KV Payments', null))).toContain('a group whose members');
  });

  it.each(['KV Payments', null])('are known by the list of a group that roles call %s', async (name) => {
    const files = exportsOf(name, [MEMBERS]);
    expect(await openOf(`listed ${name}`, files)).not.toContain('a group whose members');
    const one = `thresholds: { access-personnel-limited: { params: { max_readers: 1 }, by: audit, reason: test } }\n`;
    expect(await openOf(`limited ${name}`, files, one)).toContain(
      '2 people may read or administer the key (ines@northbridge.example, tomas@northbridge.example)',
    );
  });

  it('may be more than a list that goes on, or of the API that leaves some out', async () => {
    const next = { ...MEMBERS, '@odata.nextLink': 'https://graph.microsoft.com/beta/groups/next' };
    expect(await openOf('cut', exportsOf('KV Payments', [next]))).toContain('a group whose members');
    const old = { ...MEMBERS, '@odata.context': CONTEXT.replace('beta', 'v1.0') };
    expect(await openOf('old', exportsOf('KV Payments', [old]))).toContain('a group whose members');
  });
});
