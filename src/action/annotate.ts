import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { error, notice, warning } from '@actions/core';
import type { AuditPlan } from '../index.js';
import { redactSecrets } from '../secrets/redact.js';
import { clip, formatCount, plural } from '../text/format.js';
import { chooseAnnotations, MOST_CHARACTERS } from './annotations.js';
import type { Changes } from './changes.js';
import { missingSentences, missingWords } from './missing-now.js';
import { placesIn } from './place-in-repository.js';
import type { RunEvent } from './run-event.js';

const PRINT = { error, warning, notice };

/**
 * Annotates what is missing and asked otherwise since the baseline, and the results that have a file of the repository and a line,
 * within the limits of a step.
 */
export function annotate(plan: AuditPlan, event: RunEvent, changes: Changes | null): void {
  const warnings = changes === null ? [] : warningsOn(changes);
  for (const text of warnings) warning(redactSecrets(text));
  annotateResults(plan, event, changes, warnings.length);
}

/** Returns what a reviewer must not overlook: it makes a change look better than its evidence. */
function warningsOn({ since, missing, settings, accepted }: Changes): string[] {
  const of = (title: string, sentences: readonly string[]) =>
    sentences.length === 0 ? [] : [clip(`${title} since ${since}: ${sentences.join(' ')}`, MOST_CHARACTERS)];
  const covered = accepted > 0 ? [`${plural(accepted, 'failure')} newly under an accepted exception.`] : [];
  const isMissing = missingWords(missing) !== '';
  return [
    ...of('Missing', isMissing ? missingSentences(missing) : []),
    ...of('Settings differ', [...covered, ...settings]),
  ];
}

function annotateResults(plan: AuditPlan, event: RunEvent, changes: Changes | null, warnings: number): void {
  const file = join(plan.output, 'results.sarif');
  if (!existsSync(file)) return;
  const sarif: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const { chosen, more } = chooseAnnotations(sarif, placesIn(event, plan.root), newChecks(changes), warnings);
  for (const { level, message, properties } of chosen) PRINT[level](redactSecrets(message), properties);
  if (more > 0) notice(`${formatCount(more)} more in the summary of this run and in its evidence pack.`);
}

function newChecks(changes: Changes | null): ((ruleId: string, subject: string) => boolean) | null {
  if (changes === null) return null;
  const keys = new Set(
    changes.new.examples.map(({ ruleId, subject }) => JSON.stringify([ruleId, subject.id])),
  );
  return (ruleId, subject) => keys.has(JSON.stringify([ruleId, subject]));
}
