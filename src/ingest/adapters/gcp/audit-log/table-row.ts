import { isObject } from '../../../../text/is-object.js';
import { objectInText, objectOf } from '../../../fields/json.js';
import { withNames } from '../../../reading/member-names.js';

/** Members of a payload that BigQuery keeps as the text of a JSON value, by the name of the member that they are. */
const TEXTS = { requestJson: 'request', responseJson: 'response', metadataJson: 'metadata' };

/**
 * Returns a row of a table in BigQuery as the entry that it is: a sink writes the payload as `protopayload_auditlog`
 * (https://cloud.google.com/logging/docs/export/bigquery#audit-logs), Log Analytics as `proto_payload.audit_log` with names in
 * snake case. Anything else is returned as it is.
 */
export function entryOfTable(value: Record<string, unknown>): Record<string, unknown> {
  const sunk = value['protopayload_auditlog'];
  if (isObject(sunk)) return { ...value, protoPayload: withParsedTexts(sunk) };
  const inner = objectOf(value['proto_payload'])['audit_log'];
  if (!isObject(inner)) return value;
  return { ...objectOf(withNames(value, 'camel')), protoPayload: objectOf(withNames(inner, 'camel')) };
}

function withParsedTexts(payload: Record<string, unknown>): Record<string, unknown> {
  const parsed = Object.entries(TEXTS)
    .filter(([text]) => typeof payload[text] === 'string')
    .map(([text, name]) => [name, objectInText(payload[text])]);
  return { ...payload, ...Object.fromEntries(parsed) };
}
