import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
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

const rooms = ['config', 'ingest', 'store', 'policies', 'evaluate', 'assess', 'pack', 'report'];
const [
  { buildPlan },
  { ingest },
  { openStore },
  book,
  { evaluate },
  { assess, loadFrameworks },
  pack,
  report,
] = await timed('load code', () => Promise.all(rooms.map(room)));
const { policyFolders } = await import('../dist/policies/policy-folders.js');
const workDir = mkdtempSync(join(tmpdir(), 'keyproof-bench-'));
const out = join(workDir, 'out');
mkdirSync(out);
const plan = buildPlan({ paths: [folder], asOf: '2026-09-30', output: out, workers, cwd: folder, nowMs: 0 });

const policies = await timed('load policies', () =>
  book.loadPolicies(policyFolders(plan), { overrides: {} }),
);
const compiled = await timed('load the module', () => book.compilePolicies(policies));
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
await timed('core pack', () => pack.writeCore(out, assessment, store));
await timed('close the store', () => store.close());
const core = await timed('open the core pack', () => pack.openCore(out));
const sink = pack.folderSink(out, quiet);
await timed('html, checklist', () => report.renderFormats(core, ['html', 'checklist'], sink));
await timed('findings', () => report.renderFormats(core, ['findings'], sink));
total('end to end without PDF');
await timed('pdf', () => report.renderFormats(core, ['pdf'], sink));
await core.close();
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
