import type { SourceLocation } from '../model/index.js';
import { type RegoVersions, versionsByModule } from './rego-version.js';
import { type Capabilities, type ModuleSources, runToolchain } from './toolchain.js';

/** Which tests to run, on what. */
export type TestRequest = {
  /** Rego sources by path, policies and tests alike. */
  modules: ModuleSources;
  /** Which Rego the sources are in; default v1. */
  regoVersion?: RegoVersions;
  /** The `data` document. */
  data?: object;
  /** Go regular expression on `data.<package>.<test>`; all tests if absent. */
  filter?: string;
  /** Time limit of one test in ms; default 5000. */
  timeoutMs?: number;
  /** Time limit of the whole run in ms; default 120 000. */
  runTimeoutMs?: number;
  /** Whether to measure which lines ran. */
  coverage?: boolean;
  /** What the sources may use; everything OPA has if absent. */
  capabilities?: Capabilities;
};

/** One test rule's result. */
export type TestResult = {
  /** Package, such as `data.policies.rotation_test`. */
  package: string;
  /** Rule name, such as `test_fail_old_key`. */
  name: string;
  /** `skip` for `todo_test_...`. */
  status: 'pass' | 'fail' | 'skip' | 'error';
  durationMs: number;
  location: SourceLocation;
  /** What it printed. */
  output?: string;
  /** Why it is an error. */
  error?: { code: string; message: string; file?: string; row?: number; col?: number; text?: string };
  /** For a failed test: the line that failed, with the values its variables had. */
  report?: string;
  /** The cases of a data-driven test (`test_x[note] if ...`). */
  cases?: { name: string; status: 'pass' | 'fail' }[];
};

/** Lines `from` to `to`, both inclusive. */
export type LineRange = { from: number; to: number };

/** Coverage of one file, or of all. */
export type Coverage = {
  /** Share of lines that ran, 0 to 100. */
  percent: number;
  coveredLines: number;
  notCoveredLines: number;
};

/** Coverage of one file with its lines. */
export type FileCoverage = Coverage & { covered: LineRange[]; notCovered: LineRange[] };

/** A test run. */
export type TestRun = {
  /** Results by file and row. */
  tests: TestResult[];
  /** With `coverage: true`. */
  coverage?: Coverage & { files: Record<string, FileCoverage> };
};

type RawRange = { start: { row: number }; end: { row: number } };
type RawCoverage = { coverage?: number; covered_lines?: number; not_covered_lines?: number };
type RawFile = RawCoverage & { covered?: RawRange[]; not_covered?: RawRange[] };
type RawRun = { tests: TestResult[]; coverage?: RawCoverage & { files: Record<string, RawFile> } };

/**
 * Runs Rego tests with OPA's own evaluator, as `opa test` does. A failing test is a result, not an exception.
 *
 * @throws RegoSourceError or RegoSourceErrors, RegoTimeoutError (the run), RegoToolchainError.
 */
export async function test(request: TestRequest): Promise<TestRun> {
  const {
    modules,
    data,
    filter = '',
    timeoutMs = 5000,
    runTimeoutMs = 120_000,
    coverage = false,
    capabilities,
  } = request;
  const regoVersions = versionsByModule(modules, request.regoVersion);
  const limits = { filter, timeoutMs, coverage, capabilities };
  const command = { command: 'test', modules, regoVersions, data, ...limits } as const;
  const raw = (await runToolchain(command, runTimeoutMs)) as RawRun;
  if (raw.coverage === undefined) return { tests: raw.tests };
  const files = Object.entries(raw.coverage.files).map(([path, file]) => [path, fileCoverage(file)] as const);
  return { tests: raw.tests, coverage: { ...coverageOf(raw.coverage), files: Object.fromEntries(files) } };
}

function coverageOf(raw: RawCoverage): Coverage {
  return {
    percent: raw.coverage ?? 0,
    coveredLines: raw.covered_lines ?? 0,
    notCoveredLines: raw.not_covered_lines ?? 0,
  };
}

function fileCoverage(raw: RawFile): FileCoverage {
  const covered = lineRanges(raw.covered ?? []);
  return { ...coverageOf(raw), covered, notCovered: lineRanges(raw.not_covered ?? []) };
}

/** Returns ranges of lines. OPA's ranges are expressions, several a line; people read lines. */
function lineRanges(ranges: readonly RawRange[]): LineRange[] {
  const merged: LineRange[] = [];
  for (const { start, end } of [...ranges].sort((a, b) => a.start.row - b.start.row)) {
    const last = merged.at(-1);
    if (last !== undefined && start.row <= last.to + 1) last.to = Math.max(last.to, end.row);
    else merged.push({ from: start.row, to: end.row });
  }
  return merged;
}
