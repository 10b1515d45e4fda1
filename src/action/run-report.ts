import type { Assessment, AuditPlan, Incomplete, JudgedObservation } from '../index.js';
import type { Changes } from './changes.js';
import type { Ending } from './conclusion.js';

/** All that the summary and the comment say. */
export type RunReport = {
  /** The assessment. */
  assessment: Assessment;
  /** Lowest severity that fails the step. */
  failOn: AuditPlan['failOn'];
  /** Whether only new failures fail the step. */
  newOnly: boolean;
  /** How the step ends. */
  ending: Ending;
  /** Why the run is incomplete. */
  incomplete: readonly Incomplete[];
  /** What changed since the baseline; null if it is not known. */
  changes: Changes | null;
  /** The worst failed checks, worst first. */
  worst: readonly JudgedObservation[];
  /** Name of the artifact that holds the pack; null if none was kept. */
  artifact: string | null;
  /** SHA-256 of manifest.json, which names the hash of every other file; lower-case hex. */
  packSha256: string;
  /** Address of the run; null outside of one. */
  runUrl: string | null;
  /** What could not be done, one sentence each. */
  notes: readonly string[];
};
