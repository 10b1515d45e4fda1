import { isObject } from '../../../../text/is-object.js';
import type {
  Adapter,
  AdapterContext,
  AdapterReader,
  Emit,
  FileSample,
  RawRecord,
} from '../../../adapter.js';
import { isForOpenBanking } from '../../../fields/eidas.js';
import { statedInstant } from '../../../fields/instants.js';
import { type KeyFacts, keyLabelReader } from '../../../fields/key-labels.js';
import { noLaterThan } from '../../../fields/key-pair.js';
import { type Labels, parseLabels } from '../../../fields/labels.js';
import { type Parsed, unparsable } from '../../../fields/parsed.js';
import { type Draft, type Reading, reading } from '../../../fields/record-reader.js';

const AGAIN = 'export again with GET /vedsdk/certificates/{guid}.';
const LISTED_ONLY =
  'The list states neither validity nor subject of its certificates: export each with GET /vedsdk/certificates/{guid}.';
const GOES_ON = 'TotalCount is more than the list has: more certificates exist. Add the next pages.';

/** A member of the certificate, in the details or in the list. */
const of = (member: string) => [`CertificateDetails.${member}`, `X509.${member}`];

/**
 * Certificates of Venafi Trust Protection Platform (now CyberArk Certificate Manager, Self-Hosted): details of each from
 * `GET /vedsdk/certificates/{guid}`, one document a certificate or one a line, and lists from `GET /vedsdk/certificates`. Follows
 * https://docs.venafi.com/Docs/current/TopNav/Content/SDK/WebSDK/r-SDK-GET-Certificates-guid.php
 * - The id is `venafi:` and the GUID; the place in the tree (`DN`) and the thumbprint are other names.
 * - A certificate cannot be replaced in place, and may have the private key of an earlier one: `last_rotated` is any time until `ValidFrom`.
 * - A certificate that is listed counts as active: revocation is not in these exports.
 * - Custom fields state facts. Contacts are ids of Venafi's own and no owner.
 */
export const adapter: Adapter = {
  id: 'venafi-certificates',
  title: 'Venafi Trust Protection Platform certificates (JSON)',
  recognisedBy: '`DN` below `\\VED\\`, `Guid` and `SchemaClass`, alone or in `Certificates`',
  proves:
    'which certificates Venafi manages, and, with their details, of which subject, since when and until when',
  cannot:
    'where a certificate is used, whether it was revoked, who holds its private key, and when that key was made (a renewal may keep it)',
  produces: ['keys'],
  formats: ['json', 'ndjson'],
  signature: ['Certificates', 'CertificateDetails', 'DN', 'Guid', 'SchemaClass', 'ParentDn'],
  recognise,
  open,
};

function recognise({ keys, head }: FileSample): { version: string | null } | null {
  const inTree = /"DN"\s*:\s*"\\\\VED\\\\/i.test(head);
  const bare = ['DN', 'Guid', 'SchemaClass'].every((name) => keys.includes(name));
  return inTree && (keys.includes('Certificates') || bare) ? { version: null } : null;
}

function open(_file: FileSample, context: AdapterContext): AdapterReader {
  const factsOf = keyLabelReader(context);
  let count = 0;
  return {
    items: ['$.Certificates', '$', ''],
    convert(raw) {
      count += 1;
      return certificate(raw, factsOf, context);
    },
    envelope({ TotalCount: total }) {
      if (typeof total === 'number' && total > count) context.truncated(GOES_ON);
    },
  };
}

function certificate(raw: RawRecord, factsOf: KeyFacts, context: AdapterContext): Emit[] {
  const r = reading(raw, context, AGAIN);
  if (!r.states(of('ValidTo'))) context.warn(LISTED_ONLY);
  const guid = r.need('Guid', r.text('Guid'), 'There is no Guid: every certificate has one.') ?? '';
  return r.emit(
    'keys',
    life(r),
    {
      key_id: `venafi:${guid.replace(/[{}]/g, '').toLowerCase()}`,
      aliases: () => otherNames(r),
      name: () => r.text([...of('CN'), 'Name']) ?? guid,
      store: 'venafi',
      type: 'certificate',
      tpp_aspsp_interface: () => isForOpenBanking(r.text(of('Subject'))),
    },
    () => factsOf(r.read('CustomFields', customFields), r.raw.record),
  );
}

function otherNames(r: Reading): string[] {
  const names = [r.text('DN'), r.text(of('Thumbprint'))?.toLowerCase() ?? null];
  return names.filter((name) => name !== null);
}

function life(r: Reading): Draft<'keys'> {
  const from = () => r.date(of('ValidFrom'));
  return {
    status: 'active',
    created: from,
    last_rotated: () => noLaterThan(from()) ?? statedInstant('not-tracked'),
    last_used: statedInstant('not-tracked'),
    expires: () => r.date(of('ValidTo')),
  };
}

/** Reads custom fields, each of which has a list of values. */
function customFields(value: unknown): Parsed<Labels | null> {
  if (!Array.isArray(value) || !value.every(isObject)) return unparsable('it is no list of custom fields');
  if (value.some(({ Value }) => Value === undefined)) return unparsable('a custom field has no Value');
  const values = value.map(({ Name, Value }) => ({ Name, values: [Value].flat() }));
  if (values.some((field) => field.values.some((one) => typeof one === 'object')))
    return unparsable('a custom field holds no text');
  return parseLabels(values.map((field) => ({ Name: field.Name, Value: field.values.join(', ') })));
}
