import { fileURLToPath } from 'node:url';
import type { AuditPlan } from './model/index.js';
import { packageRoot } from './package-root.js';

/** A folder policies are read from. */
export type PolicyRoot = {
  /** Absolute folder. */
  dir: string;
  /** True for keyproof's own rule book. */
  builtIn: boolean;
};

/** The rule book, and the folders of further policies a plan names. */
export function policyRoots(plan: Pick<AuditPlan, 'policyDirs'>): PolicyRoot[] {
  const builtIn = { dir: fileURLToPath(new URL('policies', packageRoot)), builtIn: true };
  return [builtIn, ...plan.policyDirs.map((dir) => ({ dir, builtIn: false }))];
}
