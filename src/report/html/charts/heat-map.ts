import { type Assessment, SEVERITIES, type Severity } from '../../../model/index.js';
import { formatCount } from '../../../text/format.js';
import { DOMAIN_WORDS, SEVERITY_WORDS } from '../../text/words.js';

/** A cell: how many checks failed, how dark it is (0 to 4), and the search for them; no link if there is none. */
export type HeatCell = { count: number; heat: number; href: string | null; label: string };

/** Failed checks by group of rules and severity: rows with the worst severity first. */
export type HeatMap = { columns: string[]; rows: { name: string; cells: HeatCell[]; total: number }[] };

/** Returns failed checks by group of rules and severity; groups without a failure are left out. */
export function heatMap({ policies }: Pick<Assessment, 'policies'>): HeatMap {
  const domains = [...new Set(policies.map(({ domain }) => domain))];
  const rows = domains.map((domain) => ({ domain, counts: countsOf(domain, policies) }));
  const failed = rows.filter(({ counts }) => sum(counts) > 0);
  const most = Math.max(1, ...failed.flatMap(({ counts }) => counts));
  return {
    columns: SEVERITIES.map((severity) => SEVERITY_WORDS[severity]),
    rows: failed
      .sort((a, b) => byWorst(a.counts, b.counts))
      .map(({ domain, counts }) => ({
        name: DOMAIN_WORDS[domain],
        cells: counts.map((count, place) => cell(count, most, domain, SEVERITIES[place] ?? 'low')),
        total: sum(counts),
      })),
  };
}

type Domain = Assessment['policies'][number]['domain'];

function countsOf(domain: Domain, policies: Assessment['policies']): number[] {
  const own = policies.filter((policy) => policy.domain === domain);
  return SEVERITIES.map((severity) => own.reduce((total, policy) => total + policy.severities[severity], 0));
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

function byWorst(a: readonly number[], b: readonly number[]): number {
  const place = SEVERITIES.findIndex((_, column) => a[column] !== b[column]);
  return place < 0 ? 0 : (b[place] ?? 0) - (a[place] ?? 0);
}

function cell(count: number, most: number, domain: Domain, severity: Severity): HeatCell {
  const heat = count === 0 ? 0 : 1 + Math.floor((3.999 * Math.log(count)) / Math.log(Math.max(2, most)));
  return {
    count,
    heat: Math.min(4, heat),
    href: count === 0 ? null : `#severity=${severity}&domain=${domain}`,
    label: `${formatCount(count)} ${severity} in ${DOMAIN_WORDS[domain]}`,
  };
}
