/** What toolchain.wasm.br was built from, and the hashes it must have. Written by `npm run toolchain:build`. */
export const TOOLCHAIN = {
  opa: '1.22.2',
  go: 'go1.26.8',
  sha256: 'a76e30ef1060ad0bfa94caa31d0b343f7a5b6c1d8ebd8f08e4ff0819a38ec8e1',
  compressedSha256: 'f8152667fc0195a4b677793f38324f0ef0cb62c5ed6af04595b1b99e7f9a56de',
  memoryPages: 321,
} as const;
