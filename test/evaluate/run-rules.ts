import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EvaluateOptions, evaluate } from '../../dist/evaluate/index.js';
import { compile } from '../../dist/opa/index.js';
import type { CompiledPolicies, Observation, Policy } from '../../src/model/index.js';

/** Bodies of policies by id: each defines `result`; `input.n` is the number of the subject. */
export type Rules = { readonly [id: string]: string };

/** Rules compiled as an audit's policies are. */
export type CompiledRules = Omit<CompiledPolicies, 'data'>;

export async function compileRules(rules: Rules): Promise<CompiledRules> {
  const ids = Object.keys(rules).sort();
  const entrypoints = new Map(ids.map((id) => [id, `keyproof/policy/${id}/result`]));
  const results = ids.map((id) => `results["${id}"] := data.keyproof.policy.${id}.result`);
  const modules = {
    'subject.rego': `package keyproof.subject.key\n\nevaluation := {"id": input.subject.id, "results": results}\n\n${results.join('\n\n')}\n`,
    ...Object.fromEntries(ids.map((id) => [`${id}.rego`, `package keyproof.policy.${id}\n\n${rules[id]}\n`])),
  };
  const { wasm } = await compile({
    modules,
    entrypoints: ['keyproof/subject/key/evaluation', ...entrypoints.values()],
  });
  const policies = ids.map((id) => ({ id, severity: 'high', subject: 'key', domain: 'custom' }) as Policy);
  return { wasm, policies, entrypoints, faults: new Map() };
}

/** Evaluates rules, of one module or several, on so many subjects, `clé-0` and on, in worker threads. */
export async function evaluateRules(
  compiled: CompiledRules | CompiledPolicies[],
  subjects: number,
  {
    buckets: count = 1,
    data = {},
    ...limits
  }: { buckets?: number; data?: object } & Partial<EvaluateOptions>,
) {
  const workDir = mkdtempSync(join(tmpdir(), 'keyproof-evaluate-'));
  const buckets = Array.from({ length: count }, (_, index) => writeBucket(workDir, index, count, subjects));
  const seen: number[] = [];
  const options = { workers: 2, subjectTimeoutMs: 700, workDir, ...limits };
  const modules = Array.isArray(compiled) ? compiled : [{ ...compiled, data }];
  const result = await evaluate(buckets, modules, options, (event) => seen.push(event.done));
  const observations = result.observationFiles.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Observation),
  );
  return { observations, result, seen };
}

function writeBucket(dir: string, index: number, count: number, subjects: number) {
  const mine = Array.from({ length: subjects }, (_, n) => n).filter((n) => n % count === index);
  const path = join(dir, `bucket-${index}.ndjson`);
  writeFileSync(path, mine.map((n) => `${JSON.stringify(dossier(n))}\n`).join(''));
  return { kind: 'key', index, path, subjects: mine.length } as const;
}

function dossier(n: number) {
  return {
    subject: { kind: 'key', id: `clé-${n}` },
    n,
    source: { file: 'keys.csv', record: `row ${n + 2}` },
  };
}

/** Observations of a policy, on all subjects or on one. */
export function of(observations: readonly Observation[], ruleId: string, n?: number): Observation[] {
  return observations.filter(
    (observation) =>
      observation.ruleId === ruleId && (n === undefined || observation.subject.id === `clé-${n}`),
  );
}
