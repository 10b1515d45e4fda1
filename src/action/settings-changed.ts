import { type Comparison, SEVERITIES } from '../index.js';
import { clip, formatCount, joinWords } from '../text/format.js';

type Summary = Comparison['summary'];

/** Most names in a sentence. */
const NAMED = 5;

/** Longest value in a sentence, characters. */
const LONGEST = 120;

/**
 * Returns what two audits were asked otherwise, one sentence each: the limit that fails a run, exceptions, thresholds, rules, facts,
 * frameworks. Whether that is looser is for a reader to judge; only of the limit it is known.
 */
export function settingsChanged(summary: Summary): string[] {
  const { rules, facts, config, reading, scope, exceptions, frameworks } = summary.differences;
  const idsOf = (found: typeof rules) => found.map(({ ruleId }) => ruleId);
  return [
    ...(config ? ['keyproof.yaml differs.'] : []),
    ...(reading ? ['What it states of how exports are read (`sources`, `classify`) differs.'] : []),
    ...limitSentence(summary),
    ...listed('Accepted exceptions added', exceptions.added),
    ...listed('Accepted exceptions changed', exceptions.changed),
    ...listed('Accepted exceptions taken out', exceptions.removed),
    ...rules.flatMap(({ ruleId, params, what }) =>
      what === 'changed'
        ? params.map((param) => changed(`Threshold ${ruleId}, ${param.name}`, param.old, param.new))
        : [],
    ),
    ...listed('Policies not evaluated any more', idsOf(rules.filter(({ what }) => what === 'removed'))),
    ...listed('Policies added', idsOf(rules.filter(({ what }) => what === 'added'))),
    ...listed(
      'Policies with another source',
      idsOf(rules.filter(({ source, what }) => source === true && what === 'changed')),
    ),
    ...facts.map((fact) => changed(`Fact ${fact.name}`, fact.old, fact.new)),
    ...(scope ? ['The rules of `scope`, which state facts of subjects, differ.'] : []),
    ...listed('Frameworks not assessed any more', frameworks.removed),
    ...listed('Frameworks added', frameworks.added),
  ];
}

/** Says that a run fails for less than the baseline did; a stricter limit is what workflows give to pull requests. */
function limitSentence({ old, new: now }: Summary): string[] {
  const limits = [...SEVERITIES, 'none' as const];
  const isLooser = limits.indexOf(now.failOn) < limits.indexOf(old.failOn);
  if (old.failOn === 'none' || !(isLooser || now.failOn === 'none')) return [];
  return [changed('Lowest severity that fails a run', old.failOn, now.failOn)];
}

function listed(what: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const more = names.length - NAMED;
  const shown = [...names.slice(0, NAMED), ...(more > 0 ? [`${formatCount(more)} more`] : [])];
  return [`${what}: ${joinWords(shown)}.`];
}

function changed(what: string, old: unknown, now: unknown): string {
  return `${what}: ${valueText(old)} before, ${valueText(now)} now.`;
}

function valueText(value: unknown): string {
  if (value === null) return 'not stated';
  return clip(typeof value === 'string' ? value : JSON.stringify(value), LONGEST);
}
