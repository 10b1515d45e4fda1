import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measured } from './measure.mjs';

// Run as `node bench/stages.mjs <folder of exports> <workers>`: one audit, stage by stage, its figures as JSON on stdout.
const [folder, workers] = process.argv.slice(2);
const room = (name) => import(`../dist/${name}/index.js`);
const quiet = () => undefined;
const stages = [];

async function timed(name, work) {
  const { value, seconds, cpuSeconds } = await measured(work);
  stages.push({ name, seconds, cpuSeconds, peakMb: process.resourceUsage().maxRSS / 1024 });
  return value;
}

/** The whole of what came before. */
function total(name) {
  const parts = stages.filter((stage) => !stage.name.startsWith('end to end'));
  const sum = (what) => parts.reduce((all, part) => all + part[what], 0);
  stages.push({
    name,
    seconds: sum('seconds'),
    cpuSeconds: sum('cpuSeconds'),
    peakMb: parts.at(-1).peakMb,
  });
}

const rooms = ['config', 'ingest', 'store', 'policies', 'evaluate', 'assess', 'report'];
const [{ buildPlan }, { ingest }, { openStore }, rego, { evaluate }, { assess, loadFrameworks }, report] =
  await timed('load code', () => Promise.all(rooms.map(room)));
const { policyFolders } = await import('../dist/policies/policy-folders.js');
const workDir = mkdtempSync(join(tmpdir(), 'keyproof-bench-'));
const out = join(workDir, 'out');
mkdirSync(out);
const plan = buildPlan({ paths: [folder], asOf: '2026-09-30', output: out, workers, cwd: folder, nowMs: 0 });

const policies = await timed('load policies', () =>
  rego.loadPolicies(policyFolders(plan), { overrides: {} }),
);
const compiled = await timed('load the module', () => rego.compilePolicies(policies));
const { frameworks, sha256 } = await timed('load frameworks', () => loadFrameworks(null));
const { parts, files } = await timed('ingest', () => ingest(plan, workDir, quiet));
const store = await timed('open the store', () => openStore(workDir));
await timed('load', () => store.load(parts));
await timed('join', () => store.resolve(plan));
const buckets = await timed('dossiers', () => store.writeBuckets(workDir, plan));
const limits = { workers: plan.workers, subjectTimeoutMs: 5000, workDir };
const evaluated = await timed('evaluate', () => evaluate(buckets, compiled, limits, quiet));
await timed('load observations', () => store.loadObservations(evaluated.observationFiles));
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
await timed('html, json, checklist', () => {
  writeFileSync(join(out, 'index.html'), report.renderHtml(assessment));
  writeFileSync(join(out, 'assessment.json'), report.renderJson(assessment));
  writeFileSync(join(out, 'gap-checklist.csv'), report.renderChecklistCsv(assessment));
});
await timed('parquet, findings', async () => {
  const texts = policies.policies.map(({ id, title, remediation }) => [
    id,
    { title, remediation, controls: '' },
  ]);
  await store.exportObservations(join(out, 'observations.parquet'));
  await store.exportFindings(join(out, 'findings.csv'), Object.fromEntries(texts));
});
await timed('close the store', () => store.close());
total('end to end without PDF');
await timed('pdf', () => report.renderPdf(assessment, { onProgress: quiet }));
total('end to end');
rmSync(workDir, { recursive: true, force: true });

const observations = Object.values(assessment.outcomes).reduce((sum, times) => sum + times, 0);
process.stdout.write(
  JSON.stringify({
    stages,
    observations,
    failed: assessment.outcomes.fail,
    policies: policies.policies.length,
  }),
);
