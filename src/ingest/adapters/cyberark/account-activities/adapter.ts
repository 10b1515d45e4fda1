import type { AuditEventRecord } from '../../../../model/index.js';
import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { textOf } from '../../../fields/json.js';
import { lifeEvent } from '../../../fields/life-events.js';
import { type Reading, reading } from '../../../fields/record-reader.js';
import { isComponent, meaningOf, reasonWithoutAction } from '../vault-log/actions.js';

const AGAIN = 'export again with GET /PasswordVault/API/Accounts/{id}/Activities.';
const NO_ACCOUNT =
  'The list does not state of which account it is: name the file by the address it was asked at (Accounts/66_6/Activities.json), or add the id as a member AccountID.';
const MEMBERS = ['Action', 'ActionID', 'User', 'Date', 'MoreInfo'];
/** The address of the activities of an account. */
const ADDRESS = /(?:^|\/)accounts\/(\d+_\d+)\/activities\b/i;
/** Actions of which one that failed has a name of its own: one that does not say so succeeded. */
const TELLS = /^(?:cpm|psm) /i;
const FAILED = /\b(?:fail(?:ed|ure)|unauthori[sz]ed|denied|rejected)\b/i;

/**
 * Activities of an account of CyberArk Privileged Access Manager: `GET /PasswordVault/API/Accounts/{id}/Activities` (`Activities`), and
 * `Get-PASAccountActivity | Export-Csv` (psPAS). Follows
 * https://docs.cyberark.com/Product-Doc/OnlineHelp/PAS/Latest/en/Content/SDK/Files%20-%20Get%20File%20Activity%20by%20ID.htm and what
 * https://github.com/pspete/psPAS and https://www.powershellgallery.com/packages/VpasModule show of an answer
 * - The answer does not name the account. The path of the file does, if it is that of the address, or a member `AccountID`.
 * - An activity does not state how it ended, except by its name: of what the components do, a failure has a name of its own. So a password that a person
 *   stored counts as an event, and not as a rotation (the audit log of the vault states how it ended).
 * - `Date` is epoch seconds. `ClientID` is the component it was done with, and no address.
 */
export const adapter: Adapter = {
  id: 'cyberark-account-activities',
  title: 'CyberArk PAM activities of an account (JSON, CSV of psPAS)',
  recognisedBy: '`Action`, `ActionID`, `User`, `Date` and `MoreInfo`, in `Activities` or as columns',
  proves: 'who retrieved, used or stored the secret of an account and when CyberArk changed it',
  cannot:
    'from where, how an activity ended unless its name tells, accounts that were not asked for, and activities older than the vault keeps',
  produces: ['events', 'rotations'],
  formats: ['json', 'ndjson', 'csv'],
  signature: ['Activities', ...MEMBERS, 'ClientID', 'Alert', 'Reason'],
  recognise: ({ keys, header, head }: FileSample) => {
    const names = header ?? keys;
    const inList = keys.includes('Activities') && MEMBERS.every((name) => head.includes(`"${name}"`));
    return inList || MEMBERS.every((name) => names.includes(name)) ? { version: null } : null;
  },
  open,
};

function open(file: FileSample, context: AdapterContext): AdapterReader {
  const named = ADDRESS.exec(file.path)?.[1] ?? null;
  return {
    items: ['$.Activities', '$', ''],
    mayLack: () => true,
    convert: (raw) => activity(raw, named, context),
  };
}

function activity(raw: RawRecord, named: string | null, context: AdapterContext): Emit[] {
  const r = reading(raw, context, AGAIN);
  const action = r.need('Action', r.text('Action'), 'There is no Action: every activity has one.');
  const meaning = meaningOf(action ?? '', false);
  if (!r.failed && meaning === null) {
    context.skip('activity about no credential');
    return [];
  }
  const account = r.need('AccountID', accountOf(r) ?? named, NO_ACCOUNT);
  const at = r.need('Date', r.date('Date'), 'There is no Date: every activity has one.');
  if (r.failed || meaning === null) return [];
  return lifeEvent(r, meaning, { at, action, key_id: `cyberark:${account}`, ...detailsOf(r) });
}

/** Returns the account that stands in the record, or beside the list. */
function accountOf(r: Reading): string | null {
  const holder = r.raw.within?.at(-1) ?? {};
  return r.text('AccountID') ?? textOf(holder['AccountID']);
}

function detailsOf(r: Reading) {
  return {
    actor: () => r.text('User'),
    actor_type: () => (isComponent(r.text('User') ?? '') ? ('automation' as const) : null),
    outcome: () => outcomeOf(r.text('Action') ?? ''),
    ticket: () => reasonWithoutAction(r.text('Reason')),
    log: 'cyberark-vault',
  };
}

function outcomeOf(action: string): AuditEventRecord['outcome'] {
  if (FAILED.test(action)) return 'failure';
  return TELLS.test(action) ? 'success' : null;
}
