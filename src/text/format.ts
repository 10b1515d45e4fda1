const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** Formats a whole number with a comma every three digits: `2,000`. The same on every machine, whatever its locale. */
export function formatCount(value: number): string {
  const digits = String(Math.trunc(value));
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Formats a count with its noun: `1 key`, `2 keys`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** Formats the whole of a count with its noun: `1 key`, `both keys`, `all 40 keys`. */
export function wholeOf(count: number, one: string, many = `${one}s`): string {
  if (count === 2) return `both ${many}`;
  return count < 2 ? plural(count, one, many) : `all ${plural(count, one, many)}`;
}

/** Joins words into a list: `a`, `a and b`, `a, b and c`. */
export function joinWords(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? '';
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** Formats a day in UTC, `30 September 2026`, from epoch ms or an ISO date; what cannot be read comes back as it is. */
export function formatDay(when: number | string): string {
  const date = new Date(when);
  if (Number.isNaN(date.getTime())) return String(when);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** Formats the days from one moment to another in UTC: `1 July 2026 to 30 September 2026`; one day alone if both are on it. */
export function formatDays(from: number | string, to: number | string): string {
  const [first, last] = [formatDay(from), formatDay(to)];
  return first === last ? first : `${first} to ${last}`;
}

/** Formats an as-of moment: the day alone if it means the day's last moment, else with its time; always UTC. */
export function formatMoment(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const time = date.toISOString().slice(11);
  if (time === '23:59:59.999Z') return `${formatDay(iso)}, end of day UTC`;
  return `${formatDay(iso)}, ${time.slice(0, 8)} UTC`;
}

/** Formats an as-of moment as `--as-of` takes it: the bare day if it means the day's last moment. */
export function asOfArgument(iso: string): string {
  return iso.endsWith('T23:59:59.999Z') ? iso.slice(0, 10) : iso;
}

/** Formats a file size: `312 B`, `4.1 kB`, `12.0 MB` (powers of 1,000). */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), units.length);
  return `${(bytes / 1000 ** power).toFixed(1)} ${units[power - 1]}`;
}

/** Returns the first 12 characters of a hash: enough to find it in the list of inputs, which prints it whole. */
export function shortHash(sha256: string): string {
  return start(sha256, 12);
}

/**
 * Cuts a text between words to about `most` characters, with an ellipsis if anything is left out; a quotation that it cuts is
 * closed, and no bracket is opened at the end.
 */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = start(text, most)
    .replace(/\s+\S*$/, '')
    .replace(/[\s,;:(]+$/, '');
  const quotes = cut.split('"').length - 1;
  return `${cut} …${quotes % 2 === 1 ? '"' : ''}`;
}

/** Returns the first `length` UTF-16 units of a text, or one less if that would split a character. */
export function start(text: string, length: number): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
}
