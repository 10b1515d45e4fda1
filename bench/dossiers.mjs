import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateExports } from './generate-exports.mjs';

const room = (name) => import(`../dist/${name}/index.js`);

/** The dossiers of a synthetic bank with so many keys, and the policies: what every comparison shares. */
export async function prepareDossiers(folder, keys) {
  const exports = join(folder, 'exports');
  mkdirSync(exports, { recursive: true });
  await generateExports(exports, keys);
  return dossiersOf(folder, exports);
}

/** The built-in policies, compiled, and the dossiers of the keys in a folder of exports. */
export async function dossiersOf(folder, exports) {
  const [{ buildPlan }, { ingest }, { openStore }, book, { policyFolders }] = await Promise.all([
    room('config'),
    room('ingest'),
    room('store'),
    room('policies'),
    import('../dist/policies/policy-folders.js'),
  ]);
  const plan = buildPlan({ paths: [exports], asOf: '2026-09-30', cwd: exports, nowMs: 0 });
  const policies = await book.loadPolicies(policyFolders(plan), { overrides: {} });
  const compiled = await book.compilePolicies(policies);
  const { parts } = await ingest(plan, folder, () => undefined);
  const store = await openStore(folder);
  await store.load(parts);
  await store.resolve(plan);
  const buckets = (await store.writeBuckets(folder, plan)).filter((bucket) => bucket.kind === 'key');
  await store.close();
  const lines = buckets.flatMap(({ path }) => readFileSync(path, 'utf8').trimEnd().split('\n'));
  return { folder, policies, compiled, buckets, lines };
}

/** What the dossiers are, for the head of a comparison. */
export function describeDossiers({ lines, compiled }) {
  const bytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0) / lines.length;
  const policies = compiled[0].policies.filter(({ subject }) => subject === 'key').length;
  return `${lines.length} dossiers of ${(bytes / 1000).toFixed(1)} KB, ${policies} policies`;
}
