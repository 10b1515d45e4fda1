/** What toolchain.wasm.br was built from, and the hashes it must have. Written by `npm run toolchain:build`. */
export const TOOLCHAIN = {
  opa: '1.22.2',
  go: 'go1.26.8',
  sha256: '177a76c886bb3a5052c3010dab206339db2da06f5bd5a211196af17ec8baf6e3',
  compressedSha256: '87f238b189e9ac45c6468ed6bbc7e463e00ad40984c91160441cab99713d29a9',
} as const;
