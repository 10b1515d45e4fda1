import {
  type Assessment,
  type AuditPlan,
  EXIT,
  type ExitCode,
  type Incomplete,
  type Manifest,
  SEVERITIES,
} from './model/index.js';

/** The result of an audit. */
export type AuditResult = {
  /** The assessment. */
  assessment: Assessment;
  /** The manifest of the pack that was written. */
  manifest: Manifest;
  /** Why the run is incomplete: reasons of the assessment, then outputs that could not be written. */
  incomplete: Incomplete[];
  /** Exit code of the command line: findings win over an incomplete run. */
  exitCode: ExitCode;
  /** Notes for the person who ran it, one sentence each; the result does not depend on them. */
  notes: string[];
};

/** Returns the result of a run that wrote a pack, but for its notes. */
export function resultOf(
  plan: AuditPlan,
  assessment: Assessment,
  manifest: Manifest,
): Omit<AuditResult, 'notes'> {
  const unwritten = manifest.incomplete.map(({ kind, message }) => ({ kind, message }));
  const incomplete = [...assessment.incomplete, ...unwritten];
  return { assessment, manifest, incomplete, exitCode: exitCodeOf(plan, assessment, incomplete) };
}

function exitCodeOf(
  plan: AuditPlan,
  { severities }: Assessment,
  incomplete: readonly Incomplete[],
): ExitCode {
  const threshold = plan.failOn === 'none' ? -1 : SEVERITIES.indexOf(plan.failOn);
  const failed = SEVERITIES.some((severity, rank) => rank <= threshold && severities[severity] > 0);
  if (failed) return EXIT.findings;
  return incomplete.length > 0 ? EXIT.incomplete : EXIT.ok;
}
