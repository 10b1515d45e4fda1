import { dropSecretMembers } from '../../secrets/secret-members.js';
import { isObject } from '../../text/is-object.js';
import type { Adapter, FileSample } from '../adapter.js';
import { cefIn } from '../fields/cef.js';
import { watchJson } from '../reading/json-bounds.js';
import { memberAt } from '../reading/record-lists.js';
import { LOG_ADAPTERS } from './log-adapters.js';

/** Member names that lead to a place in a record. */
export type EventPlace = readonly string[];

/** An event of a log that is read, and where in its record it stands. */
export type InnerEvent = {
  /** What reads it. */
  adapter: Adapter;
  /** As recognition sees it. */
  sample: FileSample;
  /** The event, or an envelope of several. */
  event: Record<string, unknown>;
  /** Place in the record. */
  place: EventPlace;
};

/** What a record holds: an event, what is wrong with it, or nothing that is read. */
export type Held = InnerEvent | { place: EventPlace; reason: string } | null;

const BROKEN = 'the event is JSON that breaks off or is damaged: it was cut when it was collected';

/** Returns the event in a record, at the first of these places that holds one of a log that is read. */
export function eventIn(record: Record<string, unknown>, places: readonly EventPlace[]): Held {
  const held = places.map((place) => heldAt(memberAt(record, place), place));
  const event = held.find((found) => found !== null && 'event' in found);
  return event ?? held.find((found) => found !== null) ?? null;
}

function heldAt(stated: unknown, place: EventPlace): Held {
  const value = Array.isArray(stated) && stated.length === 1 ? stated[0] : stated;
  if (isObject(value)) return recognised(value, JSON.stringify(value), place);
  if (typeof value === 'string' && cefIn(value) !== null) return recognised({ cef: value }, value, place);
  const text = typeof value === 'string' ? jsonIn(value) : null;
  if (text === null) return null;
  const excess = watchJson()(text);
  if (excess) return { place, reason: excess.sentence };
  const event = parsedObject(text);
  return event === undefined ? { place, reason: BROKEN } : recognised(event, text, place);
}

/** Returns the JSON object in a text, which a date or a host name may stand before; null if there is none. */
function jsonIn(text: string): string | null {
  const start = /\{\s*"/.exec(text)?.index;
  return start === undefined ? null : text.slice(start).trimEnd();
}

function parsedObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function recognised(event: Record<string, unknown>, head: string, place: EventPlace): InnerEvent | null {
  const keys = Object.keys(event);
  const sample: FileSample = {
    name: 'event',
    path: 'event',
    kind: 'ndjson',
    head,
    header: null,
    first: event,
    partial: event,
    keys,
  };
  const adapter = LOG_ADAPTERS.find((candidate) => candidate.recognise(sample) !== null);
  if (adapter === undefined) return null;
  dropSecretMembers(event);
  return { adapter, sample, event, place };
}
