import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { checkout } from '../bank.js';
import { type BuiltAction, buildAction } from '../built-action.js';
import { type Registry, startRegistry } from '../registry.js';
import { type ResultsService, startResultsService } from '../results-service.js';
import { callsOf, newRunner, type Runner, runStep, type StepEnd } from '../runner.js';

let action: BuiltAction;
let registry: Registry;
let service: ResultsService;
let runner: Runner;
const workspace = checkout();

beforeAll(async () => {
  action = await buildAction();
});
beforeEach(async () => {
  runner = newRunner();
  registry = await startRegistry(action, action.tarball);
  service = await startResultsService();
});
afterEach(async () => {
  await registry.close();
  await service.close();
  rmSync(runner.home, { recursive: true, force: true });
});
afterAll(() => {
  action.remove();
  rmSync(workspace, { recursive: true, force: true });
});

const step = (
  env: { [name: string]: string } = {},
  inputs: { [name: string]: string } = {},
): Promise<StepEnd> =>
  runStep(runner, {
    action: action.dir,
    workspace,
    with: { formats: 'findings', frameworks: 'soc2', artifact: 'none', ...inputs },
    env: { NPM_CONFIG_REGISTRY: `${registry.url}/npm-mirror`, ...env },
  });

/** Ends a step after DuckDB's library was found and before anything is audited. */
const ENDS_EARLY = { config: 'no-such-file.yaml' };

it('starts on an empty tool cache with one download, and without any on a filled one', async () => {
  const cold = await step();
  expect(cold.log).toContain("DuckDB's library is from registry.");
  expect(cold).toMatchObject({ code: 1, outputs: { conclusion: 'failure', 'exit-code': '1' } });
  expect(registry.requests.map(({ path }) => path)).toEqual([`/npm-mirror${action.path}`]);

  // What an earlier run wrote into the audited folder would be listed as an input.
  rmSync(join(workspace, 'evidence-pack'), { recursive: true });
  const warm = await step();
  expect(warm.log).toContain("DuckDB's library is from tool cache.");
  expect(warm.outputs).toEqual(cold.outputs);
  expect(registry.requests).toHaveLength(1);
  expect(callsOf(runner)).toBe('');
});

it('takes the library from actions/cache on the next machine', async () => {
  await step(service.env, ENDS_EARLY);
  expect(service.caches.size).toBe(1);
  rmSync(runner.toolCache, { recursive: true });
  rmSync(runner.temp, { recursive: true });
  const { log, outputs } = await step(service.env);
  expect(log).toContain("DuckDB's library is from actions/cache.");
  expect(outputs).toMatchObject({ conclusion: 'failure' });
  expect(registry.requests).toHaveLength(1);
});

it('refuses a tarball that is not the expected one, and loads nothing of it', async () => {
  await registry.close();
  const changed = Buffer.from(action.tarball);
  changed[1000] = (changed[1000] ?? 0) ^ 1;
  registry = await startRegistry(action, changed);
  const { code, log, outputs } = await step({ NPM_CONFIG_REGISTRY: registry.url });
  expect(log).toMatch(/::error::.*the file is not the one this Action was built for; expected sha512-/);
  expect({ code, outputs }).toEqual({ code: 4, outputs: { conclusion: 'error', 'exit-code': '4' } });
});

it('does not trust a cache that another workflow wrote', async () => {
  await step(service.env, ENDS_EARLY);
  expect(service.caches.size).toBe(1);
  for (const [key, bytes] of service.caches)
    service.caches.set(key, Buffer.from(bytes.map((byte) => byte ^ 1)));
  rmSync(runner.toolCache, { recursive: true });
  rmSync(runner.temp, { recursive: true });
  const { log } = await step(service.env, ENDS_EARLY);
  expect(log).toContain("DuckDB's library is from registry.");
});

it('works without any network from the folder that duckdb-path names', async () => {
  const { outputs, log } = await step(
    { NPM_CONFIG_REGISTRY: 'http://127.0.0.1:9' },
    { 'duckdb-path': action.unpacked },
  );
  expect(log).toContain("DuckDB's library is from duckdb-path.");
  expect(outputs).toMatchObject({ conclusion: 'failure' });
  expect(registry.requests).toEqual([]);
});

it('says what to do if neither a registry nor a folder gives the library', async () => {
  const missing = await step({}, { 'duckdb-path': 'nowhere' });
  expect(missing.log).toContain('::error::duckdb-path: nowhere holds no duckdb.node; unpack the package');
  await registry.close();
  registry = await startRegistry({ path: '/nothing' }, Buffer.alloc(0));
  const refused = await step({ NPM_CONFIG_REGISTRY: registry.url });
  expect(refused.log).toMatch(
    /::error::.*cannot be downloaded \(Unexpected HTTP response: 404\)\. Set NPM_CONFIG_REGISTRY to a mirror/,
  );
});

it('sends a token to the registry that is set, and to no other', async () => {
  await step({ NODE_AUTH_TOKEN: 'northbridge-mirror-token' }, ENDS_EARLY);
  expect(registry.requests[0]?.authorization).toBe('Bearer northbridge-mirror-token');
});

it('unpacks the program again if its folder is gone, and elsewhere if the tool cache cannot be written', async () => {
  const inputs = { 'duckdb-path': action.unpacked };
  await step({}, { ...inputs, ...ENDS_EARLY });
  const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
  rmSync(join(runner.toolCache, 'keyproof', version), { recursive: true });
  expect(
    (await step({ RUNNER_TOOL_CACHE: join(workspace, 'keyproof.yaml/tools') }, inputs)).outputs,
  ).toMatchObject({
    conclusion: 'failure',
  });
  const again = await step({}, { ...inputs, ...ENDS_EARLY });
  expect(again).toMatchObject({ code: 2, outputs: { conclusion: 'error' } });
  expect(again.annotations[0]?.message).toContain('no-such-file.yaml');
});
