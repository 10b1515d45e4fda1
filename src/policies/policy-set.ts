import type { ParamValue, Policy } from '../model/index.js';
import type { ModuleSources, RegoVersion } from '../opa/toolchain.js';

/** A folder, or a bundle (.tar.gz), that policies are read from. */
export type PolicyFolder = {
  /** Absolute path of it. */
  dir: string;
  /** True for keyproof's own rule book. */
  builtIn: boolean;
};

/** Something wrong with a source that keeps it from being used. */
export type PolicyProblem = {
  /** Module path. */
  file: string;
  /** Row in it, from 1. */
  row: number;
  /** Column in the row, from 1, in bytes; absent where the whole row is meant. */
  column?: number;
  /** What is wrong and what to do. */
  message: string;
  /** The row itself, where the toolchain gave it. */
  sourceLine?: string;
  /** What OPA adds, line by line. */
  details?: readonly string[];
  /** The problem of another source that this one comes from. */
  cause?: PolicyProblem;
  /** Present for a source of keyproof's own. */
  builtIn?: true;
};

/** A policy that says what it is and cannot be compiled: an `error` on every subject of its kind. */
export type PolicyFault = {
  /** The policy. */
  policy: Policy;
  /** Why; at least one. */
  problems: PolicyProblem[];
};

/** A problem as one line: file, row, column where there is one, sentence. */
export function problemSentence({ file, row, column, message }: PolicyProblem): string {
  return `${file}:${row}:${column === undefined ? '' : `${column}:`} ${message}`;
}

/** A fault as one line: its first problem, and how many more there are. */
export function faultSentence({ problems: [first, ...more] }: PolicyFault): string {
  const rest = more.length === 0 ? '' : ` (and ${more.length} more)`;
  return first === undefined ? 'the policy does not compile' : `${problemSentence(first)}${rest}`;
}

/** Policies as read from their folders. */
export type PolicyCatalog = {
  /** Policies that say what they are, sorted by id, with the thresholds in force; `faults` has those that do not compile. */
  policies: Policy[];
  /** Policies from outside that cannot be compiled, sorted by id. */
  faults: PolicyFault[];
  /** Rego sources of rules, libraries and tests, by module path (root name and path inside it, with slashes). */
  modules: ModuleSources;
  /** The Rego of the modules that are not in v1, by module path. */
  regoVersions: { [module: string]: RegoVersion };
  /** The `data` that bundles bring. */
  data: Record<string, unknown>;
  /** SHA-256 over the sorted sources that are no tests, and over the SHA-256 of bundles. */
  sha256: string;
  /** Sources that are left out, and no policy of the set; `compilePolicies` refuses a set with one of keyproof's own. */
  problems: PolicyProblem[];
  /** Where they were read from. */
  folders: PolicyFolder[];
};

/** Values of parameters by rule id and name. */
export type Overrides = { [ruleId: string]: { params: { [name: string]: ParamValue } } };

/** How policies are loaded. */
export type LoadPoliciesOptions = {
  /** Parameters by rule id, in place of the defaults. */
  overrides: Overrides;
  /** Folder of the compile cache; `false` for none. */
  cacheDir?: string | false;
};

/** All that is wrong with a set, sorted by place. */
export function allProblems({
  problems,
  faults,
}: Pick<PolicyCatalog, 'problems' | 'faults'>): PolicyProblem[] {
  return sortedByPlace([...problems, ...faults.flatMap((fault) => fault.problems)]);
}

/** Problems by file, row and column. */
export function sortedByPlace(problems: readonly PolicyProblem[]): PolicyProblem[] {
  const column = (problem: PolicyProblem) => problem.column ?? 0;
  return [...problems].sort((a, b) => {
    if (a.file !== b.file) return a.file < b.file ? -1 : 1;
    return a.row - b.row || column(a) - column(b);
  });
}

/** Whether a module holds tests. */
export function isTest(path: string): boolean {
  return path.endsWith('_test.rego');
}

/** The modules that are no tests: what is compiled, hashed and audited with. */
export function ruleModules(modules: ModuleSources): ModuleSources {
  return Object.fromEntries(Object.entries(modules).filter(([path]) => !isTest(path)));
}
