import type { Instant } from '../../../../model/index.js';
import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { statedInstant } from '../../../fields/instants.js';
import { warnOfNextPage } from '../../../fields/next-page.js';
import { type Draft, type Reading, reading } from '../../../fields/record-reader.js';

const AGAIN = 'export again with aws ssm describe-parameters.';
const GOES_ON =
  'The export ends with a NextToken: more parameters exist than it lists. Export again without --max-items, or add the next pages.';
const HOLDS_VALUES =
  'The file is an answer of get-parameters and holds the values themselves: remove it, and export aws ssm describe-parameters.';
const NO_ARN =
  'Parameters state no ARN (an older command line): two of one name in two accounts or Regions would be taken for one. Export again with a newer one.';

/**
 * Parameters of the type `SecureString` in AWS Systems Manager: `aws ssm describe-parameters`, and without their values the answers of
 * `get-parameters` and `get-parameters-by-path`. Follows
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ParameterMetadata.html
 * - Parameters of other types hold no secret by their own statement: left out and counted.
 * - `LastModifiedDate` is when the current version was written, each version with a value of its own (PutParameter takes no version without
 *   one), so it is `last_rotated`; of version 1 it is `created`, too.
 * - Policies of a parameter may end it (`Expiration`). A list of them that is empty is `never`; others are not read.
 */
export const adapter: Adapter = {
  id: 'aws-ssm-parameters',
  title: 'AWS Systems Manager parameters (JSON)',
  recognisedBy: '`Parameters` with `Type` and `LastModifiedDate`',
  proves: 'which SecureString parameters exist, and when their current value was written',
  cannot:
    'who reads a parameter, when one with several versions was made, whether a new version has another value, other Regions',
  produces: ['keys'],
  formats: ['json', 'ndjson'],
  signature: ['Parameters', 'Name', 'Type', 'KeyId', 'LastModifiedDate', 'DataType', 'Tier'],
  recognise,
  open,
};

function recognise({ keys, head }: FileSample): { version: string | null } | null {
  const has = (...names: string[]) => names.every((name) => keys.includes(name));
  const isType = /"Type"\s*:\s*"(?:SecureString|String|StringList)"/.test(head);
  const isBare = has('Name', 'Type', 'LastModifiedDate') && (has('DataType') || has('Version'));
  return isType && (has('Parameters') || isBare) && head.includes('"LastModifiedDate"')
    ? { version: null }
    : null;
}

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  return {
    items: ['$.Parameters', '$', ''],
    convert: (raw) => parameter(raw, context),
    envelope: (value) => warnOfNextPage(value, ['NextToken'], GOES_ON, context),
  };
}

function parameter(raw: RawRecord, context: AdapterContext): Emit[] {
  const r = reading(raw, context, AGAIN);
  if ('Value' in raw.value) context.warn(HOLDS_VALUES);
  const type = r.need('Type', r.text('Type'), 'There is no Type: every parameter has one.');
  if (type !== null && type !== 'SecureString') {
    context.skip(`parameter of the type ${type.slice(0, 40)}, which holds no secret by its own statement`);
    return [];
  }
  const name = r.need('Name', r.text('Name'), 'There is no Name: every parameter has one.') ?? '';
  const arn = r.text('ARN');
  if (arn === null) context.warn(NO_ARN);
  return r.emit('keys', life(r), {
    key_id: arn ?? `aws-ssm:${name}`,
    aliases: arn === null ? [] : [`aws-ssm:${name}`, name],
    name,
    store: 'aws-ssm',
    storage: 'secrets-manager',
    encrypted_at_rest: true,
    kms_key: () => r.text('KeyId'),
    ...(r.states('Description') ? { purpose: () => r.text('Description') } : {}),
  });
}

function life(r: Reading): Draft<'keys'> {
  const written = () => r.date('LastModifiedDate');
  return {
    status: 'active',
    created: () => (r.number('Version') === 1 ? written() : statedInstant('not-tracked')),
    last_rotated: () => written() ?? statedInstant('not-tracked'),
    last_used: statedInstant('not-tracked'),
    expires: () => expiryOf(r),
    rotation_enabled: false,
  };
}

function expiryOf(r: Reading): Instant | null {
  const policies = r.raw.value['Policies'];
  return Array.isArray(policies) && policies.length === 0 ? statedInstant('never') : null;
}
