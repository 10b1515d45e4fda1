import type { GrantRecord, Instant } from '../../../../model/index.js';
import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { statedInstant } from '../../../fields/instants.js';
import { entryOf } from '../../../fields/json.js';
import { type KeyFacts, keyLabelReader } from '../../../fields/key-labels.js';
import { type Labels, labelText, parseLabels } from '../../../fields/labels.js';
import { warnOfFullPage } from '../../../fields/next-page.js';
import { unparsable } from '../../../fields/parsed.js';
import { type Draft, type Reading, reading } from '../../../fields/record-reader.js';
import { parseNumber } from '../../../fields/values.js';

const AGAIN = 'export again with conjur list -i, or GET /resources/{account}.';
const MAY_GO_ON =
  'The list has as many resources as a page that was asked for with a limit: more may exist. Export without limit.';
const PAGES = [10, 100, 1000];
const LIMITS =
  'Members of groups and layers are not in the export, and an owner of a variable may read it without being listed.';

const ID = /^([^:]+):([a-z_]+):(.+)$/s;
const ID_FORM = 'the id of a resource, <account>:<kind>:<path>';
const IN_HEAD = /"id"\s*:\s*"[^":]+:(?:variable|policy|user|host|group|layer|webservice|host_factory):/;

/** What a privilege on a variable allows; `read` shows the variable and not its value. */
const ACTIONS: { readonly [privilege: string]: GrantRecord['action'] } = {
  execute: 'read',
  update: 'rotate',
};
const KINDS = { user: 'human', host: 'workload' } as const;

/**
 * CyberArk Conjur (Secrets Manager) resources: `GET /resources/{account}` or `conjur list -i`, with variables, hosts, users and
 * policies. Follows https://docs.cyberark.com/conjur-open-source/latest/en/content/developer/conjur_api_list_resources.htm
 * - A variable is a key; its id is `conjur:<account>/<path>`. One without a value (`secrets: []`) holds no credential and is counted.
 *   Resources of other kinds are counted, too.
 * - Versions have no time: `last_rotated` is `not-tracked`. `created_at` is when a policy declared the variable.
 * - The last version states when the value expires; without `expires_at` Conjur lets it never expire.
 * - The annotations `rotation/rotator` and `rotation/ttl` state that Conjur rotates the value, and how often. Others state facts.
 * - A permission to `execute` reads the value and one to `update` writes it: each is a grant. The owner of a variable is a role and is
 *   the owner only if it is a user or a group, and no annotation names one.
 */
export const adapter: Adapter = {
  id: 'conjur-resources',
  title: 'CyberArk Conjur resources (JSON)',
  recognisedBy: '`id` such as `account:variable:path` beside `owner`, `permissions` and `annotations`',
  proves:
    'which variables hold a value, until when, whether Conjur rotates it, and which roles may read or write it',
  cannot:
    'when a value was replaced, who read it, members of groups and layers, and resources that the caller may not see',
  produces: ['keys', 'grants', 'principals'],
  formats: ['json', 'ndjson'],
  signature: ['id', 'owner', 'policy', 'permissions', 'annotations', 'secrets', 'created_at'],
  recognise: ({ keys, head }: FileSample) =>
    ['id', 'owner', 'permissions', 'annotations'].every((name) => keys.includes(name)) && IN_HEAD.test(head)
      ? { version: null }
      : null,
  open,
};

function open(file: FileSample, context: AdapterContext): AdapterReader {
  const factsOf = keyLabelReader(context);
  const known = new Set<string>();
  const reader: AdapterReader = {
    items: ['$', ''],
    convert(raw) {
      return resource(raw, factsOf, known, context);
    },
  };
  return file.kind === 'json' ? warnOfFullPage(reader, PAGES, MAY_GO_ON, context) : reader;
}

function resource(raw: RawRecord, factsOf: KeyFacts, known: Set<string>, context: AdapterContext): Emit[] {
  const r = reading(raw, context, AGAIN);
  const [id = '', account = '', kind = '', path = ''] = r.match('id', ID, ID_FORM) ?? [];
  const secrets = r.value('secrets');
  const isEmpty = Array.isArray(secrets) && secrets.length === 0;
  if (!r.failed && (kind !== 'variable' || isEmpty)) {
    context.skip(
      kind === 'variable' ? 'variable without a value' : `Conjur resource of the kind ${kind.slice(0, 40)}`,
    );
    return [];
  }
  const key = `conjur:${account}/${path}`;
  const keys = r.emit('keys', () => factsOf(annotationsOf(r), r.raw.record), life(r), {
    key_id: key,
    aliases: [id, path],
    name: path,
    store: 'conjur',
    storage: 'secrets-manager',
    owner: () => ownerOf(r),
  });
  return keys.length === 0 ? [] : [...keys, ...grants(r, key, known, context)];
}

function annotationsOf(r: Reading): Labels | null {
  return r.read('annotations', (value) =>
    Array.isArray(value) ? parseLabels(value) : unparsable('it is no list of annotations'),
  );
}

function ownerOf(r: Reading): string | null {
  if (labelText(annotationsOf(r), 'owner') !== null) return null;
  const [, , kind, name] = ID.exec(r.text('owner') ?? '') ?? [];
  return kind === 'user' || kind === 'group' ? (name ?? null) : null;
}

function life(r: Reading): Draft<'keys'> {
  const labels = () => annotationsOf(r);
  return {
    status: 'active',
    created: () => r.date('created_at'),
    last_rotated: statedInstant('not-tracked'),
    last_used: statedInstant('not-tracked'),
    expires: () => expiryOf(r),
    rotation_enabled: () => isRotated(labels()),
    rotation_interval_days: () => intervalOf(labels()),
  };
}

function isRotated(labels: Labels | null): boolean | null {
  return labels === null ? null : labelText(labels, 'rotationrotator') !== null;
}

function intervalOf(labels: Labels | null): number | null {
  const ttl = parseNumber(labelText(labels, 'rotationttl') ?? '', 'days');
  return ttl.ok ? ttl.value : null;
}

/** Returns when the last version expires. */
function expiryOf(r: Reading): Instant | null {
  const versions = r.each('secrets').map(({ reading: one }) => ({
    version: one.number('version'),
    expires: one.date('expires_at'),
  }));
  const [last] = versions.sort((a, b) => (b.version ?? 0) - (a.version ?? 0));
  if (last === undefined || versions.some(({ version }) => version === null)) return null;
  return last.expires ?? statedInstant('never');
}

function grants(r: Reading, key: string, known: Set<string>, context: AdapterContext): Emit[] {
  return r.each('permissions').flatMap(({ reading: one }) => {
    const action = entryOf(ACTIONS, one.text('privilege') ?? '');
    const [role = '', , kind = '', name = ''] = one.match('role', ID, ID_FORM) ?? [];
    if (action === undefined || one.failed) return [];
    context.warn(LIMITS);
    const principal = kind === 'group' || kind === 'layer' ? role : name;
    const isNew = !known.has(role);
    known.add(role);
    return [
      ...(isNew
        ? one.emit('principals', {
            principal_id: principal,
            aliases: [role],
            kind: entryOf(KINDS, kind) ?? null,
          })
        : []),
      ...one.emit('grants', { principal_id: principal, key_id: key, action, effect: 'allow', role: kind }),
    ];
  });
}
