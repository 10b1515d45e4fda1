import type { Instant, KeyRecord } from '../../../../model/index.js';
import { statedInstant } from '../../../fields/instants.js';
import type { Draft, Reading } from '../../../fields/record-reader.js';

/**
 * Returns what the versions of a secret state about it: since when the newest enabled one is there, and whether there is
 * one.
 * @param r reading of `{versions: [...]}`
 */
export function versionFacts(r: Reading): Draft<'keys'> {
  return { last_rotated: () => newestEnabled(r), status: () => statusOf(r) };
}

function newestEnabled(r: Reading): Instant {
  const enabled = versionsOf(r).filter((version) => stateOf(version) === 'ENABLED');
  const times = enabled
    .map((version) => version.date('createTime'))
    .filter((time) => time?.state === 'known');
  const newest = times.reduce((a, b) => (Number(b?.ms) > Number(a?.ms) ? b : a), times[0] ?? null);
  return newest ?? statedInstant('not-tracked');
}

function statusOf(r: Reading): KeyRecord['status'] {
  const states = versionsOf(r).map(stateOf);
  if (states.includes('ENABLED')) return 'active';
  if (states.includes(null)) return null;
  return states.every((state) => state === 'DESTROYED') ? 'destroyed' : 'inactive';
}

function versionsOf(r: Reading): Reading[] {
  return r.each('versions').map(({ reading }) => reading);
}

function stateOf(version: Reading): string | null {
  return version.text('state')?.toUpperCase() ?? null;
}
