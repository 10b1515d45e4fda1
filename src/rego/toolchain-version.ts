/** What toolchain.wasm.br was built from, and the hashes it must have. Written by `npm run toolchain:build`. */
export const TOOLCHAIN = {
  opa: '1.22.2',
  go: 'go1.26.8',
  sha256: '946c529f0a81d7f0f3b817762d85be6354ce0dc803506437de263d61e73e5d1d',
  compressedSha256: '15f5cbbec6a4bb5ec67dff1376a7683b355574aeac2133935eab9aa6c242b658',
} as const;
