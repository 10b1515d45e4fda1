import type { Adapter, AdapterContext, AdapterReader, Emit, FileSample, RawRecord } from '../adapter.js';
import { below } from '../fields/record-reader.js';
import { type RecordLists, recordLists, splitValue } from '../reading/record-lists.js';
import { type EventPlace, eventIn, type Held, type InnerEvent } from './event-in.js';

/** Part of a record that holds one event. */
export type EventPart = {
  /** Where it stands in the record. */
  at: EventPlace;
  /** What `places` lead into; a sentence on what is wrong with it if it is not as the export writes it. */
  holder: Record<string, unknown> | string;
};

/** An export whose records hold events of other logs, one in each unless `parts` tells otherwise. */
export type EnvelopeFormat = Omit<Adapter, 'produces' | 'open'> & {
  /** Where its records are, as in `AdapterReader.items`. */
  items: readonly string[];
  /** Where in a record its event may stand, best first. */
  places: readonly EventPlace[];
  /** Returns the parts of a record that hold one event each, decoded; the record itself if it is left out. */
  parts?(record: Record<string, unknown>): EventPart[];
  /** Returns why a record counts for nothing; null if it counts. */
  leaveOut?(record: Record<string, unknown>): string | null;
  /** Returns what is lost if a record of this export cannot hold an event; null if it may. */
  lacks?(record: Record<string, unknown>): string | null;
  /** Sees the members beside the records, once per page. */
  page?(page: Record<string, unknown>, context: AdapterContext): void;
  /** Sees the last page and how many records, or parts of them, all pages hold, or null if there are no pages. */
  whole?(page: Record<string, unknown> | null, records: number, context: AdapterContext): void;
};

const KINDS = ['events', 'rotations'] as const;
const UNKNOWN_LOG = 'event of a log that is not read';
const NOTHING_READ =
  'None of its records holds a whole event of a log that is read, so it proves nothing: export the events as they were collected.';

/**
 * Returns the adapter of an export that wraps events of other logs: each event is read by the adapter of its own format. Such an
 * export is what a query found, so it speaks for no system or account beyond its records, and supplies no kind of which
 * it holds nothing.
 */
export function unwrapping(format: EnvelopeFormat): Adapter {
  return {
    ...format,
    produces: KINDS,
    open: (file, context) => open(format, file, context),
  };
}

function open(format: EnvelopeFormat, file: FileSample, context: AdapterContext): AdapterReader {
  const inner = innerReaders(context);
  let records = 0;
  let last: Record<string, unknown> | null = null;
  return {
    items: format.items,
    mayHold: KINDS,
    ...(showsLog(format, file) ? {} : { produces: [] }),
    convert(raw) {
      const parts = partsOf(format, raw.value);
      records += parts.length;
      return parts.flatMap((part) => convert(raw, part, { format, file, inner, context }));
    },
    envelope(page) {
      last = page;
      format.page?.(page, context);
    },
    end() {
      format.whole?.(last, records, context);
      if (records > 0 && inner.none()) context.warn(NOTHING_READ);
      return inner.end();
    },
  };
}

/** Returns whether the beginning of a file shows an event that is read. */
function showsLog(format: EnvelopeFormat, { partial }: FileSample): boolean {
  const parts = splitValue(recordLists(format.items), partial, () => '').flatMap((event) =>
    event.type === 'record' ? partsOf(format, event.raw.value) : [],
  );
  return parts.some(({ holder }) => {
    const held = typeof holder === 'string' ? null : eventIn(holder, format.places);
    return held !== null && 'event' in held;
  });
}

function partsOf({ parts }: EnvelopeFormat, record: Record<string, unknown>): EventPart[] {
  return parts?.(record) ?? [{ at: [], holder: record }];
}

/** A file that is read, and the adapters that read the events in it. */
type Unwrapped = { format: EnvelopeFormat; file: FileSample; inner: InnerReaders; context: AdapterContext };

function convert(raw: RawRecord, part: EventPart, { format, file, inner, context }: Unwrapped): Emit[] {
  const left = format.leaveOut?.(raw.value) ?? null;
  const held = left === null ? heldIn(format, part) : null;
  if (held !== null && 'event' in held) {
    const place = file.kind === 'csv' ? [] : [...part.at, ...held.place];
    return inner.read(held, place.length === 0 ? raw.record : below(raw.record, place));
  }
  const lacks = held ?? { place: [], reason: format.lacks?.(raw.value) ?? null };
  if (left === null && lacks.reason !== null)
    context.reject(raw.record, [...part.at, ...lacks.place].join('.') || null, lacks.reason);
  else context.skip(left ?? UNKNOWN_LOG);
  return [];
}

function heldIn({ places }: EnvelopeFormat, { holder }: EventPart): Held {
  return typeof holder === 'string' ? { place: [], reason: holder } : eventIn(holder, places);
}

type InnerReaders = {
  /** Canonical records of an event, or of each in it. */
  read(event: InnerEvent, record: string): Emit[];
  /** Whether no event was of a log that is read. */
  none(): boolean;
  /** What the adapters say at the end of the file. */
  end(): Emit[];
};

type Opened = { reader: AdapterReader; lists: RecordLists };

/** Opens each adapter once, when its first event is seen. */
function innerReaders(context: AdapterContext): InnerReaders {
  const opened = new Map<Adapter, Opened>();
  const silent = { ...context, speaksFor: () => undefined };
  const openFor = ({ adapter, sample }: InnerEvent): Opened => {
    const reader = adapter.open(sample, silent);
    const fresh = { reader, lists: recordLists(reader.items) };
    opened.set(adapter, fresh);
    return fresh;
  };
  return {
    read: (event, record) => readInner(opened.get(event.adapter) ?? openFor(event), event, record, context),
    none: () => opened.size === 0,
    end: () => [...opened.values()].flatMap(({ reader }) => [...(reader.end?.() ?? [])]),
  };
}

function readInner(
  { reader, lists }: Opened,
  { event }: InnerEvent,
  record: string,
  context: AdapterContext,
): Emit[] {
  const locate = (pointer: string): string =>
    pointer === '' ? record : `${record}${record.includes('/') ? '' : ' '}${pointer}`;
  return splitValue(lists, event, locate).flatMap((found) => {
    if (found.type === 'record') return [...reader.convert(found.raw)];
    if (found.type === 'envelope') reader.envelope?.(found.value);
    if (found.type === 'malformed') context.reject(found.record, null, found.reason);
    return [];
  });
}
