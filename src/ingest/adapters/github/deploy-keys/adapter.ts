import type { Instant, KeyRecord } from '../../../../model/index.js';
import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { statedInstant } from '../../../fields/instants.js';
import { warnOfFullPage } from '../../../fields/next-page.js';
import { type Reading, reading } from '../../../fields/record-reader.js';
import { dateOrNever } from '../../../fields/whole-record.js';

const AGAIN = 'export again with gh api --paginate repos/{owner}/{repo}/keys.';
/** `https://api.github.com/repos/octocat/Hello-World/keys/1`, also of GitHub Enterprise Server. */
const PLACE = /\/repos\/([^/]+\/[^/]+)\/keys\/(\d+)$/;
const PLACE_FORM = 'the address of a deploy key, .../repos/<owner>/<repository>/keys/<id>';
/** Sizes of a page; the API tells only in a header that another follows. */
const PAGES = [30, 100];
const MAY_GO_ON =
  'The list has exactly one page of the API: more deploy keys may exist. Export with gh api --paginate.';

/**
 * Deploy keys of a repository on GitHub (`GET /repos/{owner}/{repo}/keys`). Follows
 * https://docs.github.com/en/rest/deploy-keys/deploy-keys
 * - A deploy key cannot be replaced in place: `last_rotated` is when it was added. GitHub gives it no expiry.
 * - `added_by` is who added it, which is no owner. The list holds the public half of the key, which is not kept.
 * - `last_used: null` is never used; a list without the member (older versions) does not track it.
 */
export const adapter: Adapter = {
  id: 'github-deploy-keys',
  title: 'GitHub deploy keys of a repository (JSON)',
  recognisedBy: '`read_only` and `verified` beside an address `.../repos/<owner>/<repository>/keys/<id>`',
  proves: 'which deploy keys a repository has, since when, whether they may write, when they were last used',
  cannot: 'who holds the private key, and that the list is complete: the API tells in a header',
  produces: ['keys'],
  formats: ['json', 'ndjson'],
  signature: ['read_only', 'verified', 'url', 'title', 'added_by', 'last_used'],
  recognise: ({ keys, head }: FileSample) =>
    keys.includes('read_only') && /"url"\s*:\s*"[^"]+\/repos\/[^"/]+\/[^"/]+\/keys\/\d+"/.test(head)
      ? { version: null }
      : null,
  open,
};

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const reader: AdapterReader = {
    items: ['$', ''],
    convert: (raw) => deployKey(raw, context),
  };
  return warnOfFullPage(reader, PAGES, MAY_GO_ON, context);
}

function deployKey(raw: RawRecord, context: AdapterContext): Emit[] {
  const r = reading(raw, context, AGAIN);
  const [, repository = '', id = ''] = r.match('url', PLACE, PLACE_FORM) ?? [];
  const added = () => r.date('created_at');
  return r.emit('keys', {
    key_id: `github-deploy-key:${id}`,
    aliases: [`${repository}/keys/${id}`],
    name: () => r.text('title') ?? id,
    store: 'github',
    type: 'ssh-key',
    auth_type: 'static-key',
    repositories: [repository],
    status: () => statusOf(r),
    created: added,
    last_rotated: () => added() ?? statedInstant('not-tracked'),
    last_used: () => lastUsed(r),
    expires: statedInstant('never'),
    rotation_enabled: false,
    scopes: () => scopesOf(r),
  });
}

/** Lists of versions from before a deploy key could be disabled do not state it. */
function statusOf(r: Reading): KeyRecord['status'] {
  const enabled = r.flag('enabled');
  return enabled === null ? null : enabled ? 'active' : 'inactive';
}

function lastUsed(r: Reading): Instant {
  return dateOrNever(r, 'last_used') ?? statedInstant('not-tracked');
}

function scopesOf(r: Reading): string[] | null {
  const readOnly = r.flag('read_only');
  return readOnly === null ? null : [readOnly ? 'repository:contents:read' : 'repository:contents:write'];
}
