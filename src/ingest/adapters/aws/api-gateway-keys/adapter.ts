import { fingerprint } from '../../../../secrets/fingerprint.js';
import type { Adapter, AdapterContext, AdapterReader, FileSample } from '../../../adapter.js';
import { statedInstant } from '../../../fields/instants.js';
import { keyLabelReader } from '../../../fields/key-labels.js';
import { parseLabels } from '../../../fields/labels.js';
import { warnOfNextPage } from '../../../fields/next-page.js';
import { type Reading, reading } from '../../../fields/record-reader.js';

const AGAIN = 'export again with aws apigateway get-api-keys.';
const GOES_ON = 'The export ends with a position: more keys exist than it lists. Export all pages.';
const HOLDS_KEYS =
  'The export holds the keys themselves (value); only their fingerprints were kept: export again without --include-values.';
const IN_HEAD = /"(?:stageKeys|createdDate)"\s*:/;

/**
 * API keys of AWS API Gateway: `aws apigateway get-api-keys` (`items`). Follows
 * https://docs.aws.amazon.com/apigateway/latest/api/API_GetApiKeys.html
 * - The value of a key cannot be replaced: `last_rotated` is when it was created. `lastUpdatedDate` moves with every change of its
 *   name, tags and stages, and is not read. Keys do not expire, and their use is in access logs only.
 * - `stageKeys` (`<api>/<stage>`) are the stages that the key opens by itself; stages of its usage plans are in get-usage-plans, so
 *   that a key without any may still open some.
 * - AWS calls these keys no means of authentication: they meter callers.
 */
export const adapter: Adapter = {
  id: 'aws-api-gateway-keys',
  title: 'AWS API Gateway keys (JSON of get-api-keys)',
  recognisedBy: '`stageKeys` beside `enabled` and `createdDate`, in `items`',
  proves: 'which API keys exist, their age, whether they are enabled, and the stages bound to them',
  cannot:
    'who holds or used a key, limits and stages of its usage plans, and the account and Region it is in',
  produces: ['keys'],
  formats: ['json', 'ndjson'],
  signature: ['items', 'id', 'name', 'enabled', 'createdDate', 'lastUpdatedDate', 'stageKeys'],
  recognise,
  open,
};

const MEMBERS = ['stageKeys', 'enabled', 'createdDate'];

function recognise({ keys, head }: FileSample): { version: string | null } | null {
  const inItems = keys.includes('items') && MEMBERS.every((name) => head.includes(`"${name}"`));
  const bare = MEMBERS.every((name) => keys.includes(name));
  return (inItems || bare) && IN_HEAD.test(head) ? { version: null } : null;
}

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const factsOf = keyLabelReader(context);
  return {
    items: ['$.items', '$', ''],
    convert(raw) {
      const r = reading(raw, context, AGAIN);
      const id = r.need('id', r.text('id'), 'There is no id: every API key has one.');
      const value = r.value('value');
      const shown = typeof value === 'string' && value !== '';
      if (shown) context.warn(HOLDS_KEYS);
      return r.emit('keys', () => factsOf(r.read('tags', parseLabels), raw.record), {
        key_id: `aws-apigw:${id}`,
        aliases: id === null ? [] : [id],
        name: () => r.text('name') ?? id,
        store: 'aws-apigw',
        type: 'api-key',
        auth_type: 'static-key',
        purpose: () => r.text('description'),
        status: () => statusOf(r.flag('enabled')),
        created: () => r.date('createdDate'),
        last_rotated: () => r.date('createdDate'),
        last_used: statedInstant('not-tracked'),
        expires: statedInstant('never'),
        rotation_enabled: false,
        scopes: () => stagesOf(r),
        ...(shown ? { fingerprint: fingerprint(value) } : {}),
      });
    },
    envelope: (value) => warnOfNextPage(value, ['position'], GOES_ON, context),
  };
}

/** Returns stages bound to the key itself; unknown if there are none, because its usage plans may open some. */
function stagesOf(r: Reading): string[] | null {
  const stages = r.list('stageKeys') ?? [];
  return stages.length > 0 ? stages : null;
}

function statusOf(enabled: boolean | null): 'active' | 'inactive' | null {
  if (enabled === null) return null;
  return enabled ? 'active' : 'inactive';
}
