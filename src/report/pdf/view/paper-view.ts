import type { Assessment, FrameworkResult } from '../../../model/index.js';
import { missingLabels } from '../../../text/missing-label.js';
import { fileWith } from '../../text/file-with.js';
import { printable } from '../../text/printable.js';
import { GLOSSARY } from '../../text/words.js';
import { makeAnchors } from '../../view/anchors.js';
import { limitSentences } from '../../view/limits.js';
import { type RegisterView, registerView } from '../../view/register-view.js';
import { subjectsText } from '../../view/summary.js';
import type { ContentsLine } from './contents.js';
import { type FirstPage, firstPage } from './first-page.js';
import { type PaperHead, paperHead } from './paper-head.js';
import { type PlanPages, planPages } from './plan-pages.js';
import { type ScopePages, scopePages } from './scope-pages.js';
import { hasDecided, type VerdictsView, verdictsView } from './verdicts-view.js';

/** report.pdf, ready to print. */
export type PaperView = PaperHead & {
  title: string;
  subjects: string;
  first: FirstPage;
  contents: ContentsLine[];
  plan: PlanPages;
  verdicts: VerdictsView;
  /** Files of the pack that have the questions, the whole of each control, and of each action. */
  files: { questions: string; controls: string; actions: string };
  register: RegisterView;
  scope: ScopePages;
  limits: string[];
  glossary: typeof GLOSSARY;
};

/** Rows of the register of exceptions. */
const MOST_EXCEPTIONS = 40;

const SCOPE = '“Scope and settings”';

/** Returns everything that report.pdf states. */
export function paperView(original: Assessment): PaperView {
  // It names no single check, and they are nearly all of an assessment.
  const assessment = printable({ ...original, observations: [] });
  const anchors = frameworkAnchors(assessment.frameworks);
  const context = {
    policies: new Map(assessment.policies.map((policy) => [policy.id, policy])),
    labels: missingLabels(assessment),
  };
  const verdicts = verdictsView(assessment.frameworks, ({ id }) => anchors.get(id) ?? '', context);
  const head = paperHead(assessment);
  return {
    ...head,
    title: `${head.organisation}: evidence on API keys and credentials, as of ${head.asOf}`,
    subjects: subjectsText(assessment),
    first: firstPage(assessment, (id) => anchors.get(id) ?? null),
    contents: contentsOf(verdicts),
    plan: planPages(assessment),
    verdicts,
    files: {
      questions: fileWith('questions', assessment.plan),
      controls: fileWith('controls', assessment.plan),
      actions: fileWith('actions', assessment.plan),
    },
    register: registerView(assessment, MOST_EXCEPTIONS),
    scope: scopePages(assessment),
    limits: limitSentences(assessment, { scope: SCOPE, set: SCOPE }),
    glossary: GLOSSARY,
  };
}

function frameworkAnchors(frameworks: readonly FrameworkResult[]): Map<string, string> {
  const anchor = makeAnchors();
  return new Map(frameworks.filter(hasDecided).map(({ id }) => [id, anchor('framework', id)]));
}

function contentsOf({ frameworks }: VerdictsView): ContentsLine[] {
  const chapter = (anchor: string, title: string): ContentsLine => ({ anchor, title, level: 1 });
  return [
    chapter('summary', 'Summary'),
    chapter('plan', 'Plan of work'),
    chapter('verdicts', 'Verdicts by framework'),
    ...frameworks.map(({ anchor, name }): ContentsLine => ({ anchor, title: name, level: 2 })),
    chapter('exceptions', 'Accepted exceptions'),
    chapter('scope', 'Scope and settings'),
    chapter('limits', 'Limits'),
    chapter('verify', 'How to verify'),
    chapter('signoff', 'Sign-off'),
  ];
}
