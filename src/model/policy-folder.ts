/** A folder, or a bundle (.tar.gz), that policies are read from. */
export type PolicyFolder = {
  /** Absolute path of it. */
  dir: string;
  /** True for keyproof's own rule book. */
  builtIn: boolean;
};
