import { compile, openEngine } from '../dist/opa/index.js';

// Run by bench/start.mjs in a process of its own: a policy from the compile cache (argument: its folder), loaded, asked once.
const POLICY = 'package bench\n\nallow if input.tier in {"critical", "high"}\n';

const { wasm, cached } = await compile({
  modules: { 'bench.rego': POLICY },
  entrypoints: ['bench/allow'],
  cacheDir: process.argv[2],
});
if (openEngine(wasm).evaluate('bench/allow', { tier: 'high' }) !== true) throw new Error('wrong answer');
process.stdout.write(cached ? 'warm' : 'cold');
