import { fileURLToPath } from 'node:url';
import { packageRoot } from '../assets/package-root.js';
import type { AuditPlan, PolicyFolder } from '../model/index.js';

/** Returns the rule book, and the folders of further policies that a plan names. */
export function policyFolders(plan: Pick<AuditPlan, 'policyDirs'>): PolicyFolder[] {
  const builtIn = { dir: fileURLToPath(new URL('policies', packageRoot)), builtIn: true };
  return [builtIn, ...plan.policyDirs.map((dir) => ({ dir, builtIn: false }))];
}
