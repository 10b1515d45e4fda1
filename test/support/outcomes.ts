import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { buildPlan } from '../../dist/config/index.js';
import { evaluatedElements } from '../../dist/evaluate/element-outcomes.js';
import { toObservation } from '../../dist/evaluate/to-observation.js';
import { gather } from '../../dist/gather.js';
import type { Engine } from '../../dist/opa/index.js';
import type { Policy } from '../../src/model/index.js';
import { builtRuleBook } from '../policies/built-rule-book.js';

/** What a policy answers for a subject. */
export type Answer = { outcome: string; missing?: (string | { path: string; elements: string[] })[] };

/** Answers by `rule subject`. */
export type Answers = ReadonlyMap<string, Answer>;

/** What every policy answered for a dossier, by the dossier's text: policies see nothing else, and the rule book stays the same. */
const known = new Map<string, { id: string; results: Record<string, Answer> }>();

/**
 * Reads a folder as an audit does and evaluates every policy on every subject in this thread: no frameworks, no pack. Takes a
 * third of a second for a small bank.
 */
export async function answersOf(folder: string, asked: { period?: string } = {}): Promise<Answers> {
  const { set, engine } = await builtRuleBook();
  const plan = buildPlan({
    paths: [folder],
    cwd: folder,
    nowMs: 0,
    asOf: '2026-09-30',
    workers: 1,
    ...asked,
  });
  const answers = new Map<string, Answer>();
  await gather(plan, set, { onProgress: () => undefined }, async ({ store, workDir, context }) => {
    for (const { kind, path } of await store.writeBuckets(workDir, plan, context)) {
      const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');
      for (const line of lines) {
        const { id, results } = answered(engine, kind, line);
        for (const [rule, answer] of Object.entries(results)) answers.set(`${rule} ${id}`, answer);
      }
    }
  });
  return answers;
}

function answered(
  engine: Engine,
  kind: string,
  line: string,
): { id: string; results: Record<string, Answer> } {
  const key = createHash('sha256').update(`${kind}\n${line}`).digest('hex');
  const found =
    known.get(key) ??
    (engine.evaluate(`keyproof/subject/${kind}/evaluation`, JSON.parse(line)) as {
      id: string;
      results: Record<string, Answer>;
    });
  known.set(key, found);
  return found;
}

/** Returns the outcome of each element that a policy declares, as an audit works it out, by `rule#element subject`. */
export function elementAnswers(answers: Answers, policies: readonly Policy[]): Answers {
  const declared = byId(policies);
  return new Map(
    [...answers].flatMap(([key, answer]) => {
      const [rule = '', subject] = key.split(/ (.*)/s);
      const policy = declared.get(rule);
      return policy === undefined
        ? []
        : elementsOf(policy, answer).map((one) => [`${one.id} ${subject}`, one]);
    }),
  );
}

const indexes = new WeakMap<readonly Policy[], Map<string, Policy>>();

/** Policies by id, once for a list: a test asks thousands of times with the same one. */
function byId(policies: readonly Policy[]): Map<string, Policy> {
  const index = indexes.get(policies) ?? new Map(policies.map((policy) => [policy.id, policy]));
  indexes.set(policies, index);
  return index;
}

function elementsOf(policy: Policy, answer: Answer): { id: string; outcome: string }[] {
  const { id, severity, subject, elements = [] } = policy;
  const evaluated = { id, severity, ...evaluatedElements(policy) };
  const { outcome, elements: own } = toObservation(evaluated, { kind: subject, id: '' }, answer);
  return elements.map((one) => ({
    id: `${id}#${one.id}`,
    outcome: own.find(({ element }) => element === one.id)?.outcome ?? outcome,
  }));
}
