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
  ['ref', 'reference'],
  ['s', 'in seconds'],
  ['sha256', 'SHA-256'],
]);

/** Returns the name of a field in words: `encrypted_at_rest` as `encrypted at rest`. */
export function fieldWords(name: string): string {
  return name
    .split('_')
    .map((word) => SPELT.get(word) ?? word)
    .join(' ');
}
