/** What toolchain.wasm.br was built from, and the hashes it must have. Written by `npm run toolchain:build`. */
export const TOOLCHAIN = {
  opa: '1.22.2',
  go: 'go1.26.8',
  sha256: 'b8d14545fa46cdf0fe48eb494bf52195cd48fac3b4ec36ca3363912bdaafee2b',
  compressedSha256: '2743ab582bfd32a4493dd9cb81a282b0c6d6b40febb927e24b2fbf24abe51a6f',
} as const;
