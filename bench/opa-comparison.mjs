import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { generatedModules } from '../dist/rego/catalog/generate-rego.js';
import { ruleModules } from '../dist/rego/catalog/policy-set.js';
import { generateExports } from './generate-exports.mjs';
import { opaEval, opaVersion } from './opa-eval.mjs';

const KEYS = 4000;
const room = (name) => import(`../dist/${name}/index.js`);

/** Prints the ratio of keyproof's evaluation to `opa eval` on the same policies and dossiers, both measured in this run. */
export async function opaComparison(folder, workers) {
  const version = opaVersion();
  if (version === null) {
    console.log('No opa on the PATH: not compared with opa eval.');
    return;
  }
  const [{ buildPlan }, { ingest }, { openStore }, rego, { evaluate }, { policyRoots }] = await Promise.all([
    room('config'),
    room('ingest'),
    room('store'),
    room('rego'),
    room('evaluate'),
    import('../dist/policy-roots.js'),
  ]);
  const exports = join(folder, 'opa-exports');
  const workDir = join(folder, 'opa');
  mkdirSync(workDir);
  await generateExports(exports, KEYS);
  const plan = buildPlan({ paths: [exports], asOf: '2026-09-30', cwd: exports, nowMs: 0 });
  const policies = await rego.loadPolicies(policyRoots(plan), { overrides: {} });
  const compiled = await rego.compilePolicies(policies);
  const { parts } = await ingest(plan, workDir, () => undefined);
  const store = await openStore(workDir);
  await store.load(parts);
  await store.resolve(plan);
  const buckets = (await store.writeBuckets(workDir, plan)).filter((bucket) => bucket.kind === 'key');
  await store.close();
  const start = performance.now();
  await evaluate(buckets, compiled, { workers, subjectTimeoutMs: 5000, workDir }, () => undefined);
  const ours = KEYS / ((performance.now() - start) / 1000);
  const rules = ruleModules(policies.modules);
  const bucket = buckets[0];
  const { seconds, dossiers } = opaEval(
    workDir,
    { ...rules, ...generatedModules(policies.declared, rules) },
    compiled.data,
    bucket.path,
  );
  const theirs = dossiers / seconds;
  console.log(
    `evaluation of ${KEYS} keys, process and thread start included: keyproof ${Math.round(ours)} keys/s on ${workers} workers; opa eval ${version} ${Math.round(theirs)} keys/s; ratio ${(ours / theirs).toFixed(1)}`,
  );
}
