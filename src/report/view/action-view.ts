import { type Action, SUBJECT_WORDS } from '../../model/index.js';
import { formatCount, formatDay, plural } from '../../text/format.js';
import { firstOwnerText, overdueText, statedText, testedText } from '../text/action-text.js';
import { firstSeenText } from '../text/changes-text.js';
import { EFFORT_WORDS, SEVERITY_WORDS } from '../text/words.js';
import type { ViewContext } from './context.js';
import { severitiesText } from './policy-view.js';

/** An action of the plan of work as printed. */
export type ActionView = {
  anchor: string;
  ruleId: string;
  /** Title of the rule: the good case. */
  ruleTitle: string;
  policyAnchor: string;
  priority: number;
  title: string;
  remedy: string;
  severity: string;
  severityWord: string;
  /** `3 critical, 12 high`. */
  severities: string;
  /** `13 of 48 keys tested`. */
  share: string;
  /** `2,351 do not apply, 4 without evidence`; empty if every subject was tested. */
  others: string;
  effort: string;
  owner: string;
  owners: string[];
  environments: string;
  due: string;
  dueDays: string;
  controls: { framework: string; ids: { id: string; anchor: string }[] }[];
  closedBy: string;
  /** `new`, or `since 30 June 2026`; null without a previous pack. */
  seen: string | null;
  /** `4 overdue`; null if none is or no previous pack was given. */
  overdue: string | null;
  /** What people wrote in an earlier checklist; empty if nothing. */
  stated: string;
  /** True if the page shows it only when the reader asks for more. */
  rest: boolean;
};

/** Most owners that an action lists; the search has a list of all. */
const MOST_OWNERS = 12;

/** Returns the plan of work as printed; actions after the first `shown` are marked as the rest. */
export function actionViews(context: ViewContext, shown: number): ActionView[] {
  return context.assessment.actions.map((action, place) => ({
    ...actionView(action, context),
    rest: place >= shown,
  }));
}

function actionView(action: Action, context: ViewContext): Omit<ActionView, 'rest'> {
  const { ruleId, priority, title, remedy, severity, severities, effort, environments, due, closedBy } =
    action;
  return {
    anchor: context.actionAnchors.get(ruleId) ?? '',
    ruleId,
    ruleTitle: context.policies.get(ruleId)?.title ?? ruleId,
    policyAnchor: context.policyAnchors.get(ruleId) ?? '',
    priority,
    title,
    remedy,
    severity,
    severityWord: SEVERITY_WORDS[severity],
    severities: severitiesText(severities),
    share: testedText(action),
    others: othersText(action),
    effort: effort === null ? 'not stated' : EFFORT_WORDS[effort],
    owner: firstOwnerText(action) ?? 'not stated',
    owners: ownerLines(action),
    environments: environments
      .map(({ environment, failed }) => `${environment ?? 'not stated'} ${formatCount(failed)}`)
      .join(', '),
    due: formatDay(due.date),
    dueDays: plural(due.days, 'day'),
    controls: controlsByFramework(action, context),
    closedBy,
    seen: firstSeenText(action.firstSeen, context.assessment.plan.asOf),
    overdue: overdueText(action),
    stated: statedText(action, context.assessment.plan.asOf),
  };
}

function othersText({ undecided, notApplicable, kind }: Action): string {
  const parts: string[] = [];
  if (notApplicable > 0) parts.push(`${plural(notApplicable, ...SUBJECT_WORDS[kind])} not concerned`);
  if (undecided > 0) parts.push(`${formatCount(undecided)} without evidence`);
  return parts.join(', ');
}

function ownerLines({ owners }: Action): string[] {
  const lines = owners
    .slice(0, MOST_OWNERS)
    .map(({ owner, failed }) => `${owner ?? 'not stated'} (${formatCount(failed)})`);
  const left = owners.length - lines.length;
  return left > 0 ? [...lines, `and ${plural(left, 'more owner')}`] : lines;
}

function controlsByFramework(
  { controls }: Action,
  { assessment, controlAnchor }: ViewContext,
): ActionView['controls'] {
  return assessment.frameworks.flatMap(({ id, title }) => {
    const ids = controls
      .filter(({ framework }) => framework === id)
      .map(({ control }) => ({ id: control, anchor: controlAnchor(id, control) ?? '' }));
    return ids.length === 0 ? [] : [{ framework: title, ids }];
  });
}
