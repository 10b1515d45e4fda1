/** What to use instead of a built-in that the capabilities leave out; the first prefix that fits decides. */
const ADVICE: readonly (readonly [prefix: string, advice: string])[] = [
  ['time.now_ns', 'an audit has no clock: use input.as_of.ms, the date the audit speaks for'],
  ['http.send', 'an audit has no network: put the data in an export that keyproof reads, or in data'],
  [
    'net.lookup_ip_addr',
    'an audit has no network: put the resolved address in an export that keyproof reads',
  ],
  ['net.', 'it is not available in compiled policies: net.cidr_contains and net.cidr_intersects are'],
  [
    'opa.runtime',
    'an audit must not depend on the machine it runs on: pass the value as a parameter in data.params',
  ],
  ['rand.', 'an audit gives the same answer every time: derive the choice from a field of input'],
  ['uuid.', 'an audit gives the same answer every time: use an id that is in input'],
  [
    'time.',
    'dates reach a policy as epoch milliseconds: compare and subtract those, or use time.parse_rfc3339_ns',
  ],
  [
    'regex.',
    'it is not available in compiled policies: regex.match and regex.find_all_string_submatch_n are',
  ],
  ['yaml.', 'it is not available in compiled policies: give keyproof the YAML file itself, or use JSON'],
  [
    'crypto.',
    'a policy sees no secrets and no certificates: compare the fingerprint or the dates that input has',
  ],
  ['io.jwt.', 'a policy sees no tokens: compare the claims that input has'],
  ['hex.', 'compare the text as input has it, or use base64.encode and base64.decode'],
  [
    'graphql.',
    'it is not available in compiled policies: put the parsed facts in an export that keyproof reads',
  ],
  [
    'providers.aws.',
    'an audit has no network and no credentials: put the data in an export that keyproof reads',
  ],
  ['rego.parse_module', 'a compiled policy cannot read Rego'],
  ['trace', 'use print, which tests show and compiled policies leave out'],
];

/**
 * The sentence for a built-in that OPA has and the capabilities in force leave out.
 *
 * @param name the built-in, such as `time.now_ns`.
 */
export function unsupportedBuiltin(name: string): string {
  const advice = ADVICE.find(([prefix]) => name.startsWith(prefix))?.[1];
  return `${name} cannot be used here: ${advice ?? 'it is not available in compiled policies; docs/rego.md lists those that are'}`;
}
