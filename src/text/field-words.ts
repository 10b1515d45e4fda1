import { FIELD_LABELS } from './field-labels.js';

const SPELT: ReadonlyMap<string, string> = new Map([
  ['hsm', 'HSM'],
  ['ip', 'IP'],
  ['kek', 'KEK'],
  ['dek', 'DEK'],
  ['kms', 'KMS'],
  ['pci', 'PCI'],
  ['icfr', 'ICFR'],
  ['tls', 'TLS'],
  ['mtls', 'mTLS'],
  ['ttl', 'TTL'],
  ['url', 'URL'],
  ['eu', 'EU'],
  ['gdpr', 'GDPR'],
  ['finra', 'FINRA'],
  ['soc2', 'SOC 2'],
  ['pan', 'PAN'],
  ['tpp', 'TPP'],
  ['aspsp', 'ASPSP'],
  ['aml', 'AML'],
  ['aoc', 'AOC'],
  ['auth', 'authentication'],
  ['config', 'configuration'],
  ['http', 'HTTP'],
  ['nydfs', 'NYDFS'],
  ['ms', 'in milliseconds'],
  ['sec', 'SEC'],
  ['ref', 'reference'],
  ['s', 'in seconds'],
  ['sha256', 'SHA-256'],
]);

/** Returns what a reader calls a field: its label, or else its name in words, `kek_location` as `KEK location`. */
export function fieldWords(name: string): string {
  const words = name.split('_').map((word) => SPELT.get(word) ?? word);
  return FIELD_LABELS.get(name) ?? words.join(' ');
}
