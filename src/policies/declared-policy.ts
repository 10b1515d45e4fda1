import type { Policy } from '../model/index.js';
import type { DeclaredRule } from '../opa/check.js';

/** A policy with its module, the sets its package defines, and whether METADATA types its input by the published schema. */
export type DeclaredPolicy = {
  policy: Policy;
  module: string;
  sets: string[];
  typed: boolean;
  conftest?: ConftestRule;
};

/** A rule in the manner of conftest, which is a policy of its own. */
export type ConftestRule = {
  /** Its name, such as `deny` or `deny_old_keys`. */
  name: string;
  /** Whether it is a set or one value. */
  kind: DeclaredRule['kind'];
  /** Whether its package has conftest's `exception` rule. */
  exceptions: boolean;
};
