import { type AuditPlan, EXIT, type ExitCode, SEVERITIES } from '../index.js';
import type { Changes } from './changes.js';

/** The output `conclusion`. */
export type Conclusion = 'success' | 'failure' | 'incomplete' | 'error';

/** How the step ends. */
export type Ending = {
  /** Exit code, as the command line has it. */
  exitCode: ExitCode;
  /** In one word. */
  conclusion: Conclusion;
};

/** How the audit ended. */
type Ended = { exitCode: ExitCode; incomplete: boolean };

/** What counts: failures from a severity on, all of them or only those that the baseline has not. */
type Counted = Pick<AuditPlan, 'failOn'> & { newOnly: boolean };

/**
 * Returns how the step ends. With `fail-on-new-only` failures that the baseline has too do not count; without a baseline all
 * count, since none is known to be old.
 */
export function endingOf(
  { exitCode, incomplete }: Ended,
  { failOn, newOnly }: Counted,
  changes: Changes | null,
): Ending {
  if (exitCode !== EXIT.findings || !newOnly || changes === null) return named(exitCode);
  const counted = failOn === 'none' ? [] : SEVERITIES.slice(0, SEVERITIES.indexOf(failOn) + 1);
  if (counted.some((severity) => changes.new.severities[severity] > 0)) return named(EXIT.findings);
  return named(incomplete ? EXIT.incomplete : EXIT.ok);
}

const NAMES: { readonly [code: number]: Conclusion } = {
  [EXIT.ok]: 'success',
  [EXIT.findings]: 'failure',
  [EXIT.incomplete]: 'incomplete',
};

function named(exitCode: ExitCode): Ending {
  return { exitCode, conclusion: NAMES[exitCode] ?? 'error' };
}
