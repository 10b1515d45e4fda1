/** What toolchain.wasm.br was built from, and the hashes it must have. Written by `npm run toolchain:build`. */
export const TOOLCHAIN = {
  opa: '1.22.2',
  go: 'go1.26.8',
  sha256: 'b6725d5c7cb52f93b5fd317ee5e00c50a8690d0473eed4f1011944c45a7699b5',
  compressedSha256: '70a6dcd2c38fb8102a106220909c7357bf257c40018ca8426b1ab62adbe81fad',
  memoryPages: 321,
} as const;
