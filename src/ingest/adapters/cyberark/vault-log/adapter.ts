import type { AuditEventRecord } from '../../../../model/index.js';
import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { objectOf, textOf } from '../../../fields/json.js';
import { lifeEvent } from '../../../fields/life-events.js';
import { type Reading, reading } from '../../../fields/record-reader.js';
import { isComponent, meaningOf, reasonWithoutAction } from './actions.js';
import { entryOfLine, isOfManager, vaultLineIn } from './cef-entry.js';

const AGAIN = 'export the log again.';
const NO_TIME =
  'There is no time with a year (IsoTimestamp, or the date before CEF). Set UseLegacySyslogFormat=No in dbparm.ini for the entries to come.';
const NO_ENTRY = 'line that is no entry of the vault';
/** How often a line of the vault shows in the Common Event Format. */
const CEF_LINE = /\bCEF:\d+\|Cyber-Ark\|Vault\|/;

/**
 * Audit log of a CyberArk vault as it is sent to syslog, in JSON (the translator for Elastic) or in the Common Event Format (Arcsight.sample.xsl): an entry a
 * line, behind the head of syslog, or in an export of Splunk, Elasticsearch and others.
 * Follows https://docs.cyberark.com/pam-self-hosted/latest/en/content/pasimp/dv-integrating-with-siem-applications.htm
 * and https://www.elastic.co/docs/reference/integrations/cyberarkpas; lines in the Common Event Format look as those that
 * https://github.com/splunk/splunk-connect-for-syslog tests with
 * - An account is `<safe>/<name>`, another name of it in the list of accounts; `File` is its path below `Root`.
 * - A value that is stored is a rotation, also if it is the first, which the log does not tell. While the Central Policy Manager changes one
 *   (`InProcess` among the properties), the change is an entry of its own, and the storing no second one.
 * - `Severity` Error is a failure. `Issuer` is who did it; the users of CyberArk's own components are told by their names, of others the log does not
 *   state whether they are people.
 * - In the Common Event Format the time stands before `CEF:`, and has a year only with `UseLegacySyslogFormat=No`. Severity 5 is Info, 7 Error, 10 Critical.
 *   It does not state what the Central Policy Manager works on: a value that its user stores belongs to a change, which is an entry of its own, and what it
 *   gives as a ticket is why it works (`VerificationPeriod`).
 *   Users type the reason: a line that states a member twice is not read, because one of the two may be typed.
 * - Lines of LEEF are not read.
 */
export const adapter: Adapter = {
  id: 'cyberark-vault-log',
  title: 'CyberArk vault audit log (JSON of the syslog translator for Elastic, text of the one for CEF)',
  recognisedBy: '`audit_record` with `Vendor` Cyber-Ark, in `syslog`; lines with `CEF:0|Cyber-Ark|Vault|`',
  proves:
    'who retrieved, used or changed the secret of which account, who changed members of safes, when, from where, with what result',
  cannot:
    'what the filter of the translator leaves out, who was behind a shared user, and entries before they were sent to syslog',
  produces: ['events', 'rotations'],
  formats: ['ndjson', 'json', 'text'],
  signature: ['syslog', 'audit_record', 'format', 'version'],
  recognise: ({ kind, keys, head }: FileSample) => {
    if (kind === 'text' || keys.includes('cef')) return CEF_LINE.test(head) ? { version: 'CEF' } : null;
    const isEntry = keys.includes('syslog') && /"audit_record"\s*:\s*\{/.test(head);
    return isEntry && head.includes('"Cyber-Ark"') ? { version: null } : null;
  },
  open: (file, context): AdapterReader => ({
    items: ['$', ''],
    convert: (raw) =>
      file.kind === 'text' ? linesOf(raw).flatMap((line) => convert(line, context)) : convert(raw, context),
  }),
};

/** Returns the lines of a text as records, but for blank ones. */
function linesOf({ value }: RawRecord): RawRecord[] {
  const lines = textOf(value['text'])?.split(/\r?\n/) ?? [];
  return lines.flatMap((cef, index) =>
    cef.trim() === '' ? [] : [{ record: `line ${index + 1}`, list: '', value: { cef } }],
  );
}

function convert(raw: RawRecord, context: AdapterContext): Emit[] {
  const text = textOf(raw.value['cef']);
  if (text !== null) return convertLine(raw, text, context);
  const entry = objectOf(objectOf(raw.value['syslog'])['audit_record']);
  return convertEntry({ ...raw, value: entry }, isByManager(entry), context);
}

function convertLine(raw: RawRecord, text: string, context: AdapterContext): Emit[] {
  const line = vaultLineIn(text);
  if (line === null) {
    context.skip(NO_ENTRY);
    return [];
  }
  const [twice] = line.twice;
  if (twice !== undefined) {
    context.reject(raw.record, twice, `The line states ${twice} twice, and not the same: ${AGAIN}`);
    return [];
  }
  return convertEntry({ ...raw, value: entryOfLine(line) }, isOfManager(line), context);
}

function convertEntry(raw: RawRecord, byManager: boolean, context: AdapterContext): Emit[] {
  const r = reading(raw, context, AGAIN);
  const action = r.need('Action', r.text(['Action', 'Desc']), 'There is no Action: every entry has one.');
  const meaning = meaningOf(action ?? '', byManager);
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
    actor_type: () => (isComponent(r.text('Issuer') ?? '') ? 'automation' : null),
    outcome: () => outcomeOf(r),
    source_ip: () => r.text('Station'),
    ticket: () => reasonWithoutAction(r.text('Reason')),
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
  return safe === null || file === null ? null : `${safe}/${file.replace(/^Root\\+/i, '')}`;
}

function outcomeOf(r: Reading): AuditEventRecord['outcome'] {
  const severity = r.text('Severity')?.toLowerCase() ?? null;
  if (severity === 'info') return 'success';
  return severity === 'error' || severity === 'critical' ? 'failure' : null;
}
