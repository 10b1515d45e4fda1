import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Run as `node bench/stages.mjs <folder of exports> <workers>`: one audit, stage by stage, its figures as JSON on stdout.
const [folder, workers] = process.argv.slice(2);
const room = (name) => import(`../dist/${name}/index.js`);
const [
  { buildPlan },
  { ingest },
  { openStore },
  rego,
  { evaluate },
  { assess, loadFrameworks },
  report,
  { policyRoots },
] = await Promise.all([
  room('config'),
  room('ingest'),
  room('store'),
  room('rego'),
  room('evaluate'),
  room('assess'),
  room('report'),
  import('../dist/policy-roots.js'),
]);

const stages = {};
async function timed(stage, work) {
  const start = performance.now();
  const result = await work();
  stages[stage] = performance.now() - start;
  return result;
}

const quiet = () => undefined;
const workDir = mkdtempSync(join(tmpdir(), 'keyproof-bench-'));
const out = join(workDir, 'out');
mkdirSync(out);
const plan = buildPlan({ paths: [folder], asOf: '2026-09-30', output: out, workers, cwd: folder, nowMs: 0 });
const start = performance.now();
const policies = await timed('load policies', () => rego.loadPolicies(policyRoots(plan), { overrides: {} }));
const compiled = await timed('compile (cached)', () => rego.compilePolicies(policies));
const { parts, files } = await timed('ingest', () => ingest(plan, workDir, quiet));
const store = await openStore(workDir);
await timed('load', () => store.load(parts));
await timed('join', () => store.resolve(plan));
const buckets = await timed('dossiers', () => store.writeBuckets(workDir, plan));
const evaluated = await timed('evaluate', () =>
  evaluate(buckets, compiled, { workers: plan.workers, subjectTimeoutMs: 5000, workDir }, quiet),
);
await timed('load observations', () => store.loadObservations(evaluated.observationFiles));
const { frameworks, sha256 } = loadFrameworks(null);
const assessment = await timed('assess', () =>
  assess({
    plan,
    store,
    policies: policies.policies,
    policyBundleSha256: policies.sha256,
    frameworks,
    frameworksSha256: sha256,
    files,
    incomplete: [],
    toolVersion: 'bench',
  }),
);
await timed('html, json, checklist', async () => [
  report.renderHtml(assessment),
  report.renderJson(assessment),
  report.renderChecklistCsv(assessment),
]);
await timed('parquet and csv', async () => {
  await store.exportObservations(join(out, 'observations.parquet'));
  await store.exportFindings(
    join(out, 'findings.csv'),
    Object.fromEntries(
      policies.policies.map(({ id, title, remediation }) => [id, { title, remediation, controls: '' }]),
    ),
  );
});
const withoutPdf = performance.now() - start;
await timed('pdf', () => report.renderPdf(assessment, { onProgress: quiet }));
await store.close();
rmSync(workDir, { recursive: true, force: true });

const observations = Object.values(assessment.outcomes).reduce((sum, count) => sum + count, 0);
process.stdout.write(
  JSON.stringify({
    stages,
    withoutPdf,
    total: performance.now() - start,
    keys: assessment.subjects.key,
    observations,
    failed: assessment.outcomes.fail,
    policies: policies.policies.length,
    peakMb: process.resourceUsage().maxRSS / 1024,
  }),
);
