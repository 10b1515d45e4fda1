import type { Incomplete } from './assessment.js';
import type { OutputFormat } from './plan.js';

/** One file with its hash. */
export type HashedFile = {
  /** Path with forward slashes: inside the pack for outputs, relative to the audited folder for inputs. */
  path: string;
  /** Size in bytes. */
  bytes: number;
  /** SHA-256, lower-case hex. */
  sha256: string;
};

/** An output that was asked for and could not be written. */
export type UnwrittenOutput = Incomplete & {
  /** Which output. */
  format: OutputFormat;
};

/**
 * Versions of the evidence pack that are read. 3.1.0 has more than 3.0.0: `evidence` in subjects.parquet, `waiver` and
 * `first_seen` in observations.parquet.
 */
export type PackVersion = '3.0.0' | '3.1.0';

/** manifest.json: what was written, and what `keyproof verify` checks. */
export type Manifest = {
  /** Version of the evidence pack: of this file and of the columns of its Parquet files. */
  schemaVersion: PackVersion;
  /** The tool that wrote it. */
  tool: {
    /** Always `keyproof`. */
    name: 'keyproof';
    /** Version. */
    version: string;
  };
  /** As-of date, ISO date-time UTC. */
  asOf: string;
  /** Set if the folder holds reports without names of people, and not the core that they were made of. */
  redacted?: {
    /** What was replaced. */
    what: 'people';
    /** SHA-256 of assessment.json of the pack that they were made of, lower-case hex. */
    assessmentSha256: string;
  };
  /** Every file of the pack but this one, sorted by path. */
  outputs: HashedFile[];
  /** Outputs that were asked for and could not be written; empty if all were. */
  incomplete: UnwrittenOutput[];
  /** Every input file that could be read, sorted by path. */
  inputs: HashedFile[];
};
