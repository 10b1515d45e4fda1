import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { warnOfNextPage } from '../../../fields/next-page.js';
import { type Reading, reading } from '../../../fields/record-reader.js';

const AGAIN = 'export again with aws apigateway get-usage-plans.';
const GOES_ON = 'The export ends with a position: more usage plans exist than it lists. Export all pages.';
const NO_KEYS =
  'Usage plans do not list their keys: which stages a key opens is unknown. Add the items of get-usage-plan-keys to each plan as keys (keyproof collect --print aws does).';
const LIMITS =
  'Limits of usage plans (rate, burst, quota) are targets that hold for each key of the plan; they are not read, because a stage may be open without a key.';

/**
 * Usage plans of AWS API Gateway: `aws apigateway get-usage-plans` (`items`), each with its keys as a member `keys`, the items of
 * `get-usage-plan-keys`. Follows https://docs.aws.amazon.com/apigateway/latest/api/API_GetUsagePlans.html and
 * https://docs.aws.amazon.com/apigateway/latest/api/API_GetUsagePlanKeys.html
 * - A key opens the stages of all its plans: they are its scopes, `<api>/<stage>`. A plan without stages opens none.
 * - If one plan of the file lacks its keys or a stage, the stages of every key are unknown: it may be in that plan too.
 * - The list of keys of a plan does not name the plan, so that it is read inside of it only.
 */
export const adapter: Adapter = {
  id: 'aws-api-gateway-usage-plans',
  title: 'AWS API Gateway usage plans with their keys (JSON of get-usage-plans and get-usage-plan-keys)',
  recognisedBy: '`apiStages` beside `id` and `name`, in `items`',
  proves: 'which stages of which APIs a key opens by its usage plans',
  cannot:
    'stages that a key opens without a plan, whether a stage asks for a key at all, and who holds or used a key',
  produces: ['keys'],
  formats: ['json', 'ndjson'],
  signature: ['items', 'id', 'name', 'apiStages', 'throttle', 'quota', 'keys'],
  recognise,
  open,
};

function recognise({ keys, head }: FileSample): { version: string | null } | null {
  const inItems = keys.includes('items') && /"apiStages"\s*:/.test(head);
  return inItems || (keys.includes('apiStages') && keys.includes('id')) ? { version: null } : null;
}

/** A key as the first plan lists it, with the stages of all its plans. */
type Opened = { reading: Reading; stages: Set<string> };

/** What the plans of a file state together. */
type Plans = {
  /** Keys, by id. */
  keys: Map<string, Opened>;
  /** Whether each plan states its keys and stages; a key may be in any other. */
  whole: boolean;
};

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const plans: Plans = { keys: new Map(), whole: true };
  return {
    items: ['$.items', '$', ''],
    convert(raw) {
      keep(raw, plans, context);
      return [];
    },
    envelope: (value) => warnOfNextPage(value, ['position'], GOES_ON, context),
    end: () => [...plans.keys].flatMap(([id, one]) => keyOf(id, one, plans.whole)),
  };
}

function keep(raw: RawRecord, plans: Plans, context: AdapterContext): void {
  const r = reading(raw, context, AGAIN);
  if (r.states('throttle') || r.states('quota')) context.warn(LIMITS);
  const stages = r.each('apiStages').map(({ reading: one }) => stageOf(one));
  if (!Array.isArray(r.value('apiStages')) || stages.includes(null)) plans.whole = false;
  if (!r.states('keys')) {
    plans.whole = false;
    context.warn(NO_KEYS);
    context.skip('usage plan without its keys');
    return;
  }
  for (const { reading: key } of r.each('keys')) {
    const id = key.need('id', key.text('id'), 'There is no id: every key of a usage plan has one.') ?? '';
    if (r.failed || key.failed) continue;
    const known = plans.keys.get(id) ?? { reading: key, stages: new Set() };
    for (const stage of stages) if (stage !== null) known.stages.add(stage);
    plans.keys.set(id, known);
  }
}

function stageOf(r: Reading): string | null {
  const api = r.need('apiId', r.text('apiId'), 'There is no apiId: every stage of a usage plan has one.');
  const stage = r.need('stage', r.text('stage'), 'There is no stage: every stage of a usage plan has one.');
  return r.failed ? null : `${api}/${stage}`;
}

function keyOf(id: string, { reading: r, stages }: Opened, whole: boolean): Emit[] {
  return r.emit('keys', {
    key_id: `aws-apigw:${id}`,
    aliases: [id],
    name: () => r.text('name') ?? id,
    store: 'aws-apigw',
    type: 'api-key',
    auth_type: 'static-key',
    scopes: whole ? [...stages].sort() : null,
  });
}
