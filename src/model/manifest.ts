/** One file with its hash. */
export type HashedFile = {
  /** Path with forward slashes: inside the pack for outputs, relative to the audited folder for inputs. */
  path: string;
  /** Size in bytes. */
  bytes: number;
  /** SHA-256, lower-case hex. */
  sha256: string;
};

/** manifest.json: what `keyproof verify` checks. */
export type Manifest = {
  /** Version of this format. */
  schemaVersion: '1.0.0';
  /** The tool that wrote it. */
  tool: {
    /** Always `keyproof`. */
    name: 'keyproof';
    /** Version. */
    version: string;
  };
  /** As-of date, ISO date-time UTC. */
  asOf: string;
  /** Every file of the pack but this one, sorted by path. */
  outputs: HashedFile[];
  /** Every input file that could be read, sorted by path. */
  inputs: HashedFile[];
};
