import type { Adapter, AdapterContext, AdapterReader, Emit, FileSample, RawRecord } from '../adapter.js';
import { below } from '../fields/record-reader.js';
import { type RecordLists, recordLists, splitValue } from '../reading/record-lists.js';
import { type EventPlace, eventIn, type InnerEvent } from './event-in.js';

/** An export whose records hold events of other logs, one in each. */
export type EnvelopeFormat = Omit<Adapter, 'produces' | 'open'> & {
  /** Where its records are, as in `AdapterReader.items`. */
  items: readonly string[];
  /** Where in a record its event may stand, best first. */
  places: readonly EventPlace[];
  /** Returns why a record counts for nothing; null if it counts. */
  leaveOut?(record: Record<string, unknown>): string | null;
  /** Returns what is lost if a record of this export cannot hold an event; null if it may. */
  lacks?(record: Record<string, unknown>): string | null;
  /** Sees the members beside the records, once per page. */
  page?(page: Record<string, unknown>, context: AdapterContext): void;
  /** Sees the last page and how many records all pages hold, or null if there are no pages. */
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
      records += 1;
      return convert(format, raw, file, inner, context);
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
function showsLog({ items, places }: EnvelopeFormat, { partial }: FileSample): boolean {
  return splitValue(recordLists(items), partial, () => '').some((event) => {
    const held = event.type === 'record' ? eventIn(event.raw.value, places) : null;
    return held !== null && 'event' in held;
  });
}

function convert(
  format: EnvelopeFormat,
  raw: RawRecord,
  file: FileSample,
  inner: InnerReaders,
  context: AdapterContext,
): Emit[] {
  const left = format.leaveOut?.(raw.value) ?? null;
  const held = left === null ? eventIn(raw.value, format.places) : null;
  if (held !== null && 'event' in held) {
    return inner.read(held, file.kind === 'csv' ? raw.record : below(raw.record, held.place));
  }
  const lacks = held ?? { place: [], reason: format.lacks?.(raw.value) ?? null };
  if (left === null && lacks.reason !== null)
    context.reject(raw.record, lacks.place.join('.') || null, lacks.reason);
  else context.skip(left ?? UNKNOWN_LOG);
  return [];
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
