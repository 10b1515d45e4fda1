import { ACCESS_VERBS, type AccessVerb, type KeyAccess } from '../../model/index.js';

/** Whether a holder may do something. */
export type AccessState = 'yes' | 'at most' | 'denied' | 'not stated' | 'no';

/** Returns whether a holder may do something: `yes`, `at most` if only by an over-approximation, `denied`, `not stated` or `no`. */
export function accessState({ can, atMost, denied, unstated }: KeyAccess, verb: AccessVerb): AccessState {
  if (can.includes(verb)) return 'yes';
  if (atMost.includes(verb)) return 'at most';
  if (denied.includes(verb)) return 'denied';
  return unstated ? 'not stated' : 'no';
}

/** Returns what a holder may do with a key, as one line: `ana (human): read, use; at most rotate (...); denied delete; by ...`. */
export function accessLine(access: KeyAccess): string {
  const { principal, kind, reasons, paths } = access;
  const of = (state: AccessState) =>
    ACCESS_VERBS.filter((verb) => accessState(access, verb) === state).join(', ');
  const words = [
    of('yes'),
    named(
      'at most',
      of('at most'),
      reasons.length > 0 ? ` (an over-approximation: ${reasons.join('; ')})` : '',
    ),
    named('denied', of('denied')),
    access.unstated ? 'a right that does not state what it allows' : '',
  ].filter((part) => part !== '');
  return `${principal}${kind === null ? '' : ` (${kind})`}: ${words.join('; ')}; by ${paths.join(' | ')}`;
}

function named(word: string, verbs: string, more = ''): string {
  return verbs === '' ? '' : `${word} ${verbs}${more}`;
}
