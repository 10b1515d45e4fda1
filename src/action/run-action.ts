import { audit } from '../index.js';
import { readInputs } from './inputs.js';
import { prepareDuckdb } from './native/prepare-duckdb.js';
import { planOfInputs } from './plan-of-inputs.js';
import { type RunnerEnv, readEvent } from './run-event.js';

export async function runAction(env: RunnerEnv): Promise<number> {
  const inputs = readInputs();
  const event = readEvent(env);
  const found = await prepareDuckdb(inputs.duckdbPath);
  console.log(found);
  const plan = planOfInputs(inputs, event, env);
  const result = await audit(plan, undefined, env as NodeJS.ProcessEnv);
  console.log(result.exitCode, result.incomplete, result.notes);
  return 0;
}
