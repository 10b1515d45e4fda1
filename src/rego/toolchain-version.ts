/** What toolchain.wasm.br was built from, and the hashes it must have. Written by `npm run toolchain:build`. */
export const TOOLCHAIN = {
  opa: '1.22.2',
  go: 'go1.26.8',
  sha256: '96b254e9e1030ec65099067fbdc74c6e78f336f6afe533414483b99146e94a71',
  compressedSha256: 'c561ac3ab70d07049d9b6a22d14c38028c8c4c3f236a7d39ed43dfc1b4ab5286',
  memoryPages: 321,
} as const;
