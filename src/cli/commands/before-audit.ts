import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, parse } from 'node:path';
import { type AuditPlan, DAY_MS, KeyproofError } from '../../index.js';
import type { Call } from '../world.js';

/**
 * Returns what a person must know before an audit begins, one sentence each: that no path was given, and that the as-of date
 * lies in the future. A quiet run is told the latter, which makes its results other than they seem.
 * @throws KeyproofError if no path was given in a home folder or at the root of a disk without keyproof.yaml.
 */
export function remarksBefore(
  call: Call,
  paths: readonly string[],
  plan: AuditPlan,
  quiet: boolean,
): string[] {
  const unnamed = noPath(call, paths);
  return [...(quiet ? [] : unnamed), ...futureRemark(plan)];
}

function noPath(call: Call, paths: readonly string[]): string[] {
  if (paths.length > 0) return [];
  if (isNoFolderOfExports(call))
    throw new KeyproofError(`${call.cwd}: is no folder of exports; name one, as in keyproof audit exports/`);
  return ['auditing ./ (no PATH given)'];
}

/** Returns whether a folder is a home folder or the root of a disk, without keyproof.yaml. */
export function isNoFolderOfExports({ cwd, env }: Pick<Call, 'cwd' | 'env'>): boolean {
  const home = env['HOME'] ?? env['USERPROFILE'] ?? homedir();
  const configured = ['keyproof.yaml', 'keyproof.yml'].some((name) => existsSync(join(cwd, name)));
  return !configured && (cwd === home || cwd === parse(cwd).root);
}

/** Returns that the as-of date lies in the future, if it does. */
export function futureRemark({ asOfMs }: Pick<AuditPlan, 'asOfMs'>): string[] {
  const today = Date.now();
  if (asOfMs <= today + DAY_MS) return [];
  const day = new Date(asOfMs).toISOString().slice(0, 10);
  return [`as-of ${day} lies in the future: the exports cannot show what happens until then`];
}

/** Returns the advice to state what kind of entity is audited, for the end of an audit whose plan does not; else nothing. */
export function entityAdvice({ profile, jurisdictions, applicability }: AuditPlan): string[] {
  if (profile !== null || jurisdictions.length > 0 || Object.keys(applicability).length > 0) return [];
  return [
    'nothing states what is audited, so controls that depend on it stay open: put `entity: bank` (or psp, fintech ...) and `jurisdictions: [eu]` into keyproof.yaml; keyproof init writes one',
  ];
}
