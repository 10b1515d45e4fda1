import type { SourceSpec } from '../model/index.js';

/** A file to read. */
export type FoundFile = {
  /** Absolute path. */
  absolute: string;
  /** Path relative to the audited folder, forward slashes; for a file outside of it, relative to the folder named. */
  path: string;
  /** Its entry in keyproof.yaml; null if it has none. */
  spec: SourceSpec | null;
  /** Whether it was named, and not merely found in a folder. */
  named: boolean;
  /** Sheet to read, if it is a workbook. */
  sheet?: string;
  /** Paths by which keyproof.yaml may name it, absolute, if it is a file of an archive. */
  places?: readonly string[];
};
