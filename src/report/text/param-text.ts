import { type ParamValue, SEVERITIES } from '../../model/index.js';

/**
 * Returns the value of a parameter or a fact as printed: lists with commas, `critical 30, high 60` for values by
 * name.
 */
export function paramText(value: ParamValue): string {
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value !== 'object') return String(value);
  return Object.entries(value)
    .sort(([a], [b]) => severityRank(a) - severityRank(b))
    .map(([name, item]) => `${name} ${item}`)
    .join(', ');
}

/** Returns the rank of a name. Thresholds by severity are read worst first; other names keep their order. */
function severityRank(name: string): number {
  return SEVERITIES.map(String).indexOf(name);
}
