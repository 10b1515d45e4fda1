import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { evaluate } from '../dist/evaluate/index.js';
import { generatedModules } from '../dist/policies/generate-rego.js';
import { ruleModules } from '../dist/policies/policy-set.js';
import { describeDossiers } from './dossiers.mjs';
import { count, measured, row } from './measure.mjs';
import { opaVersion, prepareOpaEval, tally } from './opa-eval.mjs';

/**
 * Prints the ratio of keyproof's evaluation stage to `opa eval`: the same policies, the same dossiers, in turns, with the
 * start of process or threads and without it (less a run on one dossier). Throws where their outcomes differ.
 */
export async function compareWithOpaEval(prepared, workers) {
  const version = opaVersion();
  if (version === null) {
    console.log('No opa on the PATH: not compared with opa eval.\n');
    return;
  }
  const rules = ruleModules(prepared.policies.modules);
  const modules = { ...rules, ...generatedModules(prepared.policies.units[0].declared, rules) };
  const opaEval = prepareOpaEval(prepared.folder, modules, prepared.compiled[0].data);
  const [first] = prepared.lines;
  const one = oneDossier(prepared, first);
  const ours = [await keyproof(prepared, one, 1), await keyproof(prepared, prepared.buckets, workers)];
  const theirs = [opaEval([first]), opaEval(prepared.lines)];
  if (ours[1].outcomes !== theirs[1].outcomes)
    throw new Error(`outcomes differ: keyproof ${ours[1].outcomes}; opa eval ${theirs[1].outcomes}`);
  print(prepared, `keyproof, ${workers} workers`, ours, `opa eval ${version}`, theirs);
}

function oneDossier({ folder, buckets }, line) {
  const path = join(folder, 'one.ndjson');
  writeFileSync(path, `${line}\n`);
  return [{ ...buckets[0], path, subjects: 1 }];
}

async function keyproof({ compiled, folder }, buckets, workers) {
  const options = { workers, subjectTimeoutMs: 5000, workDir: folder };
  const { value, ...times } = await measured(() => evaluate(buckets, compiled, options, () => undefined));
  const lines = value.observationFiles.flatMap((file) => readFileSync(file, 'utf8').trimEnd().split('\n'));
  return { ...times, outcomes: tally(lines.map((line) => JSON.parse(line).outcome)) };
}

function print(prepared, ourName, ours, theirName, theirs) {
  const columns = [
    ['seconds', true],
    ['seconds', false],
    ['cpuSeconds', true],
    ['cpuSeconds', false],
  ];
  const rates = ([empty, full]) =>
    columns.map(([what, start]) => prepared.lines.length / (full[what] - (start ? 0 : empty[what])));
  const [ourRates, theirRates] = [rates(ours), rates(theirs)];
  console.log(`Evaluation against opa eval: ${describeDossiers(prepared)}; both gave ${ours[1].outcomes}`);
  console.log(row('keys a', 'second', 'less start', 'CPU second', 'less start'));
  console.log(row(ourName, ...ourRates.map(count)));
  console.log(row(theirName, ...theirRates.map(count)));
  console.log(`${row('ratio', ...ourRates.map((rate, n) => (rate / theirRates[n]).toFixed(1)))}\n`);
}
