/** What to use instead of a built-in that the capabilities leave out; the first prefix that fits decides. */
const ADVICE: readonly (readonly [prefix: string, advice: string])[] = [
  ['time.now_ns', 'an audit has no clock: use input.as_of.ms, the date the audit speaks for'],
  ['http.send', 'an audit has no network: put the data in an export that keyproof reads, or in data'],
  [
    'net.lookup_ip_addr',
    'an audit has no network: put the resolved address in an export that keyproof reads',
  ],
  [
    'opa.runtime',
    'an audit must not depend on the machine it runs on: pass the value as a parameter in data.params',
  ],
  ['rand.', 'an audit gives the same answer every time: derive the choice from a field of input'],
  ['uuid.', 'an audit gives the same answer every time: use an id that is in input'],
  [
    'io.jwt.decode_verify',
    'it asks the clock if no time is given: use io.jwt.decode and io.jwt.verify_*, and compare the claims with input.as_of',
  ],
  ['io.jwt.encode_sign', 'a signature differs each time it is made: compare the claims themselves'],
  [
    'crypto.x509.parse_and_verify_certificates',
    'it asks the clock if no time is given: use crypto.x509.parse_certificates and compare the dates with input.as_of',
  ],
  [
    'providers.aws.',
    'an audit has no network and no credentials: put the data in an export that keyproof reads',
  ],
];

/**
 * Returns the sentence for a built-in that OPA has and the capabilities in force leave out.
 *
 * @param name the built-in, such as `time.now_ns`.
 */
export function unsupportedBuiltin(name: string): string {
  const advice = ADVICE.find(([prefix]) => name.startsWith(prefix))?.[1];
  return `${name} cannot be used here: ${advice ?? 'the capabilities it was compiled with leave it out; docs/rego.md lists those of an audit'}`;
}
