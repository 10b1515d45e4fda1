import { info, setSecret, error as showError } from '@actions/core';
import { futureRemark } from '../cli/commands/before-audit.js';
import { runEntry } from '../cli/run-entry.js';
import { exhaustedError } from '../duckdb/exhausted.js';
import { audit, EXIT, type ExitCode, KeyproofError } from '../index.js';
import { annotate } from './annotate.js';
import { type BaselineResult, compareWithBaseline } from './baseline.js';
import { commandOfInputs, withInputNames } from './command-of-inputs.js';
import { endingOf } from './conclusion.js';
import { readInputs } from './inputs.js';
import { endingLine } from './markdown/lead.js';
import { prepareDuckdb } from './native/prepare-duckdb.js';
import { setEnding, setOutputs } from './outputs.js';
import { packFacts } from './pack-facts.js';
import { planOfInputs } from './plan-of-inputs.js';
import { type Publication, publishComment, publishPack, publishSarif, publishSummary } from './publish.js';
import { publishFailure } from './publish-failure.js';
import { reasonOf } from './reason-of.js';
import { type RunnerEnv, readEvent } from './run-event.js';
import type { RunReport } from './run-report.js';
import { quietPrinter, type Say, summaryForLog } from './say.js';
import { type WorkflowState, workflowChanged } from './workflow-changed.js';

/**
 * Runs the step: audits, compares with the baseline, and tells GitHub.
 * @param auditing carries out the plan; tests that differ in what GitHub answers give one that keeps results.
 * @returns the exit code; errors are printed, never thrown.
 */
export async function runAction(env: RunnerEnv, auditing: typeof audit = audit): Promise<ExitCode> {
  try {
    const say = quietPrinter((text) => process.stdout.write(text));
    const { publication, report } = await auditStep(env, say, auditing);
    await publish(publication, report, say);
    return report.ending.exitCode;
  } catch (error) {
    const known = error instanceof KeyproofError ? error : exhaustedError(error);
    const exitCode = known?.exitCode ?? EXIT.internal;
    setEnding({ exitCode, conclusion: 'error' });
    const reason = withInputNames(reasonOf(known ?? error));
    showError(reason);
    // The step has failed already; what cannot be told must not hide why.
    await publishFailure(env, reason).catch((failure: unknown) => info(reasonOf(failure)));
    return exitCode;
  }
}

/** Audits and compares, and sets the outputs. */
async function auditStep(
  env: RunnerEnv,
  say: Say,
  auditing: typeof audit,
): Promise<{ publication: Publication; report: RunReport }> {
  const inputs = readInputs();
  if (inputs.token !== null) setSecret(inputs.token);
  const event = readEvent(env);
  info(`DuckDB's library is from ${(await prepareDuckdb(inputs.duckdbPath)).from}.`);
  const startedMs = Date.now();
  const plan = planOfInputs(inputs, event, env);
  const result = await auditing(plan, undefined, env as NodeJS.ProcessEnv, () =>
    runEntry(commandOfInputs(inputs), startedMs, plan),
  );
  const { assessment, manifest, incomplete } = result;
  say(summaryForLog(result, plan, event));
  const { changes, notes } = withWorkflow(
    await compareWithBaseline(plan.output, inputs, event),
    await workflowChanged(inputs, event, env),
  );
  const ended = { exitCode: result.exitCode, incomplete: incomplete.length > 0 };
  const counted = { failOn: plan.failOn, newOnly: inputs.failOnNewOnly };
  const ending = endingOf(ended, counted, changes);
  const facts = await packFacts(plan.output);
  setOutputs({ ending, assessment, changes, dir: plan.output, packSha256: facts.packSha256 });
  const report: RunReport = {
    ...facts,
    assessment,
    failOn: plan.failOn,
    newOnly: inputs.failOnNewOnly,
    ending,
    incomplete,
    changes,
    artifact: null,
    runUrl: event.runUrl,
    notes: [...futureRemark(plan).map((remark) => `The ${remark}.`), ...notes],
  };
  return { publication: { inputs, event, env, plan, manifest }, report };
}

/** Adds that the workflow itself differs, to what was asked otherwise, or to the notes if nothing could be compared. */
function withWorkflow({ changes, note }: BaselineResult, { changed, note: unknown }: WorkflowState) {
  const told = changes === null ? [changed, note, unknown] : [note, unknown];
  const notes = told.filter((one) => one !== null);
  if (changes === null || changed === null) return { changes, notes };
  return { changes: { ...changes, settings: [changed, ...changes.settings] }, notes };
}

/** Tells GitHub: what it refuses is a note in the summary, and fails nothing. */
async function publish(publication: Publication, report: RunReport, say: Say): Promise<void> {
  const { artifact, notes } = await publishPack(publication);
  const refused = await publishSarif(publication);
  const kept = { ...report, artifact, notes: [...report.notes, ...notes, ...refused] };
  const comment = await publishComment(publication, kept);
  const told = { ...kept, notes: [...kept.notes, ...comment] };
  for (const line of [...told.notes, endingLine(told)]) say(line);
  const unwritten = publishSummary(publication, told);
  if (unwritten !== null) say(unwritten);
  if (publication.inputs.annotations) annotate(publication.plan, publication.event, report.changes);
}
