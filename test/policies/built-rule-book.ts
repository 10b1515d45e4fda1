import { fileURLToPath } from 'node:url';
import { type Engine, openEngine } from '../../dist/opa/index.js';
import { compilePolicies, loadPolicies, type PolicySet } from '../../dist/policies/index.js';
import type { CompiledPolicies } from '../../src/model/index.js';
import { policiesRoot } from './rule-book.js';

/** A rule book with its compiled module and an engine that runs it. */
type BuiltRuleBook = { set: PolicySet; compiled: CompiledPolicies; engine: Engine };

let built: Promise<BuiltRuleBook> | undefined;

/**
 * The rule book as the build made it, which is how an audit has it; an error if it is not of the sources that are there. It is read
 * once for all tests that run in a process.
 */
export function builtRuleBook(): Promise<BuiltRuleBook> {
  built ??= read();
  return built;
}

async function read(): Promise<BuiltRuleBook> {
  const set = await loadPolicies([{ dir: fileURLToPath(policiesRoot), builtIn: true }], { overrides: {} });
  const [compiled] = await compilePolicies(set);
  if (compiled === undefined || set.notes.length > 0) throw new Error(set.notes.join(' '));
  return { set, compiled, engine: openEngine(compiled.wasm, { data: compiled.data }) };
}
