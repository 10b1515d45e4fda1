/** What toolchain.wasm.br was built from, and the hashes it must have. Written by `npm run toolchain:build`. */
export const TOOLCHAIN = {
  opa: '1.22.2',
  go: 'go1.26.8',
  sha256: '0001f63cc720acd46b4fe899d0f2cdbbab1c71249de58b9d1f926b138bd58449',
  compressedSha256: '89271477349b1f6fb8e75505e8bc42b8faac6d26c7ad7d85568e38db3922967a',
  memoryPages: 321,
} as const;
