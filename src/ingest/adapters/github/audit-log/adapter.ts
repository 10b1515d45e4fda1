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
import { type IsRepeated, repeatedIds } from '../../../fields/repeated-ids.js';
import { meaningOf } from './actions.js';

const AGAIN = 'export the audit log again.';
const TIME = ['@timestamp', 'created_at', 'at_sign_timestamp'];
/** Kind of access that is by a fine-grained token, whose id the list of tokens has, too. */
const FINE_GRAINED = /fine-grained personal access token/i;

/**
 * GitHub audit log of an organisation or enterprise: the REST API (a bare array), exports and streams (one event a line).
 * The page of the log exports the same events as CSV, with members of members in columns of their own (`data.key`).
 * Follows https://docs.github.com/en/rest/orgs/orgs#get-the-audit-log-for-an-organization
 * - Events about tokens, keys, secrets of Actions, secret scanning and allow lists are kept; what was done with a
 *   fine-grained token is a use of that token. The rest is counted and left out.
 * - A fine-grained token is `github-pat:<token_id>`, as in the list of tokens; a secret of Actions
 *   `github-secret:<repository or organisation>/<name>`, with `codespaces`, `dependabot` or `environments/<name>` before the name, as in the list of secrets.
 * - The events of secrets of an environment state no environment (those of its variables do), so that they are of no key, unless `environment_name` stands
 *   there: the repository may have a secret of the same name, and each environment, too.
 * - Hashes of tokens (`hashed_token`) are not kept. GitHub keeps events for 180 days, those of git for 7.
 */
export const adapter: Adapter = {
  id: 'github-audit-log',
  title: 'GitHub audit log (JSON, NDJSON, CSV)',
  recognisedBy:
    '`action` such as `public_key.create` beside `actor` and a time, in CSV also `org` or `business`',
  proves: 'who made, replaced, revoked or used which token or secret of Actions, when',
  cannot:
    'anything older than GitHub keeps (180 days, git events 7), addresses unless they were switched on, calls that failed',
  produces: ['events', 'rotations'],
  formats: ['json', 'ndjson', 'csv'],
  signature: ['@timestamp', '_document_id', 'action', 'actor', 'created_at', 'org'],
  recognise: ({ keys, header, head }: FileSample) => {
    if (header !== null)
      return isEvent(header) && OWNER.some((name) => header.includes(name)) && ACTION_CELL.test(head)
        ? { version: 'CSV' }
        : null;
    return isEvent(keys) && ACTION.test(head) ? { version: null } : null;
  },
  open,
};

const ACTION = /"action"\s*:\s*"[a-z0-9_]+\.[a-z0-9_.]+"/;
const ACTION_CELL = /(?:^|[,;\t])"?[a-z][a-z0-9_]*\.[a-z0-9_.]+"?(?:[,;\t]|\r?$)/m;
const OWNER = ['org', 'business'];

function isEvent(names: readonly string[]): boolean {
  return names.includes('action') && names.includes('actor') && TIME.some((name) => names.includes(name));
}

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const isRepeated = repeatedIds();
  return { items: ['$', ''], convert: (raw) => convert(raw, isRepeated, context) };
}

function convert(raw: RawRecord, isRepeated: IsRepeated, context: AdapterContext): Emit[] {
  const r = reading(raw, context, AGAIN);
  const action = r.need('action', r.text('action'), 'There is no action: every event has one.') ?? '';
  const token = FINE_GRAINED.test(r.text('programmatic_access_type') ?? '') ? r.text('token_id') : null;
  const meaning = meaningOf(action) ?? (token === null ? null : { category: 'use' as const });
  const id = r.text('_document_id');
  if (r.failed) return [];
  if (meaning === null || isRepeated(id)) {
    context.skip(meaning === null ? 'event about no credential' : 'event delivered twice');
    return [];
  }
  const at = r.need(TIME, r.date(TIME), 'There is no time: every event has one.');
  return lifeEvent(r, meaning, {
    event_id: id,
    at,
    action,
    key_id: keyOf(r, action, token),
    ...actorOf(r),
    outcome: 'success',
    source_ip: () => r.text('actor_ip'),
    log: 'github-audit',
  });
}

/** Returns the token or secret that an event is about, or was done with. */
function keyOf(r: Reading, action: string, token: string | null): string | null {
  if (/_secret$/.test(action)) return secretOf(r, action);
  const own = action.startsWith('personal_access_token.')
    ? r.text(['token_id', 'data.token_id', 'user_programmatic_access_id'])
    : null;
  const id = own ?? token;
  return id === null ? null : `github-pat:${id}`;
}

/** Returns the secret that an event is about, named as in the list of secrets; null if the event does not tell whose it is. */
function secretOf(r: Reading, action: string): string | null {
  const name = r.text(['key', 'data.key']);
  const [owner] = r.list('repo') ?? r.list('org') ?? [];
  if (name === null || owner === undefined) return null;
  if (!action.startsWith('environment.'))
    return `github-secret:${[owner, ...kindOf(action), name].join('/')}`;
  const environment = r.text(['environment_name', 'data.environment_name']);
  return environment === null ? null : `github-secret:${owner}/environments/${environment}/${name}`;
}

/** Returns what secrets of Codespaces and Dependabot have in their id, since each may have a secret of the same name as Actions. */
function kindOf(action: string): string[] {
  return /(?:^|_)(codespaces|dependabot)[_.]/.exec(action)?.slice(1, 2) ?? [];
}

function actorOf(r: Reading): { actor: string | null; actor_type: AuditEventRecord['actor_type'] } {
  const actor = r.text('actor');
  if (actor === null) return { actor, actor_type: null };
  if (actor === 'github') return { actor, actor_type: 'service' };
  const isBot = actor.endsWith('[bot]') || r.flag('actor_is_bot') === true;
  return { actor, actor_type: isBot ? 'automation' : 'human' };
}
