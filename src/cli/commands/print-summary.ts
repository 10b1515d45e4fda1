import { join, relative } from 'node:path';
import { type AuditPlan, type AuditResult, type Manifest, renderSummaryText } from '../../index.js';
import { takesColor } from '../terminal.js';
import type { Call } from '../world.js';

/** Prints the summary of a pack that was written, for a person. */
export function printSummary(
  call: Call,
  { assessment, manifest, exitCode }: AuditResult,
  { output, failOn }: Pick<AuditPlan, 'output' | 'failOn'>,
  verbose: boolean,
): void {
  const shown = shownFolder(call.cwd, output);
  call.err(
    renderSummaryText(assessment, {
      output: shown,
      open: openFirst(shown, manifest),
      color: takesColor(call),
      width: Math.min(call.terminal.columns, 120),
      unwritten: manifest.incomplete,
      end: { exitCode, failOn },
      verbose,
    }),
  );
}

/** Returns a folder as a person would name it: relative, unless that leads upwards. */
export function shownFolder(cwd: string, folder: string): string {
  const path = relative(cwd, folder) || '.';
  return path.startsWith('..') ? folder : path;
}

const READABLE = ['index.html', 'report.pdf', 'gap-checklist.md'];

/** Returns the file of the pack that a person opens first; null if it has none for reading. */
function openFirst(output: string, { outputs }: Manifest): string | null {
  const file = READABLE.find((name) => outputs.some(({ path }) => path === name));
  return file === undefined ? null : join(output, file);
}
