import { defineConfig } from 'vitest/config';
import { LATE_FLAGS } from './src/cli/tier-up-late.js';
import { keepFilesInMemory } from './test/support/memory-folder.js';

// Before any process of the tests starts: they take it from the environment.
keepFilesInMemory();

/** The Rego toolchain, the engine, the policies and the threads that evaluate them. */
const REGO = [
  'test/opa/*.test.ts',
  'test/policies/*.test.ts',
  'test/evaluate/*.test.ts',
  'test/assess/reference-cases.test.ts',
];

/** What starts hundreds of processes: the cost of one grows with the memory of the process that starts it (docs/decisions/0246). */
const PROCESSES = [
  'test/cli/{policy,process,scan}.test.ts',
  'test/cases/keyed-leaks.test.ts',
  'test/support/verdict.test.ts',
  'test/action/steps/{same-as-cli,start}.test.ts',
];

/** Commands, stories, generated pages, browsers, and worker threads that read exports. */
const E2E = [
  'test/cli/**/*.test.ts',
  'test/action/steps/*.test.ts',
  'test/cases/*.test.ts',
  'test/explain/pages.test.ts',
  'test/install.test.ts',
  'test/action/{baseline,docs,outputs}.test.ts',
  'test/github/{answers,publish}.test.ts',
  'test/report/{bundled-browser,pdf,page-in-browser,renderers,sarif,workbook}.test.ts',
  'test/ingest/{bounds,constants,ingest,read-once}.test.ts',
];

/** DuckDB: a store is opened, filled and resolved for most of these. */
const STORE = ['test/store/*.test.ts', 'test/pack/open-pack.test.ts'];

/** Every case of every adapter, changed a field at a time: thousands of files read. */
const EXPORTS = ['test/ingest/adapters/{canaries,same-content}.test.ts'];

/** OPA's own evaluation suite. */
const SUITE = ['test/opa/opa-suite/*.test.ts'];

const BUILD = { globalSetup: ['test/build.ts'] };

/** Files of a project share one thread of vitest's, and what it has loaded: each cleans up behind itself. */
const project = (name: string, include: string[], more: object = {}) => ({
  extends: true as const,
  test: { name, include, isolate: false, ...more },
});

export default defineConfig({
  test: {
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // Tests that are declared concurrent wait, and compute nothing meanwhile.
    maxConcurrency: 80,
    pool: 'forks',
    maxWorkers: 2,
    // As the command line has it.
    execArgv: [...LATE_FLAGS],
    // Worker threads run what is in dist/; it is taken as Node takes it.
    server: { deps: { external: [/\/dist\//] } },
    reporters: ['default', './test/support/verdict-reporter.ts'],
    projects: [
      project('unit', ['test/**/*.test.ts'], {
        exclude: [...STORE, ...EXPORTS, ...REGO, ...E2E, ...PROCESSES, ...SUITE],
      }),
      project('store', STORE),
      project('exports', EXPORTS),
      project('rego', REGO, BUILD),
      project('e2e', E2E, { ...BUILD, exclude: PROCESSES }),
      project('processes', PROCESSES, BUILD),
      project('suite', SUITE, BUILD),
    ],
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      exclude: ['src/model/**'],
      reporter: ['text-summary', 'json-summary'],
    },
  },
});
