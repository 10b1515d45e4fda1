import {
  type ElementOutcome,
  missingLabel,
  missingLabels,
  type Outcome,
  type PackFinding,
  type SourceRef,
} from '../../../index.js';

/** Returns a finding as text, as the pack states it. */
export function findingText({ finding, policy, access, scope, assessment }: PackFinding): string {
  const labels = missingLabels(assessment);
  const reasons = finding.violations.flatMap((violation) => [
    `  ${violation.message}${elementWords(violation.element, policy)}`,
    ...Object.entries(violation.facts).map(([name, value]) => `    ${name} = ${JSON.stringify(value)}`),
    ...violation.records.map((record) => `    read from ${place(record)}`),
  ]);
  const parts = [
    `${finding.id}: ${finding.ruleId} on ${finding.subject.kind} ${finding.subject.id}: ${finding.outcome}${finding.severity ? ` (${finding.severity})` : ''}`,
    policy.title,
    ...reasons,
    section(
      'Elements',
      finding.elements.map((element) => elementLine(element, policy)),
    ),
    section(
      'Counts for',
      finding.controls.map(({ framework, control, grade }) => `${framework} ${control} (${grade})`),
    ),
    section('Scope', scope),
    access === null ? null : section(`Effective access (${access.total})`, accessLines(access)),
    section(
      'Unknown and needed',
      finding.missing.map((path) => unknownText(path, labels)),
    ),
    section('Why it does not apply', finding.reasons),
    finding.error === null ? null : `  ${finding.error}`,
    section('What to do', isGood(finding.outcome) ? [] : [policy.remediation]),
  ];
  return parts.filter((part) => part !== null).join('\n');
}

/** Returns what is unknown in words, with where the dossier that the rule reads would have it. */
function unknownText(path: string, labels: ReadonlyMap<string, string>): string {
  return `${missingLabel(path, labels)}: ${path.split(' ')[0]} of the dossier`;
}

/** Lines of effective access that are printed. */
const MOST_LINES = 20;

function accessLines({ lines, total }: NonNullable<PackFinding['access']>): string[] {
  if (total === 0) return ['no right on record reaches the key; that proves no lack of access'];
  const shown = lines.slice(0, MOST_LINES);
  const more = total - shown.length;
  return more > 0 ? [...shown, `${more} more; see effective-access.csv`] : shown;
}

/** Returns ` [deletion of entries]` for a policy with several elements. */
function elementWords(element: string, policy: PackFinding['policy']): string {
  return policy.elements.length > 1 ? ` [${elementTitle(element, policy)}]` : '';
}

function elementLine({ element, outcome }: ElementOutcome, policy: PackFinding['policy']): string {
  return `${elementTitle(element, policy)}: ${outcome}`;
}

function elementTitle(id: string, { elements }: PackFinding['policy']): string {
  return elements.find((element) => element.id === id)?.title ?? id;
}

function isGood(outcome: Outcome): boolean {
  return outcome === 'pass' || outcome === 'attested' || outcome === 'not-applicable';
}

function place({ file, record, sha256 }: SourceRef): string {
  return `${file}, ${record}${sha256 ? ` (sha256 ${sha256.slice(0, 12)}...)` : ''}`;
}

/** Returns lines under a title; null if there are no lines. */
export function section(title: string, lines: readonly string[]): string | null {
  return lines.length === 0 ? null : `${title}:\n${lines.map((line) => `  ${line}`).join('\n')}`;
}
