import type { Action, Assessment } from '../../model/index.js';
import { type Column, ENTRIES } from '../table/column.js';
import {
  controlsText,
  findingsText,
  ownersText,
  ruleTitles,
  testedText,
  worstEnvironment,
} from '../text/action-text.js';
import { observedIn } from '../text/observed-failures.js';
import { EFFORT_WORDS, SEVERITY_WORDS } from '../text/words.js';

/** Number of owners, and of findings, that a row names. */
const MOST_OWNERS = 12;
const MOST_FINDINGS = 20;

/** Returns the columns of the plan of work. The ID of an action is its rule: findings.csv has it as `rule_id`. */
export function actionColumns({
  plan,
  policies,
  frameworks,
}: Pick<Assessment, 'plan' | 'policies' | 'frameworks'>): readonly Column<Action>[] {
  const titles = ruleTitles(policies);
  const observed = observedIn({ frameworks });
  return [
    { name: 'Priority', width: 8, kind: 'count', value: ({ priority }) => priority },
    { name: 'Severity', width: 10, kind: 'severity', value: ({ severity }) => SEVERITY_WORDS[severity] },
    { name: 'Action', width: 44, value: ({ title }) => title },
    { name: 'What to do', width: 56, value: ({ remedy }) => remedy },
    { name: 'Affected', width: 24, value: testedText },
    { name: 'Failed', width: 8, kind: 'count', value: ({ failed }) => failed },
    { name: 'Tested', width: 8, kind: 'count', value: ({ tested }) => tested },
    { name: 'Without evidence', width: 10, kind: 'count', value: ({ undecided }) => undecided },
    { name: 'Worst environment', width: 18, value: worstEnvironment },
    { name: 'Owners in the exports', width: 32, value: (action) => ownersText(action, MOST_OWNERS) },
    { name: 'Suggested due date', width: 12, kind: 'day', value: ({ due }) => due.date },
    { name: 'Kind of work', width: 20, value: ({ effort }) => (effort === null ? '' : EFFORT_WORDS[effort]) },
    {
      name: 'Controls it counts for',
      width: 36,
      value: ({ ruleId, controls }) =>
        controlsText(controls, undefined, (one) => observed(ruleId, one, null)),
    },
    { name: 'Evidence that closes it', width: 44, value: ({ closedBy }) => closedBy },
    ...ENTRIES,
    { name: 'What is tested', width: 44, value: ({ ruleId }) => titles.get(ruleId) ?? '' },
    { name: 'Findings', width: 40, value: (action) => findingsText(action, MOST_FINDINGS, plan) },
    { name: 'ID', width: 28, value: ({ ruleId }) => ruleId },
    { name: 'Overdue', width: 10, kind: 'count', value: ({ overdue }) => overdue ?? null },
  ];
}
