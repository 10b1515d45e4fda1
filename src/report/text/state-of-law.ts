import type { FrameworkResult } from '../../model/index.js';
import { formatDay } from '../../text/format.js';

/** What ids of a framework mean that begin with a prefix. */
export type ShortId = { prefix: string; means: string };

/** Returns the state of the law or standard with the day it was read; empty if the framework states none. */
export function stateOfLaw({ state, read }: Pick<FrameworkResult, 'state' | 'read'>): string {
  if (state === undefined) return '';
  return `State${read === undefined ? '' : ` as read on ${formatDay(read)}`}: ${state.trim()}`;
}

/** Returns what the short ids of a framework stand for. */
export function shortIds({ short_ids: meanings = {} }: Pick<FrameworkResult, 'short_ids'>): ShortId[] {
  return Object.entries(meanings).map(([prefix, means]) => ({ prefix, means }));
}
