import { type Assessment, EXIT, type ExitCode, SEVERITIES, type Severity } from '../../model/index.js';
import { formatCount, plural } from '../../text/format.js';

/** How a run ended. */
export type RunEnd = {
  /** Exit code of the command line. */
  exitCode: ExitCode;
  /** Lowest severity that makes it 1. */
  failOn: Severity | 'none';
};

/** Returns the reason of the exit code in one sentence. */
export function endingText({ severities, incomplete }: Assessment, { exitCode, failOn }: RunEnd): string {
  if (exitCode === EXIT.findings) return `${findingsText(severities, failOn)}: exit ${exitCode}.`;
  if (exitCode === EXIT.incomplete)
    return `The run is incomplete for ${plural(incomplete.length, 'reason')}: exit ${exitCode}.`;
  return failOn === 'none'
    ? `--fail-on none, and the run is complete: exit ${exitCode}.`
    : `No finding at or above ${failOn} (--fail-on ${failOn}), and the run is complete: exit ${exitCode}.`;
}

function findingsText(severities: Assessment['severities'], failOn: Severity | 'none'): string {
  const counted = failOn === 'none' ? [] : SEVERITIES.slice(0, SEVERITIES.indexOf(failOn) + 1);
  const count = counted.reduce((sum, severity) => sum + severities[severity], 0);
  return `${formatCount(count)} ${count === 1 ? 'finding' : 'findings'} at or above ${failOn} (--fail-on ${failOn})`;
}
