/** One command that wrote to a pack. Holds no secret, no folder, no host and no user. */
export type RunEntry = {
  /** The tool that ran. */
  tool: {
    /** Always `keyproof`. */
    name: 'keyproof';
    /** Version. */
    version: string;
  };
  /** Version of Node.js. */
  node: string;
  /** Arguments after `keyproof`: of an absolute path the last name only, of a secret its fingerprint. */
  command: string[];
  /** SHA-256 of keyproof.yaml as read, lower-case hex; null if none was read. */
  configSha256: string | null;
  /**
   * SHA-256 of what keyproof.yaml states of how exports are read (`sources`, `classify`), lower-case hex; null if it states neither,
   * absent if it was not recorded.
   */
  readingSha256?: string | null;
  /** When it started, ISO date-time UTC. */
  startedAt: string;
  /** When it had everything but this record written, ISO date-time UTC. */
  endedAt: string;
};

/** run.json: the commands that wrote a pack. The manifest does not seal it, so that the same evidence gives the same pack. */
export type RunRecord = {
  /** Version of this format. */
  schemaVersion: '1.0.0';
  /** The audit first, then each command that rendered formats again. */
  runs: RunEntry[];
};
