import type { Instant } from '../../../../model/index.js';
import type { Adapter, AdapterContext, AdapterReader, FileSample } from '../../../adapter.js';
import { statedInstant } from '../../../fields/instants.js';
import { type Reading, reading } from '../../../fields/record-reader.js';

const AGAIN = 'export again with GET /PasswordVault/API/Accounts.';
const IN_HEAD = ['safeName', 'platformId', 'secretType'];
const FAILED =
  'CyberArk could not manage some accounts (secretManagement.status: failure): their last change is what is shown.';

/**
 * CyberArk Privileged Access Manager: accounts as `GET /PasswordVault/API/Accounts` lists them (`value`, `count`, `nextLink`). Follows
 * https://docs.cyberark.com/pam-self-hosted/latest/en/content/webservices/getaccounts.htm
 * - Times are epoch seconds. `secretManagement.lastModifiedTime` is when the secret was last changed; 0 or no such member states nothing.
 * - `automaticManagementEnabled` states that CyberArk changes the secret by itself; how often is a setting of the platform.
 * - The list holds no secrets. Who may use an account are the members of its safe, which is another export.
 */
export const adapter: Adapter = {
  id: 'cyberark-accounts',
  title: 'CyberArk PAM accounts (JSON)',
  recognisedBy: '`safeName`, `platformId` and `secretType`, in `value`',
  proves:
    'which accounts are in which safe, since when, when their secret was last changed, and whether CyberArk changes it',
  cannot:
    'how often it is changed, who may use it (members of safes) or used it, and safes that the caller may not see',
  produces: ['keys'],
  formats: ['json', 'ndjson'],
  signature: ['id', 'safeName', 'platformId', 'userName', 'address', 'secretType', 'secretManagement'],
  recognise,
  open,
};

function recognise({ keys, head }: FileSample): { version: string | null } | null {
  const inList = keys.includes('value') && IN_HEAD.every((name) => head.includes(`"${name}"`));
  return inList || IN_HEAD.every((name) => keys.includes(name)) ? { version: null } : null;
}

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  return {
    items: ['$.value', '$', ''],
    convert(raw) {
      const r = reading(raw, context, AGAIN);
      const id = r.need('id', r.text('id'), 'There is no id: every account has one.');
      if (r.value('secretManagement.status') === 'failure') context.warn(FAILED);
      return r.emit('keys', {
        key_id: `cyberark:${id}`,
        aliases: () => aliasesOf(r),
        name: () => r.text('name') ?? id,
        store: 'cyberark',
        storage: 'secrets-manager',
        type: () => r.text('secretType'),
        status: 'active',
        created: () => r.date('createdTime'),
        last_rotated: () => changed(r),
        last_used: statedInstant('not-tracked'),
        rotation_enabled: () => r.flag('secretManagement.automaticManagementEnabled'),
      });
    },
  };
}

function aliasesOf(r: Reading): string[] {
  const [safe, name] = [r.text('safeName'), r.text('name')];
  return safe !== null && name !== null ? [`${safe}/${name}`] : [];
}

function changed(r: Reading): Instant | null {
  return r.value('secretManagement.lastModifiedTime') === 0
    ? null
    : r.date('secretManagement.lastModifiedTime');
}
