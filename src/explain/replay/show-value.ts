import { ZONE_TOLERANCE_MS } from '../../model/index.js';
import { isSecretName } from '../../secrets/patterns.js';
import { sourceOf } from './sources.js';

/** Removes secrets and control characters from a text, so that it may be shown. */
export type Clean = (text: string) => string;

const LONGEST_TEXT = 240;
const LONGEST_VALUE = 300;
const DAY = 86_399_999;

/** A name and the text it is given or compared with, such as `token := "..."` or `"token": "..."`. */
const ASSIGNED = /([\w-]+)("?\s*(?::=|==|=|:)\s*)"(?:\\.|[^"\\])*"/g;

/** Epoch ms of 1980 and of 2100: a whole number between them is read as a time as well. */
const TIMES = [315_532_800_000, 4_102_444_800_000] as const;

/**
 * Formats a value for a reader: a date as a date, a record by its place, a long text or list cut. Withholds a text
 * under the name of a secret. Never returns the text of a secret.
 *
 * @param name the term that has the value, such as `input.key.name`.
 */
export function showValue(value: unknown, name: string, clean: Clean): string {
  const shown = show(value, lastName(name), clean);
  return shown.length > LONGEST_VALUE ? `${shown.slice(0, LONGEST_VALUE)} ...` : shown;
}

/** Returns a line of source. Withholds the text that is assigned to the name of a secret. */
export function showSource(line: string, clean: Clean): string {
  return clean(line).replaceAll(ASSIGNED, (all, name: string, sign: string) =>
    isSecretName(name) ? `${name}${sign}"(withheld)"` : all,
  );
}

function lastName(text: string): string {
  return /^[\w.[\]"-]+$/.test(text) ? (text.split('.').at(-1) ?? text) : '';
}

function show(value: unknown, name: string, clean: Clean): string {
  if (typeof value === 'string') return showText(value, name, clean);
  if (typeof value === 'number') return showNumber(value);
  if (Array.isArray(value)) return showList(value, name, clean);
  if (typeof value !== 'object' || value === null) return String(value);
  return showInstant(value) ?? showRecord(value, clean) ?? showObject(value, clean);
}

function showText(text: string, name: string, clean: Clean): string {
  if (isSecretName(name)) return '(withheld)';
  const shown = clean(text);
  if (shown.length <= LONGEST_TEXT) return JSON.stringify(shown);
  return `${JSON.stringify(shown.slice(0, LONGEST_TEXT))} ... (${shown.length} characters)`;
}

function showNumber(value: number): string {
  const isTime = Number.isInteger(value) && value >= TIMES[0] && value < TIMES[1];
  return isTime ? `${value} (${new Date(value).toISOString()})` : String(value);
}

function showList(values: readonly unknown[], name: string, clean: Clean): string {
  const items = values.map((item) => show(item, name, clean));
  const text = `[${items.join(', ')}]`;
  return text.length <= LONGEST_VALUE ? text : `${values.length} items, the first ${items[0]}`;
}

/** Returns the place of a record, without its fields; null for any other object. */
function showRecord(value: object, clean: Clean): string | null {
  const source = sourceOf(value);
  return source === null ? null : `the record at ${clean(`${source.file}, ${source.record}`)}`;
}

function showObject(value: object, clean: Clean): string {
  const members = Object.entries(value).filter(([, inner]) => inner !== null);
  return `{${members.map(([name, inner]) => `${clean(name)}: ${show(inner, name, clean)}`).join(', ')}}`;
}

/** Returns a date of a record in words; null for any other object. */
export function showInstant(value: object): string | null {
  if (!('state' in value && 'ms' in value && 'tolerance_ms' in value)) return null;
  const { state, ms, tolerance_ms: tolerance } = value;
  if (state !== 'known' || typeof ms !== 'number') return typeof state === 'string' ? state : null;
  const iso = new Date(ms).toISOString();
  if (tolerance === 0) return iso;
  if (tolerance === DAY) return `${iso.slice(0, 10)} (known to the day)`;
  if (typeof tolerance === 'number' && tolerance > ZONE_TOLERANCE_MS) return showSpan(ms, ms + tolerance);
  return `${iso} or up to ${Math.round(Number(tolerance) / 3_600_000)} hours later`;
}

/** Returns a time of which the earliest and the latest moment are known; `fromMs` is 0 if the latest alone is. */
function showSpan(fromMs: number, toMs: number): string {
  const [from, to] = [fromMs, toMs].map((ms) => new Date(ms).toISOString());
  return fromMs === 0 ? `${to} or earlier` : `between ${from} and ${to}`;
}
