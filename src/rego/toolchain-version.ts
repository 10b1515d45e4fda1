/** What toolchain.wasm.br was built from, and the hashes it must have. Written by `npm run toolchain:build`. */
export const TOOLCHAIN = {
  opa: '1.22.2',
  go: 'go1.26.8',
  sha256: '45af7f3d8bd4fc0cf1a7371f4b3864d72aa8f3a9273c9a03f39ddeec1f21df81',
  compressedSha256: '2f7a0569bc0e782af858d8ea892b77de01ec2fb9ba2306c5cc1f00bef9d4aa5d',
} as const;
