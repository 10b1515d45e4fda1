import type {
  ChangeCause,
  ChangeCounts,
  CheckChangeKind,
  CheckResult,
  FrameworkDifference,
  PackDiff,
  PackDifferences,
} from '../model/index.js';
import { SEVERITIES } from '../model/index.js';
import { formatCount, plural } from '../text/format.js';

/** What each kind of change is called. */
export const CHANGE_WORDS: { readonly [K in CheckChangeKind]: string } = {
  new: 'New failures',
  regressed: 'Regressed',
  lapsed: 'Exception ended',
  persisting: 'Persisting failures',
  waived: 'Under an accepted exception',
  fixed: 'Fixed',
  'no-longer-applies': 'Policy no longer applies',
  gone: 'Subject or policy no longer there',
  'newly-undecided': 'Newly undecided',
  decided: 'Decided',
  otherwise: 'Otherwise changed',
};

/** What each kind of change means, in one sentence. */
export const CHANGE_MEANINGS: { readonly [K in CheckChangeKind]: string } = {
  new: 'Fails now; before, there was no such check, it could not be decided, or it did not apply.',
  regressed: 'Passed or was attested before, and fails now.',
  lapsed: 'An accepted exception covered the failure before, and covers it no longer.',
  persisting: 'Failed before, and fails now.',
  waived: 'Fails now, and an accepted exception that has not expired covers it; it counts as no pass.',
  fixed: 'Failed before, and passes now or is attested.',
  'no-longer-applies': 'Failed before; the policy states now why it does not concern the subject.',
  gone: 'Failed before; the new pack has no such subject or policy. That is not proof that the cause is mended.',
  'newly-undecided': 'Was decided before; evidence is missing now, or the policy could not be evaluated.',
  decided: 'Could not be decided before, and can now; it does not fail.',
  otherwise: 'Changed between passed, attested and not applicable.',
};

/** What each cause is called in a sentence. */
export const CAUSE_WORDS: { readonly [C in ChangeCause | 'several' | 'unknown']: string } = {
  evidence: 'evidence',
  time: 'as-of date or period',
  policy: 'policy',
  threshold: 'threshold',
  framework: 'framework',
  waiver: 'waiver',
  scope: 'scope',
  reading: 'how keyproof.yaml reads exports',
  tool: 'version of keyproof',
  several: 'several may explain it',
  unknown: 'the packs do not tell',
};

/** Returns causes in words: one, several with their names, or that the packs do not tell. */
export function causesText(causes: readonly ChangeCause[]): string {
  if (causes.length === 0) return CAUSE_WORDS.unknown;
  const names = causes.map((cause) => CAUSE_WORDS[cause]).join(', ');
  return causes.length === 1 ? names : `several: ${names}`;
}

/** Returns `evidence 12, several may explain it 3`. */
export function causeCounts(causes: ChangeCounts['causes']): string {
  return Object.entries(causes)
    .sort(([, a], [, b]) => b - a)
    .map(([cause, number]) => `${CAUSE_WORDS[cause as keyof typeof CAUSE_WORDS]} ${formatCount(number)}`)
    .join(', ');
}

/** Returns what a reader calls a framework of the packs compared. */
export function frameworkWords(id: string, frameworks: PackDiff['frameworks']): string {
  return frameworks.find((framework) => framework.id === id)?.title ?? id;
}

/** Returns how many controls of the same verdict are about other subjects where facts taken as given differ; null if none is. */
export function otherScopeText({
  otherScope,
  differences: { facts, scope },
}: Pick<PackDiff, 'otherScope' | 'differences'>): string | null {
  if (otherScope === 0 || (facts.length === 0 && !scope)) return null;
  const keep = otherScope === 1 ? 'keeps its verdict and is' : 'keep their verdict and are';
  return `${plural(otherScope, 'control')} ${keep} about other numbers of subjects in scope than before; facts taken as given differ.`;
}

/** Returns what two audits were asked otherwise, in words: `2 thresholds`, `1 accepted exception`. @param config words for keyproof.yaml. */
export function settingsWords(
  { rules, facts, scope, reading, exceptions, frameworks, tool }: PackDifferences,
  config: readonly string[] = [],
): string[] {
  const excepted = exceptions.added.length + exceptions.removed.length + exceptions.changed.length;
  const sources = rules.filter(({ source, what }) => what !== 'changed' || source !== false).length;
  const thresholds = rules.reduce((sum, { params }) => sum + params.length, 0);
  return [
    ...(sources > 0 ? [plural(sources, 'policy', 'policies')] : []),
    ...(thresholds > 0 ? [plural(thresholds, 'threshold')] : []),
    ...(facts.length > 0 ? [`facts taken as given (${facts.map(({ name }) => name).join(', ')})`] : []),
    ...config,
    ...(scope ? ['the rules of `scope`'] : []),
    ...(reading ? [`how ${config.length > 0 ? 'it' : 'keyproof.yaml'} reads exports`] : []),
    ...(excepted > 0 ? [plural(excepted, 'accepted exception')] : []),
    ...(frameworks.changed.length > 0 ? [plural(frameworks.changed.length, 'framework file')] : []),
    ...(tool ? [CAUSE_WORDS.tool] : []),
  ];
}

/** Controls of a framework that a line names. */
const MOST_CONTROLS = 5;

/** Returns what differs in the file of a framework: `version 4.0 to 4.0.1; changed 8.3.2, 8.6.3; added 8.6.4`. */
export function frameworkDifferenceText(
  { versions, added, removed, changed }: FrameworkDifference,
  most = MOST_CONTROLS,
): string {
  const listed = (what: string, ids: readonly string[]) => {
    if (ids.length === 0) return [];
    const more = ids.length > most ? ` and ${formatCount(ids.length - most)} more` : '';
    return [`${what} ${ids.slice(0, most).join(', ')}${more}`];
  };
  return [
    ...(versions.old === versions.new ? [] : [`version ${versions.old} to ${versions.new}`]),
    ...listed('changed', changed),
    ...listed('added', added),
    ...listed('removed', removed),
  ].join('; ');
}

/** Returns `3 critical, 9 high`; empty if there are none. */
export function severityCounts(severities: ChangeCounts['severities']): string {
  return SEVERITIES.filter((severity) => severities[severity] > 0)
    .map((severity) => `${formatCount(severities[severity])} ${severity}`)
    .join(', ');
}

/** Returns `fail (high)`, the outcome alone if it has no severity, and `not there` for no result. */
export function resultText(result: CheckResult | null): string {
  if (result === null) return 'not there';
  return result.severity === null ? result.outcome : `${result.outcome} (${result.severity})`;
}
