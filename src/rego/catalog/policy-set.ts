import type { AuditPlan, Policy } from '../../model/index.js';
import type { ModuleSources } from '../toolchain.js';

/** A folder policies are read from. */
export type PolicyFolder = {
  /** Absolute folder. */
  dir: string;
  /** True for keyproof's own rule book. */
  builtIn: boolean;
};

/** Something wrong with a policy that keeps it from being used. */
export type PolicyProblem = {
  /** Module path. */
  file: string;
  /** Row in it, from 1. */
  row: number;
  /** What is wrong and what to do. */
  message: string;
};

/** Policies as read from their folders. */
export type PolicySet = {
  /** Usable policies, sorted by id, with the thresholds in force. */
  policies: Policy[];
  /** Rego sources of rules, libraries and tests, by module path (root name and path inside it, with slashes). */
  modules: ModuleSources;
  /** SHA-256 over the sorted sources that are no tests. */
  sha256: string;
  /** What keeps policies from being used; `compilePolicies` refuses a set that has any. */
  problems: PolicyProblem[];
  /** Where they were read from. */
  folders: PolicyFolder[];
};

/** How policies are loaded. */
export type LoadPoliciesOptions = {
  /** Threshold overrides of the plan. */
  overrides: AuditPlan['thresholds'];
  /** Folder of the compile cache; `false` for none. */
  cacheDir?: string | false;
};

/** Whether a module holds tests. */
export function isTest(path: string): boolean {
  return path.endsWith('_test.rego');
}

/** The modules that are no tests: what is compiled, hashed and audited with. */
export function ruleModules(modules: ModuleSources): ModuleSources {
  return Object.fromEntries(Object.entries(modules).filter(([path]) => !isTest(path)));
}
