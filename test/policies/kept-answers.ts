import { createHash } from 'node:crypto';
import type { Engine } from '../../dist/opa/index.js';

/** Answers are kept of one entrypoint at a time. */
type Kept = { entrypoint: string; answers: Map<string, unknown> };

/**
 * Returns what evaluates a dossier, once for the same content: a policy sees nothing else, and many variations of a dossier are the
 * dossier itself, as the value was absent before or is one of those that are tried.
 */
export function keptAnswers(engine: Engine): (entrypoint: string, dossier: object) => unknown {
  let kept: Kept = { entrypoint: '', answers: new Map() };
  return (entrypoint, dossier) => {
    if (kept.entrypoint !== entrypoint) kept = { entrypoint, answers: new Map() };
    const bytes = Buffer.from(JSON.stringify(dossier));
    const key = createHash('sha256').update(bytes).digest('base64');
    if (!kept.answers.has(key)) kept.answers.set(key, engine.evaluate(entrypoint, bytes));
    return kept.answers.get(key);
  };
}
