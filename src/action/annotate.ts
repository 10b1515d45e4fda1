import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { error, notice, warning } from '@actions/core';
import type { AuditPlan } from '../index.js';
import { redactSecrets } from '../secrets/redact.js';
import { formatCount } from '../text/format.js';
import { chooseAnnotations } from './annotations.js';
import type { Changes } from './changes.js';
import { placesIn } from './place-in-repository.js';
import type { RunEvent } from './run-event.js';

const PRINT = { error, warning, notice };

/** Annotates the results that have a file of the repository and a line, within the limits of a step. */
export function annotate(plan: AuditPlan, { workspace }: RunEvent, changes: Changes | null): void {
  const file = join(plan.output, 'results.sarif');
  if (!existsSync(file)) return;
  const newIds = changes === null ? null : new Set(changes.new.examples.map(({ id }) => id));
  const places = placesIn(workspace, plan.root);
  const { chosen, more } = chooseAnnotations(JSON.parse(readFileSync(file, 'utf8')), places, newIds);
  for (const { level, message, properties } of chosen) PRINT[level](redactSecrets(message), properties);
  if (more > 0) notice(`${formatCount(more)} more in the summary of this run and in its evidence pack.`);
}
