import {
  didYouMean,
  KeyproofError,
  type Policy,
  type RegisteredWaiver,
  type Waiver,
} from '../model/index.js';
import { plural } from '../text/format.js';

/** Checks that every exception is about a rule that is evaluated. @throws KeyproofError for the first that is not. */
export function requireKnownRules(waivers: readonly Waiver[], policies: readonly Policy[]): void {
  const ids = policies.map(({ id }) => id);
  const unknown = waivers.find(({ rule }) => !ids.includes(rule));
  if (unknown === undefined) return;
  throw new KeyproofError(
    `waiver ${unknown.id}: there is no policy "${unknown.rule}"${didYouMean(unknown.rule, ids)}`,
  );
}

/** Returns what whoever runs an audit should know of exceptions: those that do not hold, and those that cover nothing. */
export function waiverNotes(register: readonly RegisteredWaiver[]): string[] {
  return register.flatMap(({ id, rule, state, failures, granted, expires, approver }) => {
    const failing = `${plural(failures, 'failure')} of ${rule}`;
    if (state === 'expired' && failures > 0)
      return [
        `waiver ${id} expired on ${expires}: ${failing} that it named ${failures === 1 ? 'fails again; mend it' : 'fail again; mend them'}, or have the risk accepted anew by ${approver} or another.`,
      ];
    if (state === 'expired')
      return [`waiver ${id} expired on ${expires} and names no failure any more; take it out.`];
    if (state === 'not-yet-granted' && failures > 0)
      return [
        `waiver ${id} is granted from ${granted} on, after the as-of date: ${failing} that it names ${failures === 1 ? 'fails' : 'fail'}.`,
      ];
    return failures === 0
      ? [`waiver ${id} names no failure of ${rule}: it is not used; take it out, or correct its subjects.`]
      : [];
  });
}
