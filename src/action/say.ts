import { randomUUID } from 'node:crypto';
import { type AuditPlan, type AuditResult, renderSummaryText } from '../index.js';
import { redactSecrets } from '../secrets/redact.js';
import { pathIn } from '../text/path-in.js';
import type { RunEvent } from './run-event.js';

/** Prints text in the log of the step. What looks like a live secret is replaced, whatever printed it. */
export type Say = (text: string) => void;

/**
 * Returns a printer for text that holds names from evidence: the runner takes a line that begins with `::` for a command,
 * unless commands are stopped for as long as it is printed.
 */
export function quietPrinter(write: (text: string) => void): Say {
  return (text) => {
    const token = `keyproof-${randomUUID()}`;
    write(`::stop-commands::${token}\n${redactSecrets(text)}\n::${token}::\n`);
  };
}

const LOG_WIDTH = 120;

/** Returns what a terminal shows after an audit, with colours, which the log of a run shows too. */
export function summaryForLog(
  { assessment, manifest, notes }: AuditResult,
  { output }: AuditPlan,
  { workspace }: RunEvent,
): string {
  const options = {
    output: pathIn(workspace, output) || output,
    color: true,
    width: LOG_WIDTH,
    unwritten: manifest.incomplete,
  };
  return [...notes, renderSummaryText(assessment, options)].join('\n');
}
