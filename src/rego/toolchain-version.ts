/** What toolchain.wasm.br was built from, and the hashes it must have. Written by `npm run toolchain:build`. */
export const TOOLCHAIN = {
  opa: '1.22.2',
  go: 'go1.26.8',
  sha256: 'c2076a070941385a27587fcd3b208700f151f76caffd7da652c6c803c8694c3c',
  compressedSha256: 'a9aa269ddb1b09683bdc5ff2e43b1c9a0b27f815dedebcc51fd1f16eea9ace76',
} as const;
