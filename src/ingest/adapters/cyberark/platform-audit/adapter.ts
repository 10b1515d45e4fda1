import type { AuditEventRecord } from '../../../../model/index.js';
import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { lifeEvent } from '../../../fields/life-events.js';
import { type Reading, reading } from '../../../fields/record-reader.js';
import { isComponent, meaningOf } from '../vault-log/actions.js';

const AGAIN = 'export the audit again.';
const MEMBERS = ['applicationCode', 'auditCode', 'auditType', 'tenantId'];
const NO_VAULT = 'entry of another service of the platform';
const NO_CREDENTIAL = 'entry about no credential';
const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f:.]+)$/i;
/** What PVWA writes before the reason that a user gave. */
const DONE_BY = /^\(Action: [^)]*\)\s*/;

/**
 * Audit of the CyberArk Identity Security Platform, which has the log of the vault of Privilege Cloud: answers of the SIEM integration API (`data`), and its
 * entries as collectors keep them, one a line. Follows https://docs.cyberark.com/audit/latest/en/content/audit/isp_siem-integration-api.htm; entries look as those that
 * https://github.com/SEKOIA-IO/intake-formats tests with
 * - Entries of the vault have `applicationCode` PAM and the actions of its log. Those of other services (identity, sessions) are left out.
 * - An account is `<safe>/<accountName>`, another name of it in the list of accounts. `timestamp` is epoch milliseconds.
 * - A value that is stored is a rotation, also if it is the first, which the audit does not tell; one that the user of the Central Policy Manager stores
 *   belongs to a change, which is an entry of its own.
 * - `auditType` Info is a success, Error a failure. `source` is the address or a component; `message` is the reason behind what PVWA did.
 */
export const adapter: Adapter = {
  id: 'cyberark-platform-audit',
  title: 'CyberArk Identity Security Platform audit (JSON, NDJSON)',
  recognisedBy: '`applicationCode`, `auditCode`, `auditType` and `tenantId`, in `data`',
  proves:
    'who retrieved, used or changed the secret of which account of Privilege Cloud, who changed members of safes, when, with what result',
  cannot:
    'entries of other services than the vault, who was behind a shared user, and that no answer of the API is missing',
  produces: ['events', 'rotations'],
  formats: ['json', 'ndjson'],
  signature: [...MEMBERS, 'data', 'action', 'accountName', 'safe', 'username', 'timestamp'],
  recognise: ({ keys, head }: FileSample) => {
    const isEntry = MEMBERS.every((name) => keys.includes(name));
    const inList = keys.includes('data') && MEMBERS.every((name) => head.includes(`"${name}"`));
    return isEntry || inList ? { version: null } : null;
  },
  open: (_file, context): AdapterReader => ({
    items: ['$.data', '$', ''],
    convert: (raw) => entry(raw, context),
  }),
};

function entry(raw: RawRecord, context: AdapterContext): Emit[] {
  const r = reading(raw, context, AGAIN);
  const application = r.text('applicationCode');
  const action = r.need('action', r.text('action'), 'There is no action: every entry has one.');
  const at = r.need('timestamp', r.date('timestamp'), 'There is no timestamp: every entry has one.');
  if (r.failed) return [];
  const actor = r.text('username');
  const meaning = application === 'PAM' ? meaningOf(action ?? '', isManager(actor)) : null;
  if (meaning === null) {
    context.skip(application === 'PAM' ? NO_CREDENTIAL : NO_VAULT);
    return [];
  }
  return lifeEvent(r, meaning, {
    event_id: () => r.text('uuid'),
    at,
    action,
    key_id: accountOf(r),
    actor,
    actor_type: isComponent(actor ?? '') ? 'automation' : null,
    outcome: () => outcomeOf(r),
    source_ip: () => addressOf(r),
    ticket: () => reasonOf(r),
    log: 'cyberark-vault',
  });
}

/** Returns whether the Central Policy Manager made the entry. */
function isManager(user: string | null): boolean {
  return user?.startsWith('PasswordManager') === true;
}

function accountOf(r: Reading): string | null {
  const [safe, account] = [r.text('safe'), r.text('accountName')];
  return safe === null || account === null ? null : `${safe}/${account}`;
}

function outcomeOf(r: Reading): AuditEventRecord['outcome'] {
  const type = r.text('auditType')?.toLowerCase() ?? null;
  if (type === 'info') return 'success';
  return type === 'error' ? 'failure' : null;
}

function addressOf(r: Reading): string | null {
  const source = r.text('source');
  return source !== null && ADDRESS.test(source) ? source : null;
}

/** Returns the reason that a user gave to PVWA; null if the message is none. */
function reasonOf(r: Reading): string | null {
  const message = r.text('message');
  return message !== null && DONE_BY.test(message) ? message.replace(DONE_BY, '') || null : null;
}
