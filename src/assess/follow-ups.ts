import type {
  Action,
  CarriedFollowUp,
  FollowUp,
  FrameworkResult,
  MissingEvidence,
  PoamItem,
} from '../model/index.js';

/** The lists of an assessment that follow-ups are about. */
type Lists = {
  /** Plan of work. */
  actions: readonly Action[];
  /** Gap checklist. */
  gaps: readonly PoamItem[];
  /** What is missing: its rows are `missing/<path>`. */
  missingEvidence: readonly MissingEvidence[];
  /** Frameworks: the workbook has a row for each control, with or without a gap. */
  frameworks: readonly Pick<FrameworkResult, 'id' | 'controls'>[];
};

/** Returns the lists with what people wrote about their rows, and every follow-up with whether its row is still there. */
export function withFollowUps(
  { actions, gaps, missingEvidence, frameworks }: Lists,
  followUps: readonly FollowUp[] | undefined,
): { actions: Action[]; gaps: PoamItem[]; followUps?: CarriedFollowUp[] } {
  if (followUps === undefined) return { actions: [...actions], gaps: [...gaps] };
  const byId = new Map(followUps.map((one) => [one.id, one]));
  const listed = new Set([
    ...actions.flatMap(({ ruleId, findings }) => [ruleId, ...findings]),
    ...gaps.flatMap(({ id, framework }) => [id, `questions/${framework}`]),
    ...missingEvidence.map(({ path }) => `missing/${path}`),
    ...frameworks.flatMap(({ id, controls }) => controls.map((control) => `${id}/${control.id}`)),
  ]);
  return {
    actions: actions.map((action) => carried(action, byId.get(action.ruleId))),
    gaps: gaps.map((gap) => carried(gap, byId.get(gap.id))),
    followUps: followUps.map((one) => ({ ...one, listed: listed.has(one.id) })),
  };
}

function carried<T extends { followUp?: FollowUp }>(row: T, followUp: FollowUp | undefined): T {
  return followUp === undefined ? row : { ...row, followUp };
}

/** Returns the sentence on follow-ups whose row is on no list any more; none if there are none. */
export function followUpNotes(followUps: readonly CarriedFollowUp[] = []): string[] {
  const gone = followUps.filter(({ listed }) => !listed).map(({ id }) => id);
  if (gone.length === 0) return [];
  const more = gone.length > NAMED ? ` and ${gone.length - NAMED} more` : '';
  return [
    `rows of the checklist that are on no list any more: ${gone.slice(0, NAMED).join(', ')}${more}; what they state is kept in assessment.json.`,
  ];
}

const NAMED = 5;
