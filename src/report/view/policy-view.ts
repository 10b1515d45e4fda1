import {
  followedText,
  OUTCOMES,
  type OutcomeCounts,
  type ParamOrigin,
  type PolicyResult,
  SEVERITIES,
  SUBJECT_WORDS,
} from '../../model/index.js';
import { formatCount, joinWords } from '../../text/format.js';
import { paramText } from '../text/param-text.js';
import { OUTCOME_WORDS, SEVERITY_WORDS } from '../text/words.js';
import { type Bar, stackedBar } from './bar.js';
import type { ViewContext } from './context.js';

/**
 * A threshold as printed: `setBy` is null if the rule's default applies, `changedFrom` is null if the value is the
 * default.
 */
export type ParamView = { name: string; value: string; changedFrom: string | null; setBy: string | null };

/** A policy as a report prints it. */
export type PolicyView = {
  anchor: string;
  id: string;
  title: string;
  description: string;
  domain: string;
  severity: string;
  severityWord: string;
  subjects: string;
  file: string;
  population: number;
  attestation: boolean;
  outcomes: OutcomeCounts;
  bar: Bar;
  /** `3 critical, 12 high`; empty if nothing failed. */
  severities: string;
  params: ParamView[];
  requires: string[];
  /** Its elements with their outcomes in words, if it has several. */
  elements: { title: string; result: string }[];
  remediation: string;
  controls: { framework: string; control: string; grade: string; anchor: string }[];
  reasons: { reason: string; subjects: number }[];
  errors: { message: string; subjects: number }[];
  links: { ref: string; description: string }[];
};

/** Returns the parts of a bar of outcomes, worst first. */
export function outcomeBar(outcomes: OutcomeCounts): Bar {
  return stackedBar(OUTCOMES.map((key) => ({ key, label: OUTCOME_WORDS[key], count: outcomes[key] })));
}

/** Returns `3 critical, 12 high`, without the severities that have no failure. */
export function severitiesText(counts: PolicyResult['severities']): string {
  return SEVERITIES.filter((severity) => counts[severity] > 0)
    .map((severity) => `${formatCount(counts[severity])} ${SEVERITY_WORDS[severity].toLowerCase()}`)
    .join(', ');
}

/** Returns a policy with its results, its findings and the controls it is evidence for. */
export function policyView(policy: PolicyResult, context: ViewContext): PolicyView {
  const { id, title, description, domain, severity, file, population, outcomes, remediation, requires } =
    policy;
  return {
    anchor: context.policyAnchors.get(id) ?? '',
    id,
    title,
    description,
    domain,
    severity,
    severityWord: SEVERITY_WORDS[severity],
    subjects: SUBJECT_WORDS[policy.subject][1],
    file,
    population,
    attestation: policy.evidence === 'attestation',
    outcomes,
    bar: outcomeBar(outcomes),
    severities: severitiesText(policy.severities),
    params: paramViews(policy),
    requires,
    elements: elementViews(policy),
    remediation,
    controls: controlsOf(id, context),
    reasons: policy.reasons,
    errors: policy.errors,
    links: policy.relatedResources.map(({ ref, description }) => ({ ref, description: description ?? ref })),
  };
}

function elementViews({ elements }: PolicyResult): PolicyView['elements'] {
  if (elements.length < 2) return [];
  return elements.map(({ title, outcomes }) => {
    const parts = OUTCOMES.filter((outcome) => outcomes[outcome] > 0);
    const words = parts.map((outcome) => `${formatCount(outcomes[outcome])} ${OUTCOME_WORDS[outcome]}`);
    return { title, result: words.join(', ') || 'no result' };
  });
}

function paramViews({ params, set }: PolicyResult): ParamView[] {
  return Object.entries(params).map(([name, value]) => {
    const now = paramText(value);
    const setting = set[name];
    if (setting === undefined) return { name, value: now, changedFrom: null, setBy: null };
    const from = paramText(setting.from);
    return { name, value: now, changedFrom: from === now ? null : from, setBy: setByText(setting.origin) };
  });
}

function setByText(origin: ParamOrigin): string {
  if (origin.kind === 'document')
    return `Stated for ${joinWords(origin.states)} by ${joinWords(origin.documents)}`;
  if (origin.kind === 'follows') return `Set to ${followedText(origin)}`;
  if (origin.kind === 'threshold') return `Set in keyproof.yaml by ${origin.by}: ${origin.reason}`;
  return `Set by preset ${origin.preset} (${origin.conflict}): ${origin.reason}`;
}

function controlsOf(ruleId: string, { assessment, controlAnchor }: ViewContext): PolicyView['controls'] {
  return assessment.frameworks.flatMap((framework) =>
    framework.controls.flatMap((control) =>
      control.mappings
        .filter((mapping) => mapping.ruleId === ruleId)
        .map(({ grade }) => ({
          framework: framework.title,
          control: control.id,
          grade,
          anchor: controlAnchor(framework.id, control.id) ?? '',
        })),
    ),
  );
}
