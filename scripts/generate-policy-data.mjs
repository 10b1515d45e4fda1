import { readFileSync, writeFileSync } from 'node:fs';
import { loadPolicies, policyFolders } from '../dist/index.js';

// policies/data.json holds the default thresholds of every policy, so that plain `opa test policies` works.
const file = new URL('../policies/data.json', import.meta.url);
const { policies } = await loadPolicies(policyFolders({ policyDirs: [] }), { overrides: {} });
const params = Object.fromEntries(policies.map((policy) => [policy.id, policy.params]));
const text = `${JSON.stringify({ params }, null, 2)}\n`;
if (!process.argv.includes('--check')) writeFileSync(file, text);
else if (JSON.stringify(JSON.parse(readFileSync(file, 'utf8'))) !== JSON.stringify({ params })) {
  console.error('Out of date: policies/data.json. Run npm run generate.');
  process.exit(1);
}
