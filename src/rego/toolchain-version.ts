/** What toolchain.wasm.br was built from, and the hashes it must have. Written by `npm run toolchain:build`. */
export const TOOLCHAIN = {
  opa: '1.22.2',
  go: 'go1.26.8',
  sha256: '50cb958cc96b99a261db356bf94b7479b3715c97908914a5c3e847bb1e6ed8e1',
  compressedSha256: 'da6f02459b71c0a890fdd4b7c18e0d94158c4f4be7afdb6b968e36fb9ffe000e',
} as const;
