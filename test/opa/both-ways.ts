import { compile, openEngine, test } from '../../dist/opa/index.js';

/**
 * Values of Rego expressions, by OPA's own evaluator and by a compiled policy; each in a list that is empty where the
 * expression is undefined.
 */
export async function bothWays(
  expressions: readonly string[],
): Promise<{ opa: unknown[]; compiled: unknown[] }> {
  const rules = expressions.map((expression, index) => `values["${index}"] := [x | x := ${expression}]`);
  const modules = {
    'both.rego': `package both\n\n${rules.join('\n')}\n\ntest_print if print(json.marshal(values))\n`,
  };
  const run = await test({ modules, timeoutMs: 60_000 });
  if (run.tests[0]?.status !== 'pass') throw new Error(JSON.stringify(run.tests[0]));
  const opa = JSON.parse(run.tests[0]?.output ?? '{}') as Record<string, unknown>;
  const { wasm } = await compile({ modules, entrypoints: ['both/values'], cacheDir: false });
  const compiled = openEngine(wasm).evaluate('both/values') as Record<string, unknown>;
  return {
    opa: expressions.map((_, index) => opa[index]),
    compiled: expressions.map((_, index) => compiled[index]),
  };
}
