import type { Assessment, NamedControl, PoamItem } from '../../model/index.js';
import { clip, formatCount } from '../../text/format.js';
import { groupBy } from '../../text/group-by.js';
import { type ControlState, controlState } from '../text/control-states.js';
import { testedText } from '../text/share-text.js';
import { SEVERITY_WORDS } from '../text/words.js';
import type { ViewContext } from '../view/context.js';

/** A control of the checklist: the assessor's view of what the plan of work lists by action. */
export type ChecklistRow = {
  anchor: string | null;
  framework: string;
  frameworkId: string;
  control: string;
  title: string;
  verdict: ControlState;
  verdictText: string;
  severityWord: string | null;
  /** Rules that failed for it, each a link to its action: the first of the plan of work. */
  first: ActionLink[];
  /** The others. */
  more: ActionLink[];
  /** Why it is on the list if no rule failed for it. */
  gap: string;
  /** What a person must still ask or supply if no rule failed for it. */
  todo: string;
  /** What is missing, in words. */
  missing: string;
};

/** A rule that failed for a control, with the link to its action. */
type ActionLink = { title: string; anchor: string; share: string };

/** Actions in a row before the reader asks for more. */
const FIRST = 3;
/** Most missing things in a row; the chapter on what is missing has all. */
const MOST_MISSING = 4;
const LONGEST_LABEL = 64;

/** Returns the controls that the evidence does not support, except those that nothing tested, which have their own chapter. */
export function checklistRows(context: ViewContext): ChecklistRow[] {
  const { assessment } = context;
  const titles = new Map(assessment.frameworks.map(({ id, title }) => [id, title]));
  const missing = missingByControl(assessment);
  return assessment.gaps
    .filter(({ verdict }) => verdict !== 'not-tested')
    .map((gap) => {
      const actions = actionsOf(gap, context);
      return {
        anchor: context.controlAnchor(gap.framework, gap.control),
        framework: titles.get(gap.framework) ?? gap.framework,
        frameworkId: gap.framework,
        control: gap.control,
        title: gap.title,
        verdict: stateOf(gap, assessment),
        verdictText: gap.verdictText,
        severityWord: gap.severity === null ? null : SEVERITY_WORDS[gap.severity],
        first: actions.slice(0, FIRST),
        more: actions.slice(FIRST),
        gap: actions.length > 0 ? '' : gap.gap,
        todo: actions.length > 0 ? '' : gap.action,
        missing: missingText(gap, missing, context),
      };
    });
}

function actionsOf(gap: PoamItem, context: ViewContext): ActionLink[] {
  const { assessment, policies, actionAnchors } = context;
  const actions = new Map(assessment.actions.map((action) => [action.ruleId, action]));
  const priorityOf = (ruleId: string): number => actions.get(ruleId)?.priority ?? 0;
  return mappingsOf(gap, assessment)
    .filter(({ outcomes }) => outcomes.fail > 0)
    .sort((a, b) => priorityOf(a.ruleId) - priorityOf(b.ruleId))
    .map(({ ruleId, outcomes, defaultFailures }) => ({
      title: actions.get(ruleId)?.title ?? policies.get(ruleId)?.title ?? ruleId,
      anchor: actionAnchors.get(ruleId) ?? '',
      share: testedText(outcomes, defaultFailures),
    }));
}

function stateOf(gap: PoamItem, { frameworks }: Assessment): ControlState {
  const framework = frameworks.find(({ id }) => id === gap.framework);
  return framework === undefined ? gap.verdict : controlState(gap, framework);
}

function mappingsOf({ framework, control }: PoamItem, { frameworks }: Assessment) {
  const controls = frameworks.find(({ id }) => id === framework)?.controls ?? [];
  return controls.find(({ id }) => id === control)?.mappings ?? [];
}

/** Returns what is missing for each control, what decides most first. */
function missingByControl({ missingEvidence }: Assessment): Map<string, string[]> {
  const pairs = missingEvidence.flatMap(({ label, controls }) =>
    controls.map((control) => ({ label, key: controlKey(control) })),
  );
  const groups = groupBy(pairs, ({ key }) => key);
  return new Map([...groups].map(([key, found]) => [key, found.map(({ label }) => label)]));
}

function controlKey({ framework, control }: NamedControl): string {
  return JSON.stringify([framework, control]);
}

function missingText(
  gap: PoamItem,
  byControl: ReadonlyMap<string, string[]>,
  { missingLabel }: ViewContext,
): string {
  const labels = byControl.get(controlKey(gap)) ?? [...new Set(gap.missing.map(missingLabel))];
  const shown = labels.slice(0, MOST_MISSING).map((label) => clip(label, LONGEST_LABEL));
  return labels.length > MOST_MISSING
    ? `${shown.join('; ')}; and ${formatCount(labels.length - MOST_MISSING)} more`
    : shown.join('; ');
}
