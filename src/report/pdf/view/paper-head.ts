import type { Assessment } from '../../../model/index.js';
import { formatDays, formatMoment } from '../../../text/format.js';
import { type MadeAgain, madeAgain } from '../../text/merged-text.js';
import { organisationText } from '../../text/organisation-text.js';
import { redactedText } from '../../text/redacted-text.js';

/** What every printed document states about itself. */
export type PaperHead = {
  organisation: string;
  asOf: string;
  /** How to make the pack again. */
  again: MadeAgain;
  period: string | null;
  /** Name and version. */
  tool: string;
  /** SHA-256 of the rules. */
  policies: string;
  /** SHA-256 of the framework files. */
  frameworkFiles: string;
  classification: string;
  /** What it says of itself if it names no people; null if it does. */
  redacted: string | null;
};

/** Returns what every printed document states about itself. */
export function paperHead(assessment: Assessment): PaperHead {
  const { plan, tool } = assessment;
  const { period } = plan;
  return {
    organisation: organisationText(plan),
    asOf: formatMoment(plan.asOf),
    again: madeAgain(assessment),
    period: period === null ? null : formatDays(period.from, period.to),
    tool: `${tool.name} ${tool.version}`,
    policies: tool.policyBundleSha256,
    frameworkFiles: tool.frameworksSha256,
    classification: plan.classification,
    redacted: redactedText(assessment),
  };
}
