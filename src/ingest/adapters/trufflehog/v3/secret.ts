import type { ReportReader } from '../../../findings/report-reader.js';
import { fromBase64, hashOfSecret } from '../../../findings/secret-hash.js';

/** An AWS access key id, which is the name of a key and no secret. */
const AWS_KEY_ID = /^(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}$/;

/**
 * Returns the hash of the secret of a finding. `Raw` is it, in base64 before version 3.28 (which did not yet write
 * `DecoderName`). For keys of two parts `Raw` may be the public one, as with AWS: then the secret is what `RawV2` has after it.
 */
export function secretHash(finding: ReportReader): string | null {
  const raw = plain(finding, 'Raw');
  if (raw === null || !AWS_KEY_ID.test(raw)) return hashOfSecret(raw);
  const both = plain(finding, 'RawV2') ?? '';
  return both.startsWith(raw) ? hashOfSecret(both.slice(raw.length).replace(/^:/, '')) : null;
}

function plain(finding: ReportReader, name: string): string | null {
  const value = finding.value(name);
  if (typeof value !== 'string') return null;
  return finding.value('DecoderName') === undefined ? (fromBase64(value) ?? value) : value;
}
