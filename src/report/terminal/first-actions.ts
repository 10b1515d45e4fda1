import type { Action } from '../../model/index.js';
import { formatCount, formatDay } from '../../text/format.js';
import { wrap } from '../../text/wrap.js';
import { firstOwnerText, overdueText, statedText, testedText } from '../text/action-text.js';
import type { Glance } from '../text/glance.js';
import { SEVERITY_WORDS } from '../text/words.js';
import type { Paint } from './paint.js';

const MARGIN = 12;

/** Returns the first actions of the plan of work, each with its count, owner and suggested date. */
export function actionLines(
  { actions, moreActions }: Glance,
  paint: Paint,
  width: number,
  asOf: string,
): string[] {
  if (actions.length === 0) return [];
  return [
    paint.bold('What to do first'),
    ...actions.flatMap((action) => actionLine(action, paint, width, asOf)),
    ...(moreActions > 0 ? [`  and ${formatCount(moreActions)} more actions in the pack`] : []),
  ];
}

function actionLine(action: Action, paint: Paint, width: number, asOf: string): string[] {
  const { severity, title, ruleId, due } = action;
  const owner = firstOwnerText(action);
  const late = overdueText(action);
  const stated = statedText(action, asOf);
  const facts = [
    testedText(action),
    ...(owner === null ? [] : [owner]),
    `suggested by ${formatDay(due.date)}${late === null ? '' : ` (${late})`}`,
    ...(stated === '' ? [] : [`in the checklist: ${stated}`]),
  ];
  const [first = '', ...more] = wrap(`${title} (${ruleId})`, width - MARGIN);
  return [
    `  ${paint.severity[severity](SEVERITY_WORDS[severity].padEnd(8))}  ${first}`,
    ...[...more, ...wrap(facts.join('; '), width - MARGIN)].map((line) => `${' '.repeat(MARGIN)}${line}`),
  ];
}
