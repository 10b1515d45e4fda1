/** What toolchain.wasm.br was built from, and the hashes it must have. Written by `npm run toolchain:build`. */
export const TOOLCHAIN = {
  opa: '1.22.2',
  go: 'go1.26.8',
  sha256: 'fcc6eff2a808d69fab70647da18619c13e0a34cc96dc71b59dc6c7f995fad576',
  compressedSha256: '173685f047713e9f3c2fe09977c4197771f380ed36fa20e16aae121500f2a7c2',
  memoryPages: 321,
} as const;
