import type { Action } from '../../model/index.js';
import { firstOwnerText, testedText } from '../text/action-text.js';
import { SEVERITY_WORDS } from '../text/words.js';

/** An action in one row of what comes first: of the screen and of the first page. */
export type ActionRow = {
  severity: string;
  severityWord: string;
  title: string;
  tested: string;
  owner: string;
};

/**
 * Returns an action in one row.
 *
 * @param longestOwner most characters of an owner's name; default: all of it.
 */
export function actionRow(action: Action, longestOwner?: number): ActionRow {
  const { severity, title } = action;
  return {
    severity,
    severityWord: SEVERITY_WORDS[severity],
    title,
    tested: testedText(action),
    owner: firstOwnerText(action, longestOwner) ?? 'not stated',
  };
}
