import type { AuditEventRecord } from '../../../../model/index.js';
import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { objectOf } from '../../../fields/json.js';
import { lifeEvent } from '../../../fields/life-events.js';
import { type Reading, reading } from '../../../fields/record-reader.js';
import { meaningOf } from './actions.js';

const AGAIN = 'export the log again.';
const NO_TIME =
  'There is no IsoTimestamp: without it an entry names no year. Set UseLegacySyslogFormat=No in dbparm.ini for the entries to come.';
/** Users of the components, as their installation names them. */
const COMPONENTS = /^(?:PasswordManager|PVWAAppUser|PVWAGWUser|PSM[A-Za-z]*_|Prov_|AIMWebService)/;
/** What PVWA writes after the reason. */
const DONE_BY = /\s*\(Action: [^)]*\)\s*$/;

/**
 * Audit log of a CyberArk vault as it is sent to syslog in JSON (the translator for Elastic): an entry a line, behind the head of syslog, or in an export
 * of Splunk or Elasticsearch. Follows https://docs.cyberark.com/pam-self-hosted/latest/en/content/pasimp/dv-integrating-with-siem-applications.htm
 * and https://www.elastic.co/docs/reference/integrations/cyberarkpas
 * - An account is `<safe>/<name>`, another name of it in the list of accounts; `File` is its path below `Root`.
 * - A value that is stored is a rotation, also if it is the first, which the log does not tell. While the Central Policy Manager changes one
 *   (`InProcess` among the properties), the change is an entry of its own, and the storing no second one.
 * - `Severity` Error is a failure. `Issuer` is who did it; the users of CyberArk's own components are told by their names, of others the log does not
 *   state whether they are people.
 * - Other translators (CEF, LEEF) write no year and are not read.
 */
export const adapter: Adapter = {
  id: 'cyberark-vault-log',
  title: 'CyberArk vault audit log (JSON of the syslog translator for Elastic)',
  recognisedBy: '`audit_record` with `Vendor` Cyber-Ark, in `syslog`',
  proves:
    'who retrieved, used or changed the secret of which account, who changed members of safes, when, from where, with what result',
  cannot:
    'what the filter of the translator leaves out, who was behind a shared user, and entries before they were sent to syslog',
  produces: ['events', 'rotations'],
  formats: ['ndjson', 'json'],
  signature: ['syslog', 'audit_record', 'format', 'version'],
  recognise: ({ keys, head }: FileSample) =>
    keys.includes('syslog') && /"audit_record"\s*:\s*\{/.test(head) && head.includes('"Cyber-Ark"')
      ? { version: null }
      : null,
  open: (_file, context): AdapterReader => ({
    items: ['$', ''],
    convert: (raw) => convert(raw, context),
  }),
};

function convert(raw: RawRecord, context: AdapterContext): Emit[] {
  const entry = objectOf(objectOf(raw.value['syslog'])['audit_record']);
  const r = reading({ ...raw, value: entry }, context, AGAIN);
  const action = r.need('Action', r.text(['Action', 'Desc']), 'There is no Action: every entry has one.');
  const meaning = meaningOf(action ?? '', isByManager(entry));
  if (!r.failed && meaning === null) {
    context.skip('entry about no credential');
    return [];
  }
  const at = r.need('IsoTimestamp', r.date('IsoTimestamp'), NO_TIME);
  if (r.failed || meaning === null) return [];
  return lifeEvent(r, meaning, {
    at,
    action,
    key_id: accountOf(r),
    actor: () => r.text('Issuer'),
    actor_type: () => (COMPONENTS.test(r.text('Issuer') ?? '') ? 'automation' : null),
    outcome: () => outcomeOf(r),
    source_ip: () => r.text('Station'),
    ticket: () => r.text('Reason')?.replace(DONE_BY, '') || null,
    log: 'cyberark-vault',
  });
}

/** Returns whether the Central Policy Manager works on the account while the entry is made, or may do so: a property has no name that can be read. */
function isByManager(entry: Record<string, unknown>): boolean {
  const properties = [objectOf(entry['CAProperties'])['CAProperty']].flat();
  return properties.some((property) => {
    const name = objectOf(property)['Name'];
    return name === 'InProcess' || (property !== undefined && typeof name !== 'string');
  });
}

/** Returns the account that an entry is about; null if it is about a safe or a user. */
function accountOf(r: Reading): string | null {
  const [safe, file] = [r.text('Safe'), r.text('File')];
  return safe === null || file === null ? null : `${safe}/${file.replace(/^Root\\/i, '')}`;
}

function outcomeOf(r: Reading): AuditEventRecord['outcome'] {
  const severity = r.text('Severity')?.toLowerCase() ?? null;
  if (severity === 'info') return 'success';
  return severity === 'error' || severity === 'critical' ? 'failure' : null;
}
