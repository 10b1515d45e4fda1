import type { Instant } from '../../../../model/index.js';
import type { Adapter, AdapterContext, AdapterReader, Emit, FileSample } from '../../../adapter.js';
import { statedInstant } from '../../../fields/instants.js';
import { shownObject } from '../../../fields/powershell-object.js';
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
 * - `Get-PASAccount | Export-Csv` (psPAS) writes the same members as columns, and `secretManagement` as the text of a PowerShell object.
 * - The Privileged Accounts Inventory report of PVWA is a table of the same accounts without their ids: an account is `<safe>/<name>`, another name of it in
 *   the list. It states when an account was last accessed, and when it was last modified, which may have been anything of it: no change of the
 *   secret.
 * - Privilege Cloud exports accounts as CSV (https://github.com/JesseMcWilliams/BlueTrack keeps the columns of its exports): `AccountID` is the id of the API, `LastCPMModified` when the Central Policy Manager last changed the secret. Accounts
 *   that it calls deleted are left out.
 * - The Export Vault Data utility (EVD) writes a table of files, `CAFiles`: columns as
 *   https://docs.cyberark.com/pam-self-hosted/14.2/en/content/evd/files-list-report.htm has them, by their names in the database. Its text files without those names are not
 *   read. `CAFType` 2 is a password; a deletion date before 1970-01-02 is none. The table does not state when a secret was changed (`CAFModificationDate` may be
 *   anything of it). A use by a person is one; that of a component may be a check of the Central Policy Manager, so that a later one leaves the last use
 *   unknown.
 * - The list holds no secrets. Who may use an account are the members of its safe, which is another export.
 */
export const adapter: Adapter = {
  id: 'cyberark-accounts',
  title:
    'CyberArk PAM accounts (JSON; CSV of psPAS, of Privilege Cloud, of the Privileged Accounts Inventory report and of files of EVD)',
  recognisedBy:
    '`safeName`, `platformId` and `secretType`, in `value` or as columns; columns `Safe`, `Target system address`, `Target system user name`; columns `AccountID`, `SafeName`, `LastCPMModified`; columns `CAFSafeName`, `CAFFileName`, `CAFType`',
  proves:
    'which accounts are in which safe, since when, when their secret was last changed, and whether CyberArk changes it',
  cannot:
    'how often it is changed, who may use it (members of safes) or used it, and safes that the caller may not see',
  produces: ['keys'],
  formats: ['json', 'ndjson', 'csv'],
  signature: ['id', 'safeName', 'platformId', 'userName', 'address', 'secretType', 'secretManagement'],
  recognise,
  open,
};

/** Columns of the report, in lower case: versions differ in capitals, and call the policy a platform. */
const COLUMNS = ['safe', 'target system address', 'target system user name'];

/** Columns of the export of Privilege Cloud, and of the table of files of the Export Vault Data utility. */
const CLOUD = ['AccountID', 'AccountName', 'SafeName', 'AutoManaged', 'LastCPMModified'];
const FILES = ['CAFSafeName', 'CAFFileName', 'CAFType'];
const DELETED = 'account that was deleted';

function hasAll(header: readonly string[], names: readonly string[]): boolean {
  return names.every((name) => header.includes(name));
}

function recognise({ keys, header, head }: FileSample): { version: string | null } | null {
  if (header !== null) {
    if (IN_HEAD.every((name) => header.includes(name)) && header.includes('id')) return { version: 'psPAS' };
    if (hasAll(header, CLOUD)) return { version: 'Privilege Cloud' };
    if (hasAll(header, FILES)) return { version: 'EVD files' };
    const names = header.map((name) => name.toLowerCase());
    return COLUMNS.every((name) => names.includes(name)) ? { version: 'inventory report' } : null;
  }
  const inList = keys.includes('value') && IN_HEAD.every((name) => head.includes(`"${name}"`));
  return inList || IN_HEAD.every((name) => keys.includes(name)) ? { version: null } : null;
}

function open(file: FileSample, context: AdapterContext): AdapterReader {
  const { header } = file;
  if (header !== null && hasAll(header, CLOUD)) return openTable(cloudRow, context);
  if (header !== null && hasAll(header, FILES)) return openTable(fileRow, context);
  if (header !== null && !header.includes('secretType')) return openReport(header, context);
  return {
    items: ['$.value', '$', ''],
    mayLack: () => true,
    convert(stated) {
      const raw = header === null ? stated : { ...stated, value: withManagement(stated.value) };
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

/** Returns a row of psPAS with its text of `secretManagement` as the object it was. */
function withManagement(value: Record<string, unknown>): Record<string, unknown> {
  return { ...value, secretManagement: shownObject(value['secretManagement']) ?? value['secretManagement'] };
}

/** Reads the report; its columns are looked up once, in whatever case. */
function openReport(header: readonly string[], context: AdapterContext): AdapterReader {
  const columns = new Map(header.map((name) => [name.toLowerCase(), name]));
  const columnOf = (name: string) => columns.get(name) ?? name;
  return {
    items: [''],
    mayLack: () => true,
    convert: (raw) => reportRow(reading(raw, context, 'run the report again.'), columnOf),
  };
}

function reportRow(r: Reading, columnOf: (name: string) => string): Emit[] {
  const cell = (name: string) => r.cell(columnOf(name));
  const safe = r.need('Safe', cell('safe'), 'There is no safe: every account is in one.');
  const [user, address] = [cell('target system user name'), cell('target system address')];
  const account = [user, address].filter((part) => part !== null).join('@');
  const name = r.need('Name', cell('name') ?? (account || null), 'There is no name of the account.');
  return r.emit('keys', {
    key_id: `${safe}/${name}`,
    aliases: account === '' || account === name ? [] : [`${safe}/${account}`],
    name: name ?? '',
    store: 'cyberark',
    storage: 'secrets-manager',
    last_rotated: statedInstant('not-tracked'),
    last_used: () => r.date(columnOf('last accessed date')),
  });
}

function openTable(
  row: (r: Reading, context: AdapterContext) => Emit[],
  context: AdapterContext,
): AdapterReader {
  return {
    items: [''],
    mayLack: () => true,
    convert: (raw) => row(reading(raw, context, 'export the table again.'), context),
  };
}

function cloudRow(r: Reading, context: AdapterContext): Emit[] {
  const id = r.need('AccountID', r.text('AccountID'), 'There is no AccountID: every account has one.');
  const safe = r.need('SafeName', r.text('SafeName'), 'There is no SafeName: every account is in a safe.');
  const deleted = r.flag('Deleted');
  if (!r.failed && deleted === true) {
    context.skip(DELETED);
    return [];
  }
  if (r.text('CPMStatus')?.toLowerCase() === 'failure') context.warn(FAILED);
  const name = r.text('AccountName');
  return r.emit('keys', {
    key_id: `cyberark:${id}`,
    aliases: name === null ? [] : [`${safe}/${name}`],
    name: name ?? id,
    store: 'cyberark',
    storage: 'secrets-manager',
    type: () => r.text('SecretType'),
    status: deleted === false ? 'active' : null,
    created: () => r.date('Created'),
    last_rotated: () => r.date('LastCPMModified'),
    last_used: statedInstant('not-tracked'),
    rotation_enabled: () => r.flag('AutoManaged'),
  });
}

function fileRow(r: Reading, context: AdapterContext): Emit[] {
  const safe = r.need(
    'CAFSafeName',
    r.text('CAFSafeName'),
    'There is no CAFSafeName: every file is in a safe.',
  );
  const name = r.need('CAFFileName', r.text('CAFFileName'), 'There is no CAFFileName: every file has one.');
  const type = r.need('CAFType', r.text('CAFType'), 'There is no CAFType: it tells a password from a file.');
  const deleted = r.date('CAFDeletionDate')?.state === 'known';
  if (r.failed) return [];
  if (type !== '2' || deleted) {
    context.skip(deleted ? DELETED : 'file that is no account');
    return [];
  }
  const folder = (r.text('CAFFolder') ?? 'Root').replace(/^Root\\?/i, '');
  return r.emit('keys', {
    key_id: `${safe}/${folder === '' ? '' : `${folder}\\`}${name}`,
    name: name ?? '',
    store: 'cyberark',
    storage: 'secrets-manager',
    status: 'active',
    created: () => r.date('CAFCreationDate'),
    last_rotated: statedInstant('not-tracked'),
    last_used: () => usedByPeople(r),
  });
}

/** Returns when a person last used an account; null if a component used it later. */
function usedByPeople(r: Reading): Instant | null {
  const [person, component] = [r.date('CAFLastUsedHumanDate'), r.date('CAFLastUsedComponentDate')];
  if (person?.state !== 'known') return null;
  const isLater = component?.state === 'known' && (component.ms ?? 0) > (person.ms ?? 0);
  return isLater ? null : person;
}

function aliasesOf(r: Reading): string[] {
  const [safe, name] = [r.text('safeName'), r.text('name')];
  return safe !== null && name !== null ? [`${safe}/${name}`] : [];
}

function changed(r: Reading): Instant | null {
  const stated = r.value('secretManagement.lastModifiedTime');
  return stated === 0 || stated === '0' ? null : r.date('secretManagement.lastModifiedTime');
}
