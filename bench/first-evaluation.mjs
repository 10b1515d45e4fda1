import { compile, loadPolicy } from '../dist/rego/index.js';

// Run by bench/start.mjs in a process of its own: a policy from the compile cache (argument: its folder), loaded, asked once.
const POLICY = 'package bench\n\nallow if input.tier in {"critical", "high"}\n';

const { wasm, cached } = await compile({
  modules: { 'bench.rego': POLICY },
  entrypoints: ['bench/allow'],
  cacheDir: process.argv[2],
});
if (loadPolicy(wasm).evaluate('bench/allow', { tier: 'high' }) !== true) throw new Error('wrong answer');
process.stdout.write(cached ? 'warm' : 'cold');
