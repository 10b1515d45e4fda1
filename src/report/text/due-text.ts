import { type Assessment, SEVERITIES } from '../../model/index.js';
import { plural } from '../../text/format.js';

/** Returns `critical 7 days, high 30 days (default), ...`: what suggested due dates are counted with. */
export function dueText({ due }: Assessment['plan']): string {
  return SEVERITIES.map((severity) => {
    const { days, set } = due[severity];
    return `${severity} ${plural(days, 'day')}${set ? '' : ' (default)'}`;
  }).join(', ');
}
