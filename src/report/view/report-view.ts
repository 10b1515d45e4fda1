import type { Assessment } from '../../model/index.js';
import { SEVERITIES, VERDICTS } from '../../model/index.js';
import { asOfArgument, clip, formatCount, formatDay, formatMoment, plural } from '../../text/format.js';
import { organisationText } from '../text/organisation-text.js';
import { printable } from '../text/printable.js';
import { shareText } from '../text/share-text.js';
import {
  GLOSSARY,
  INCOMPLETE_WORDS,
  OUTCOME_WORDS,
  SEVERITY_WORDS,
  VERDICT_MEANINGS,
} from '../text/words.js';
import type { Bar } from './bar.js';
import type { Caps } from './caps.js';
import { makeContext, type ViewContext } from './context.js';
import { type FrameworkView, frameworkView } from './framework-view.js';
import { type InputsView, inputsView } from './inputs-view.js';
import { limitSentences } from './limits.js';
import { outcomeBar, type PolicyView, policyView, severitiesText } from './policy-view.js';
import { type Risk, topRisks } from './risks.js';
import { type ScopeView, scopeView } from './scope-view.js';
import { makeRegister, type Register } from './search-index.js';
import { checkCount, headline, subjectsText, summarySentences } from './summary.js';

/** A line of the top risks. */
export type RiskView = {
  severity: string;
  severityWord: string;
  anchor: string;
  id: string;
  title: string;
  found: string;
  severities: string;
  action: string;
};

/** A line of the gap checklist. */
export type GapView = {
  anchor: string | null;
  framework: string;
  frameworkId: string;
  control: string;
  title: string;
  verdict: string;
  verdictText: string;
  severity: string | null;
  severityWord: string;
  gap: string;
  action: string;
  missing: string;
  failed: number;
};

/** Everything a template prints; it contains no markup. */
export type ReportView = {
  organisation: string;
  asOf: string;
  period: string;
  frameworkNames: string[];
  subjects: string;
  tool: Assessment['tool'];
  scope: ScopeView;
  incomplete: { kind: string; message: string }[];
  headline: string;
  sentences: string[];
  checks: number;
  checksBar: Bar;
  figures: { key: string; label: string; count: number }[];
  frameworks: FrameworkView[];
  risks: RiskView[];
  gaps: GapView[];
  policies: PolicyView[];
  inputs: InputsView;
  limits: string[];
  glossary: typeof GLOSSARY;
  verdictMeanings: { key: string; meaning: string }[];
  outcomeLabels: { key: string; label: string }[];
  asOfArgument: string;
  allFindings: string;
  gapsLead: string;
  register: Register;
};

const MOST_RISKS = 10;

/** Returns the assessment as a report prints it, with every string printable and every list within its cap. */
export function reportView(original: Assessment, caps: Caps): ReportView {
  const assessment = printable(original);
  const context = makeContext(assessment, caps);
  const { plan, tool } = assessment;
  return {
    organisation: organisationText(plan),
    asOf: formatMoment(plan.asOf),
    asOfArgument: asOfArgument(plan.asOf),
    period:
      plan.period === null
        ? 'none: a point in time'
        : `${formatDay(plan.period.from)} to ${formatDay(plan.period.to)}`,
    allFindings: context.allFindings,
    tool,
    subjects: subjectsText(assessment) || 'none',
    scope: scopeView(context),
    incomplete: assessment.incomplete.map(({ kind, message }) => ({ kind: INCOMPLETE_WORDS[kind], message })),
    headline: headline(assessment),
    sentences: summarySentences(assessment),
    checks: checkCount(assessment),
    checksBar: outcomeBar(assessment.outcomes),
    figures: figures(assessment),
    ...frameworkParts(context),
    risks: topRisks(assessment, MOST_RISKS).map((risk) => riskView(risk, context)),
    policies: assessment.policies.map((policy) => policyView(policy, context)),
    inputs: inputsView(context),
    limits: limitSentences(assessment),
    register: makeRegister(context),
    ...WORDS,
  };
}

/** Outcomes whose observations the assessment lists. */
const LISTED = ['fail', 'no-evidence', 'error'] as const;

const WORDS = {
  glossary: GLOSSARY,
  verdictMeanings: VERDICTS.map((key) => ({ key, meaning: VERDICT_MEANINGS[key] })),
  outcomeLabels: LISTED.map((key) => ({ key, label: OUTCOME_WORDS[key] })),
};

function frameworkParts(
  context: ViewContext,
): Pick<ReportView, 'frameworkNames' | 'frameworks' | 'gaps' | 'gapsLead'> {
  const frameworks = context.assessment.frameworks.map((framework) => frameworkView(framework, context));
  const gaps = gapViews(context);
  const lead = gapsLead(context.assessment, gaps);
  return { frameworkNames: frameworks.map(({ name }) => name), frameworks, gaps, gapsLead: lead };
}

function figures({ severities, outcomes }: Assessment): ReportView['figures'] {
  const failed = SEVERITIES.map((key) => ({ key, label: SEVERITY_WORDS[key], count: severities[key] }));
  return [
    ...failed,
    { key: 'no-evidence', label: 'No evidence', count: outcomes['no-evidence'] + outcomes.error },
  ];
}

function riskView({ policy, severity }: Risk, { policyAnchors }: ViewContext): RiskView {
  return {
    severity,
    severityWord: SEVERITY_WORDS[severity],
    anchor: policyAnchors.get(policy.id) ?? '',
    id: policy.id,
    title: policy.title,
    found: shareText(policy.outcomes),
    severities: severitiesText(policy.severities),
    action: policy.remediation,
  };
}

/** Returns the lines of the checklist, except controls that nothing tested, which have their own chapter. */
function gapViews({ assessment, caps, controlAnchor }: ViewContext): GapView[] {
  const titles = new Map(assessment.frameworks.map(({ id, title }) => [id, title]));
  const tested = assessment.gaps.filter(({ verdict }) => verdict !== 'not-tested');
  return tested.map((gap) => ({
    anchor: controlAnchor(gap.framework, gap.control),
    framework: titles.get(gap.framework) ?? gap.framework,
    frameworkId: gap.framework,
    control: gap.control,
    title: gap.title,
    verdict: gap.verdict,
    verdictText: gap.verdictText,
    severity: gap.severity,
    severityWord: gap.severity === null ? '' : SEVERITY_WORDS[gap.severity],
    gap: clip(gap.gap, caps.gapText),
    action: clip(gap.action, caps.gapText),
    missing: clip(gap.missing.join(', '), caps.gapText),
    failed: gap.failed,
  }));
}

/**
 * Returns the gap checklist's introduction: the number of lines, what is left out and the file that has every line in
 * full.
 */
function gapsLead({ plan, gaps }: Assessment, shown: readonly GapView[]): string {
  const parts = [
    shown.length === 0
      ? 'No tested control has a gap.'
      : `${plural(shown.length, 'control')} that the evidence does not support, worst first. Owner and due date are for you to fill in.`,
  ];
  if (gaps.length > shown.length)
    parts.push(
      `${formatCount(gaps.length - shown.length)} more were not tested at all; they are under “What was not tested”.`,
    );
  if (plan.formats.includes('checklist'))
    parts.push('gap-checklist.csv has every line whole, for a spreadsheet.');
  return parts.join(' ');
}
