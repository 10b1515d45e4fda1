// Times the toolchain on this machine, from dist/: `npm run build && node src/opa/toolchain/measure.mjs`.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check, compile, openEngine, test } from '../../../dist/opa/index.js';

const cacheDir = mkdtempSync(join(tmpdir(), 'keyproof-measure-'));

const rule = (index) => `package policies.p${index}

violations contains {"message": sprintf("%s is %d days old", [key.id, age]), "facts": {"age": age}} if {
	some key in input.keys
	age := floor((input.as_of.ms - key.last_rotated.ms) / 86400000)
	age > data.params["p${index}"].max
}

missing contains "key.last_rotated" if not input.key.last_rotated

not_applicable contains "revoked" if input.key.status == "revoked"

result := {"outcome": "not-applicable"} if {
	count(not_applicable) > 0
} else := {"outcome": "fail", "violations": violations} if {
	count(violations) > 0
} else := {"outcome": "no-evidence", "missing": missing} if {
	count(missing) > 0
} else := {"outcome": "pass"}
`;

const ruleTest = (index) => `package policies.p${index}_test

import data.policies.p${index}

test_missing if p${index}.result.outcome == "no-evidence" with input as {}

test_revoked if p${index}.result.outcome == "not-applicable" with input as {"key": {"status": "revoked"}}
`;

async function timed(label, run) {
  const [start, before] = [performance.now(), process.cpuUsage()];
  const result = await run();
  const { user, system } = process.cpuUsage(before);
  const wall = Math.round(performance.now() - start);
  process.stdout.write(`${label.padEnd(52)} ${wall} ms, ${Math.round((user + system) / 1000)} ms of CPU\n`);
  return result;
}

const numbers = Array.from({ length: 60 }, (_, index) => index);
const one = { modules: { 'p0.rego': rule(0) }, entrypoints: ['policies/p0/result'], cacheDir };
const sixty = {
  modules: Object.fromEntries(numbers.map((index) => [`p${index}.rego`, rule(index)])),
  entrypoints: numbers.map((index) => `policies/p${index}/result`),
  cacheDir,
};
const tests = Object.fromEntries(numbers.map((index) => [`p${index}_test.rego`, ruleTest(index)]));

await timed('compile one policy, toolchain not yet started', () => compile(one));
await timed('compile one policy, toolchain running', () => compile({ ...one, cacheDir: false }));
await timed('compile one policy, from the cache', () => compile(one));
const { wasm } = await timed('compile 60 packages', () => compile(sixty));
await timed('compile 60 packages, from the cache', () => compile(sixty));
await timed(`load 60 packages (${Math.round(wasm.length / 1000)} KB) and evaluate one`, async () =>
  openEngine(wasm).evaluate('policies/p7/result', {}),
);
await timed('check 60 packages and 60 test files', () => check({ modules: { ...sixty.modules, ...tests } }));
await timed('run 60 test files (120 tests) with coverage', () =>
  test({ modules: { ...sixty.modules, ...tests }, coverage: true }),
);
rmSync(cacheDir, { recursive: true });
