import type { Instant } from '../../model/index.js';
import type { AdapterContext } from '../adapter.js';
import { UnreadableError } from '../unreadable-error.js';
import { parseInstant } from './instants.js';
import { quote } from './quote.js';

/** What `taken` in keyproof.yaml is for files whose names hold the date. */
const BY_NAME = 'file-name';

/** Members in which pages and exports state when they were written. */
const WRITTEN_AT = [
  'taken_at',
  'extracted_at',
  'exported_at',
  'exportedAt',
  'generated_at',
  'generatedAt',
  'GeneratedTime',
  'generated_time',
];

const DATE_IN_NAME = /(?<!\d)(20\d\d)-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?!\d)/g;

/**
 * Returns when a file was taken, as keyproof.yaml states (`taken`): a date, or the one date in the file's name. Null if it
 * states nothing.
 * @throws UnreadableError if the date cannot be read, or the name holds none or several
 */
export function takenAsStated({ spec, file, timezone }: AdapterContext): Instant | null {
  const stated = spec?.taken;
  if (stated === undefined) return null;
  if (stated === BY_NAME) return dateInName(file);
  const date = parseInstant(stated, { timezone });
  if (date.ok && date.value?.state === 'known') return date.value;
  throw new UnreadableError(
    `keyproof.yaml gives taken ${quote(stated)}: expected an ISO date, an ISO date-time or ${BY_NAME}${date.ok ? '' : ` (${date.reason})`}`,
  );
}

/** Takes when an export was taken from its own envelope, if that states it. */
export function readWhenTaken(envelope: Record<string, unknown>, context: AdapterContext): void {
  const stated = WRITTEN_AT.map((name) => envelope[name]).find(
    (value) => value !== undefined && value !== null,
  );
  const date = parseInstant(stated, { timezone: context.timezone });
  if (date.ok && date.value?.state === 'known') context.taken(date.value);
}

function dateInName(file: string): Instant {
  const dates = [...(file.split('/').at(-1) ?? '').matchAll(DATE_IN_NAME)].map(
    ([, year, month, day]) => `${year}-${month}-${day}`,
  );
  const date = parseInstant(dates[0]);
  if (new Set(dates).size === 1 && date.ok && date.value?.state === 'known') return date.value;
  throw new UnreadableError(
    `keyproof.yaml states taken: ${BY_NAME}, and the name holds ${dates.length === 0 ? 'no date' : 'no one date'} such as 2026-09-30; rename the file or state the date itself`,
  );
}
