import { type Assessment, SEVERITIES } from '../../model/index.js';
import { plural } from '../../text/format.js';

/**
 * Returns what suggested due dates are counted with: `critical 7 days, high 30 days (default), ...`; if all are defaults,
 * that is said once.
 */
export function dueText({ due }: Assessment['plan']): string {
  const noneSet = SEVERITIES.every((severity) => !due[severity].set);
  const days = SEVERITIES.map((severity) => {
    const given = due[severity].set || noneSet;
    return `${severity} ${plural(due[severity].days, 'day')}${given ? '' : ' (default)'}`;
  }).join(', ');
  return noneSet ? `${days} (the defaults)` : days;
}
