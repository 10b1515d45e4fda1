import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setOutput } from '@actions/core';
import type { Assessment } from '../index.js';
import { type Changes, changedCount } from './changes.js';
import type { Ending } from './conclusion.js';
import { missingChecks } from './missing-now.js';

/** What the outputs are made of. */
export type OutputValues = {
  /** How the step ends. */
  ending: Ending;
  /** The assessment. */
  assessment: Assessment;
  /** What changed; null if it is not known, and the outputs are then empty. */
  changes: Changes | null;
  /** Folder of the pack. */
  dir: string;
  /** SHA-256 of its manifest.json. */
  packSha256: string;
};

/** Sets the outputs of a step that has audited. */
export function setOutputs({ ending, assessment, changes, dir, packSha256 }: OutputValues): void {
  const { outcomes } = assessment;
  setEnding(ending);
  setOutput('failed', outcomes.fail);
  setOutput('passed', outcomes.pass);
  setOutput('waived', outcomes.waived);
  setOutput('no-evidence', outcomes['no-evidence']);
  setOutput('new', changes === null ? '' : changedCount(changes.new));
  setOutput('fixed', changes === null ? '' : changedCount(changes.fixed));
  setOutput('missing', changes === null ? '' : missingChecks(changes.missing));
  setOutput('report-html', fileOf(dir, 'index.html'));
  setOutput('report-pdf', fileOf(dir, 'report.pdf'));
  setOutput('sarif-file', fileOf(dir, 'results.sarif'));
  setOutput('pack-path', dir);
  setOutput('pack-sha256', packSha256);
}

/** Sets the outputs that every step has, also one that could not audit. */
export function setEnding({ conclusion, exitCode }: Ending): void {
  setOutput('conclusion', conclusion);
  setOutput('exit-code', exitCode);
}

function fileOf(dir: string, file: string): string {
  const path = join(dir, file);
  return existsSync(path) ? path : '';
}
