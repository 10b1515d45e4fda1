import type { ParamValue, Policy, PolicyFolder } from '../model/index.js';
import type { ModuleSources, RegoVersion } from '../opa/toolchain.js';
import { compareText } from '../text/compare-text.js';
import type { DeclaredPolicy } from './declared-policy.js';

/** Something wrong with a source that keeps it from being used. */
export type PolicyProblem = {
  /** Module path. */
  file: string;
  /** Row in it, from 1. */
  row: number;
  /** Column in the row, from 1, in bytes; absent if the whole row is meant. */
  column?: number;
  /** What is wrong and what to do. */
  message: string;
  /** The row itself, if the toolchain gave it. */
  sourceLine?: string;
  /** What OPA adds, line by line. */
  details?: readonly string[];
  /** The problem of another source that this one comes from. */
  cause?: PolicyProblem;
  /** Present for a source of keyproof's own. */
  builtIn?: true;
};

/** A policy that has METADATA and cannot be compiled: an `error` on every subject of its kind. */
export type PolicyFault = {
  /** The policy. */
  policy: Policy;
  /** Why; at least one. */
  problems: PolicyProblem[];
};

/** Returns a problem as one line: file, row, column if there is one, sentence. */
export function problemSentence({ file, row, column, message }: PolicyProblem): string {
  return `${file}:${row}:${column === undefined ? '' : `${column}:`} ${message}`;
}

/** Returns a fault as one line: its first problem, and how many more there are. */
export function faultSentence({ problems: [first, ...more] }: PolicyFault): string {
  const rest = more.length === 0 ? '' : ` (and ${more.length} more)`;
  return first === undefined ? 'the policy does not compile' : `${problemSentence(first)}${rest}`;
}

/**
 * What one folder or bundle holds: it is compiled into a module of its own, which sees no other folder's rules and
 * data.
 */
export type PolicyUnit = {
  /** Where it was read from. */
  folder: PolicyFolder;
  /** The policies that can be compiled, sorted by id, with the sets their packages define. */
  declared: DeclaredPolicy[];
  /** Policies from outside that cannot, sorted by id. */
  faults: PolicyFault[];
  /** The modules that compile together, and the tests that use nothing else, by module path. */
  sound: ModuleSources;
  /** keyproof's own libraries that a unit from outside names, by module path; empty for the rule book. */
  library: ModuleSources;
  /** The Rego of the modules that are not in v1, by module path. */
  regoVersions: { [module: string]: RegoVersion };
  /** The `data` that a bundle brings. */
  data: Record<string, unknown>;
  /** The module as the build made it, if it was made from just these sources. */
  built?: BuiltModule;
};

/** A module that was compiled in the build. */
export type BuiltModule = {
  /** File of the WebAssembly. */
  file: URL;
  /** SHA-256 of it, lower-case hex. */
  sha256: string;
};

/** Policies as read from their folders. */
export type PolicySet = {
  /**
   * Policies that have METADATA, sorted by id, with the thresholds in force; `faults` has those that do not compile.
   */
  policies: Policy[];
  /** Policies from outside that cannot be compiled, sorted by id. */
  faults: PolicyFault[];
  /** What is compiled apart: the rule book, and each folder or bundle from outside. */
  units: PolicyUnit[];
  /** Rego sources of rules, libraries and tests, by module path (root name and path inside it, with slashes). */
  modules: ModuleSources;
  /** Those of all units that compile, and the tests that use nothing else. */
  sound: ModuleSources;
  /** The Rego of the modules that are not in v1, by module path. */
  regoVersions: { [module: string]: RegoVersion };
  /** The `data` that bundles bring, merged. */
  data: Record<string, unknown>;
  /** SHA-256 over the sorted sources that are no tests, and over the SHA-256 of bundles. */
  sha256: string;
  /**
   * Sources that are left out, and no policy of the set; `compilePolicies` refuses a set with one of keyproof's own.
   */
  problems: PolicyProblem[];
  /** Where they were read from. */
  folders: PolicyFolder[];
  /** What whoever runs this should know, one sentence each: a rule book that is not the one that was built. */
  notes: string[];
};

/** Values of parameters by rule id and name. */
export type Overrides = { [ruleId: string]: { params: { [name: string]: ParamValue } } };

/** How policies are loaded. */
export type LoadPoliciesOptions = {
  /** Parameters by rule id, in place of the defaults. */
  overrides: Overrides;
  /** Folder of the compile cache; `false` for none. */
  cacheDir?: string | false;
  /**
   * Whether to read the rule book from its sources, as `policy test` does, and not as the build made it. Default false.
   */
  fromSources?: boolean;
};

/** Returns the unit that a policy is of; undefined for a policy of another set. */
export function unitOf(set: Pick<PolicySet, 'units'>, policyId: string): PolicyUnit | undefined {
  const has = ({ policy }: { policy: Policy }) => policy.id === policyId;
  return set.units.find(({ declared, faults }) => declared.some(has) || faults.some(has));
}

/** Returns all that is wrong with a set, sorted by place. */
export function allProblems({ problems, faults }: Pick<PolicySet, 'problems' | 'faults'>): PolicyProblem[] {
  return sortedByPlace([...problems, ...faults.flatMap((fault) => fault.problems)]);
}

/** Returns problems sorted by file, row and column. */
export function sortedByPlace(problems: readonly PolicyProblem[]): PolicyProblem[] {
  const column = (problem: PolicyProblem) => problem.column ?? 0;
  return [...problems].sort((a, b) => compareText(a.file, b.file) || a.row - b.row || column(a) - column(b));
}

/** Returns whether a module holds tests. */
export function isTest(path: string): boolean {
  return path.endsWith('_test.rego');
}

/** Returns the modules that are no tests: what is compiled, hashed and audited with. */
export function ruleModules(modules: ModuleSources): ModuleSources {
  return Object.fromEntries(Object.entries(modules).filter(([path]) => !isTest(path)));
}
