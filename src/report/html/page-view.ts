import type { Assessment, CorePack } from '../../model/index.js';
import { formatDays, formatMoment, plural } from '../../text/format.js';
import { dueText } from '../text/due-text.js';
import { fileWith } from '../text/file-with.js';
import { type MadeAgain, madeAgain, mergedPacks } from '../text/merged-text.js';
import { organisationText } from '../text/organisation-text.js';
import { extentText, IN_THE_PART_TESTED, partialInputLines } from '../text/partial-inputs.js';
import { printable } from '../text/printable.js';
import { type RedactedSaid, redactedSaid } from '../text/redacted-text.js';
import { GLOSSARY, INCOMPLETE_WORDS } from '../text/words.js';
import { type ActionView, actionViews } from '../view/action-view.js';
import type { Bar } from '../view/bar.js';
import { HTML_CAPS } from '../view/caps.js';
import { makeContext } from '../view/context.js';
import { type FrameworkView, frameworkView } from '../view/framework-view.js';
import { type GlanceView, glanceView } from '../view/glance.js';
import { type InputsView, inputsView } from '../view/inputs-view.js';
import { limitSentences } from '../view/limits.js';
import { type MissingView, missingViews } from '../view/missing-view.js';
import { outcomeBar } from '../view/policy-view.js';
import { type RegisterView, registerView } from '../view/register-view.js';
import { type ScopeView, scopeView } from '../view/scope-view.js';
import { checkCount, subjectsText } from '../view/summary.js';
import { type HeatMap, heatMap } from './charts/heat-map.js';
import { type KeyCharts, keyCharts } from './charts/key-charts.js';
import { type ChecklistRow, checklistRows } from './checklist-rows.js';
import { ageLimits, type PageData, pageData } from './data/page-data.js';
import { type PolicyGroup, policyGroups } from './page-policies.js';

/** Why a run is incomplete, as printed. */
type Problem = { kind: string; message: string };

/** Everything that index.html prints; it contains no markup. */
export type PageView = {
  organisation: string;
  asOf: string;
  again: MadeAgain;
  packs: ReturnType<typeof mergedPacks>;
  period: string;
  subjects: string;
  tool: Assessment['tool'];
  failOn: string;
  incomplete: Problem[];
  /** What else makes the run incomplete; the page shows it when asked. */
  moreIncomplete: Problem[];
  redacted: RedactedSaid | null;
  glance: GlanceView;
  checks: number;
  checksBar: Bar;
  extent: string;
  partialLead: string;
  partial: string[];
  actions: ActionView[];
  moreActions: number;
  due: string;
  heat: HeatMap;
  charts: KeyCharts;
  keys: number;
  missing: MissingView[];
  /** True if something missing decides no check whole. */
  missingInPart: boolean;
  checklist: (ChecklistRow & { rest: boolean })[];
  moreChecklist: number;
  checklistLead: string;
  register: RegisterView;
  classification: string;
  scope: ScopeView;
  frameworks: FrameworkView[];
  groups: PolicyGroup[];
  inputs: InputsView;
  limits: string[];
  glossary: typeof GLOSSARY;
  allFindings: string;
  /** Files of the pack that have what a print of the page leaves out. */
  files: { actions: string; checklist: string };
  data: PageData;
};

/** Actions that the page shows before the reader asks for more. */
const SHOWN_ACTIONS = 20;
/** Controls of the checklist that the page shows before the reader asks for more. */
const SHOWN_CONTROLS = 15;

/** Most reasons for incompleteness that the page shows at once; of more it shows the first, so that the result stays on the first screen. */
const MOST_PROBLEMS = 3;

/** Rows of the register of exceptions. */
const MOST_EXCEPTIONS = 500;

/** Reads a pack and returns what index.html prints, with every string printable. */
export async function pageView(pack: CorePack): Promise<PageView> {
  // Checks are read from the pack, and are nearly all of an assessment.
  const assessment = printable({ ...pack.assessment, observations: [] });
  const context = makeContext(assessment, HTML_CAPS);
  const { plan, tool, actions } = assessment;
  const checklist = checklistRows(context);
  return {
    organisation: organisationText(plan),
    asOf: formatMoment(plan.asOf),
    again: madeAgain(assessment),
    packs: mergedPacks(assessment),
    period: periodText(plan),
    subjects: subjectsText(assessment) || 'none',
    tool,
    failOn: plan.failOn,
    ...problemViews(assessment),
    redacted: redactedSaid(assessment),
    glance: glanceView(context),
    checks: checkCount(assessment),
    checksBar: outcomeBar(assessment.outcomes),
    extent: extentText(assessment),
    partialLead: IN_THE_PART_TESTED,
    partial: partialInputLines(assessment),
    actions: actionViews(context, SHOWN_ACTIONS),
    moreActions: Math.max(0, actions.length - SHOWN_ACTIONS),
    due: dueText(plan),
    heat: heatMap(assessment),
    charts: await keyCharts(pack, ageLimits(context)),
    keys: assessment.subjects.key,
    missing: missingViews(context),
    missingInPart: assessment.missingEvidence.some(({ together }) => together === 0),
    checklist: checklist.map((row, place) => ({ ...row, rest: place >= SHOWN_CONTROLS })),
    moreChecklist: Math.max(0, checklist.length - SHOWN_CONTROLS),
    checklistLead: checklistLead(assessment, checklist.length),
    register: registerView(assessment, MOST_EXCEPTIONS),
    classification: plan.classification,
    scope: scopeView(context),
    frameworks: assessment.frameworks.map((framework) => frameworkView(framework, context)),
    groups: policyGroups(context),
    inputs: inputsView(context),
    limits: limitSentences(assessment),
    glossary: GLOSSARY,
    allFindings: context.allFindings,
    files: {
      actions: fileWith('action-list', plan),
      checklist: fileWith('control-list', plan),
    },
    data: await pageData(pack, context),
  };
}

function problemViews(assessment: Assessment): Pick<PageView, 'incomplete' | 'moreIncomplete'> {
  const problems = assessment.incomplete.map(({ kind, message }) => ({
    kind: INCOMPLETE_WORDS[kind],
    message,
  }));
  const shown = problems.length > MOST_PROBLEMS ? 1 : MOST_PROBLEMS;
  return { incomplete: problems.slice(0, shown), moreIncomplete: problems.slice(shown) };
}

function periodText({ period }: Assessment['plan']): string {
  return period === null ? 'none: a point in time' : formatDays(period.from, period.to);
}

function checklistLead({ gaps, plan }: Assessment, shown: number): string {
  const parts = [
    shown === 0
      ? 'No tested control has a gap.'
      : `${plural(shown, 'control')} that the evidence does not support, worst first, each with the actions that it waits for.`,
  ];
  if (gaps.length > shown)
    parts.push(
      `${plural(gaps.length - shown, 'more was', 'more were')} not tested at all; they are under “What was not tested”.`,
    );
  if (plan.formats.includes('checklist'))
    parts.push('gap-checklist.csv has every control whole, for a spreadsheet.');
  return parts.join(' ');
}
