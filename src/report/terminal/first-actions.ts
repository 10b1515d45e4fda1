import type { Action, Assessment } from '../../model/index.js';
import { formatCount, formatDay } from '../../text/format.js';
import { wrap } from '../../text/wrap.js';
import { ownersText, testedText } from '../text/headlines.js';
import { SEVERITY_WORDS } from '../text/words.js';
import type { Paint } from './paint.js';

const MOST_ACTIONS = 5;
const MARGIN = 12;

/** Returns the first actions of the plan of work, each with its count, owner and suggested date. */
export function actionLines({ actions }: Assessment, paint: Paint, width: number): string[] {
  if (actions.length === 0) return [];
  const rest = actions.length - MOST_ACTIONS;
  return [
    paint.bold('What to do first'),
    ...actions.slice(0, MOST_ACTIONS).flatMap((action) => actionLine(action, paint, width)),
    ...(rest > 0 ? [`  and ${formatCount(rest)} more actions in the pack`] : []),
  ];
}

function actionLine(action: Action, paint: Paint, width: number): string[] {
  const { severity, title, ruleId, due } = action;
  const owner = ownersText(action);
  const facts = [
    testedText(action),
    ...(owner === null ? [] : [owner]),
    `suggested by ${formatDay(due.date)}`,
  ];
  const [first = '', ...more] = wrap(`${title} (${ruleId})`, width - MARGIN);
  return [
    `  ${paint.severity[severity](SEVERITY_WORDS[severity].padEnd(8))}  ${first}`,
    ...[...more, ...wrap(facts.join('; '), width - MARGIN)].map((line) => `${' '.repeat(MARGIN)}${line}`),
  ];
}
