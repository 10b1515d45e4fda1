import { assetPath } from '../assets/locate.js';
import type { AuditPlan, PolicyFolder } from '../model/index.js';

/** Returns the rule book, and the folders of further policies that a plan names. */
export function policyFolders(plan: Pick<AuditPlan, 'policyDirs'>): PolicyFolder[] {
  const builtIn = { dir: assetPath('policies'), builtIn: true };
  return [builtIn, ...plan.policyDirs.map((dir) => ({ dir, builtIn: false }))];
}
