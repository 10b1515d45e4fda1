import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type AuditPlan, EXIT, KeyproofError, packFinding, replayFinding } from '../../../index.js';
import { progressOf } from '../../progress.js';
import type { Call } from '../../world.js';
import { planFrom } from '../plan-options.js';
import type { Explanation } from './explanation.js';
import { findingText } from './finding-text.js';
import { notReplayedText, replayText } from './replay-text.js';

/** Options that concern a finding. */
export type FindingOptions = { pack?: string; policy?: string[]; config?: string };

/** Explains a finding from its pack. If the evidence is available, repeats the evaluation. */
export async function explainFinding(
  call: Call,
  id: string,
  paths: string[],
  options: FindingOptions,
): Promise<Explanation> {
  const plan = evidencePlan(call, paths, options);
  const pack = options.pack ?? (plan === null ? 'evidence-pack' : relative(call.cwd, plan.output) || '.');
  const found = await packFinding(pack, id, call.cwd);
  if (found === null)
    throw new KeyproofError(`${id}: is not among the findings of ${pack}; name its pack with --pack.`);
  const progress = progressOf(call, { progress: call.terminal.isTTY });
  const replaying = plan === null ? null : replayFinding(found, plan, progress?.onProgress, call.env);
  const replay = await Promise.resolve(replaying).finally(() => progress?.end());
  const { finding, policy, scope } = found;
  return {
    value: { ...finding, policy, scope, replay },
    text: `${findingText(found)}\n\n${replay === null ? notReplayedText(found, pack) : replayText(found, replay)}`,
    exitCode: replay === null || (replay.sameEvidence && replay.sameFinding) ? EXIT.ok : EXIT.verification,
  };
}

/** Returns the plan for the evidence; null if no path and no config is named and the folder has no keyproof.yaml. */
function evidencePlan(call: Call, paths: string[], { policy, config }: FindingOptions): AuditPlan | null {
  const hasConfig = ['keyproof.yaml', 'keyproof.yml'].some((name) => existsSync(join(call.cwd, name)));
  const named = paths.length > 0 || config !== undefined || call.env['KEYPROOF_CONFIG'] !== undefined;
  if (!named && !hasConfig) return null;
  return planFrom(call, paths, { ...(policy ? { policy } : {}), ...(config ? { config } : {}) });
}
