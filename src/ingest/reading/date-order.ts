import type { SourceSpec } from '../../model/index.js';
import { isObject } from '../../text/is-object.js';
import type { InstantOptions } from '../fields/instants.js';
import { quote } from '../fields/quote.js';
import { UnreadableError } from '../unreadable-error.js';
import type { ReadEvents } from './read-event.js';

/** A numeric date with the year last, with what stands before it. */
const NUMERIC = /^\s*(\d{1,2})[/-](\d{1,2})[/-]\d{4}(?!\d)/;
/** The same in the beginning of a file of any kind. */
const NUMERIC_ANYWHERE = /(?:^|[\s",;|])\d{1,2}[/-]\d{1,2}[/-]\d{4}(?!\d)/;
const DEEPEST = 4;

type Seen = { text: string; record: string };
/** What the numeric dates of a column show: a value that only one order makes a date of, and whether any needs one. */
type Column = { dmy: Seen | null; mdy: Seen | null; ambiguous: boolean };

/** The order of day and month of each column of a file. */
export type DateOrders = {
  /** Options for reading the dates of a column or member path. */
  of(column: string | undefined): InstantOptions;
  /** Sentences on what was found. */
  decisions: string[];
};

/** Returns what keyproof.yaml states about the dates of a source. */
export function statedDates(spec: SourceSpec | null): InstantOptions {
  return {
    timezone: spec?.timezone ?? null,
    order: spec?.dates ?? null,
    stated: spec?.dates !== undefined,
    ...(spec?.dayNumbers === undefined ? {} : { dayNumbers: spec.dayNumbers }),
  };
}

/** A column that states the zone of its times in its name, as those of Log Analytics and the Entra admin center do. */
const IN_UTC = /(?:\(UTC\)|\[UTC\])\s*$/i;

/** Returns the options for reading the dates of a column, with the zone that its name states. */
export function inStatedZone(column: string | undefined, options: InstantOptions): InstantOptions {
  return column !== undefined && IN_UTC.test(column) ? { ...options, timezone: 'Z' } : options;
}

/** Returns whether the order of day and month may matter: nothing is stated and the file begins with such dates. */
export function needsOrders(head: string, spec: SourceSpec | null): boolean {
  return spec?.dates === undefined && NUMERIC_ANYWHERE.test(head);
}

/**
 * Looks through a file for values that prove the order of day and month in their own column: `15/09/2026` can only have
 * the day first. Values that prove both orders decide nothing.
 */
export async function findDateOrders(events: ReadEvents, spec: SourceSpec | null): Promise<DateOrders> {
  const columns = new Map<string, Column>();
  try {
    for await (const batch of events) {
      for (const event of batch) {
        if (event.type === 'record') lookAt(event.raw, columns);
      }
    }
  } catch (error) {
    // The place at which the file breaks off is reported when its records are read.
    if (!(error instanceof UnreadableError)) throw error;
  }
  const needed = [...columns].filter(([, column]) => column.ambiguous);
  return {
    of: (name) => ({ ...statedDates(spec), ...orderOf(columns.get(name ?? '')) }),
    decisions: needed.flatMap(([name, column]) => decisionOn(name, column)),
  };
}

function lookAt(
  { value, record }: { value: Record<string, unknown>; record: string },
  columns: Map<string, Column>,
  base = '',
  depth = DEEPEST,
): void {
  for (const [name, member] of Object.entries(value)) {
    if (typeof member === 'string') lookAtText(member, `${base}${name}`, record, columns);
    else if (isObject(member) && depth > 0)
      lookAt({ value: member, record }, columns, `${base}${name}.`, depth - 1);
  }
}

function lookAtText(text: string, name: string, record: string, columns: Map<string, Column>): void {
  const match = NUMERIC.exec(text);
  if (!match) return;
  const column = columns.get(name) ?? { dmy: null, mdy: null, ambiguous: false };
  columns.set(name, column);
  const [first, second] = [Number(match[1]), Number(match[2])];
  const seen = { text: text.trim(), record };
  if (first > 12 && first <= 31 && second <= 12) column.dmy ??= seen;
  else if (second > 12 && second <= 31 && first <= 12) column.mdy ??= seen;
  else if (first !== second) column.ambiguous = true;
}

function orderOf(column: Column | undefined): InstantOptions {
  if (!column) return {};
  const { dmy, mdy } = column;
  if (dmy && mdy) {
    const both = `the column has ${shown(dmy)} and ${shown(mdy)}`;
    return { contradiction: `day and month cannot be told apart, because ${both}; write it as YYYY-MM-DD` };
  }
  return { order: dmy ? 'dmy' : mdy ? 'mdy' : null };
}

function decisionOn(name: string, { dmy, mdy }: Column): string[] {
  const column = `column ${quote(name)}`;
  if (dmy && mdy)
    return [
      `${column}: day and month cannot be told apart; ${shown(dmy)} and ${shown(mdy)} contradict each other`,
    ];
  if (dmy) return [`${column}: the day stands before the month, because of ${shown(dmy)}`];
  return mdy ? [`${column}: the month stands before the day, because of ${shown(mdy)}`] : [];
}

function shown({ text, record }: Seen): string {
  return `${quote(text)} (${record})`;
}
