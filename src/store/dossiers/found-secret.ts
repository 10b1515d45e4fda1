import { type JsonMember, type JsonText, jsonRecordWith, jsonValue } from '../json-text.js';

/** Returns a found secret, a row `row` of `secret_findings`, with everything that reports it. */
export function foundSecret(row: string, members: readonly JsonMember[] = []): JsonText {
  return jsonRecordWith(
    [...members, ['tools', jsonValue(`${row}.tools`)], ['sources', jsonValue(`${row}.sources`)]],
    'secret_findings',
    row,
  );
}
