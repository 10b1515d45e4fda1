import type { AuditEventRecord } from '../../../../model/index.js';
import type { Adapter, AdapterContext, AdapterReader, Emit, FileSample } from '../../../adapter.js';
import { entryOf } from '../../../fields/json.js';
import { lifeEvent, type Meaning } from '../../../fields/life-events.js';
import { type Reading, reading } from '../../../fields/record-reader.js';
import { type Entry, entryIn } from './entries.js';

const AGAIN = 'export the log again.';

/** What an entry means, by its message id; others look at resources and change nothing. */
const MEANINGS: { readonly [event: string]: Meaning } = {
  fetch: { category: 'read-secret' },
  update: { category: 'rotate', step: 'rotated' },
  policy: { category: 'admin' },
  'api-key': { category: 'admin' },
  password: { category: 'admin' },
  authn: { category: 'authentication' },
};
const OUTCOMES: { readonly [result: string]: NonNullable<AuditEventRecord['outcome']> } = {
  success: 'success',
  failure: 'failure',
};
const ROLE = /^[^:]+:(user|host):(.+)$/s;
const VARIABLE = /^([^:]+):variable:(.+)$/s;

/**
 * Audit log of CyberArk Conjur (Secrets Manager): lines of syslog (RFC 5424) with structured data, as Conjur writes them to its audit socket or its output. Follows
 * https://docs.cyberark.com/conjur-open-source/latest/en/content/operations/syslog/audit.htm and
 * https://github.com/cyberark/conjur/tree/master/app/models/audit
 * - `fetch` reads the value of a variable and `update` stores one, which is a rotation, also if it is the first: the log does not tell. The variable is
 *   named as in the list of resources.
 * - `policy` tells what a policy changed; keys of the API and passwords are of users and hosts, which are no keys of ours, so that they count as administration.
 * - The message is not read: it says the same in words, and may go on in the next line.
 */
export const adapter: Adapter = {
  id: 'conjur-audit-log',
  title: 'CyberArk Conjur audit log (text of syslog)',
  recognisedBy: 'lines of RFC 5424 of the program `conjur` with `[auth@43868 ...]`',
  proves:
    'who read or stored the value of which variable, and who changed policies, when, from where, with what result',
  cannot: 'whether a stored value is the first, who was behind a host, and entries of other nodes or days',
  produces: ['events', 'rotations'],
  formats: ['text'],
  signature: [],
  recognise: ({ head }: FileSample) =>
    head.split('\n', 50).some((line, index) => isOfConjur(entryIn(line.trimEnd(), index)))
      ? { version: null }
      : null,
  open: (_file, context): AdapterReader => ({
    items: [''],
    convert: ({ value }) =>
      linesOf(value['text']).flatMap((line, index) => convert(line, index + 1, context)),
  }),
};

function isOfConjur(entry: Entry | null): boolean {
  return entry !== null && 'auth' in entry.value && 'action' in entry.value;
}

function linesOf(text: unknown): string[] {
  return typeof text === 'string' ? text.split(/\r?\n/) : [];
}

function convert(line: string, number: number, context: AdapterContext): Emit[] {
  const entry = entryIn(line, number);
  if (entry === null) {
    if (line.trim() !== '') context.skip('line that is no entry of Conjur');
    return [];
  }
  const r = reading({ ...entry, list: '' }, context, AGAIN);
  const meaning = entryOf(MEANINGS, r.text('event') ?? '');
  if (meaning === undefined) {
    context.skip('entry that reads or changes no secret');
    return [];
  }
  const at = r.need('at', r.date('at'), 'There is no time: every entry has one.');
  return r.failed ? [] : lifeEvent(r, meaning, { at, ...detailsOf(r) }, null);
}

function detailsOf(r: Reading) {
  const [, kind, name = null] = ROLE.exec(r.text('auth.user') ?? '') ?? [];
  const [, account, path] = VARIABLE.exec(r.text('subject.resource') ?? '') ?? [];
  return {
    action: [...new Set([r.text('event'), r.text('action.operation')])].filter(Boolean).join(' '),
    key_id: path === undefined ? null : `conjur:${account}/${path}`,
    actor: () => name ?? r.text('auth.user'),
    actor_type: kind === undefined ? null : kind === 'user' ? ('human' as const) : ('service' as const),
    outcome: () => entryOf(OUTCOMES, r.text('action.result') ?? '') ?? null,
    source_ip: () => r.text('client.ip'),
    log: 'conjur',
  };
}
