import { isObject } from '../../../text/is-object.js';
import type { RawRecord } from '../../adapter.js';
import type { Reading } from '../../fields/record-reader.js';

/** Returns the record that an answer for one record wraps (`{"result": {...}}`), or the record itself. */
export function unwrapped(raw: RawRecord): RawRecord {
  const { result } = raw.value;
  return isObject(result) ? { ...raw, value: result, record: `${raw.record} /result` } : raw;
}

/** Returns where the value of a field stands, whichever way it was exported: as a text, or as `{display_value, value}` or `{link, value}`. */
export function placeOf(r: Reading, name: string, member = 'value'): string {
  const value = r.value(name);
  return isObject(value) && (member in value || 'link' in value) ? `${name}.${member}` : name;
}

/** Returns what ServiceNow shows of a field: a number or a name in place of an id. */
export function shown(r: Reading, name: string): string | null {
  return r.cell(placeOf(r, name, 'display_value'));
}

const SYS_ID = /^[\da-f]{32}$/i;

/** Returns whether a reference was exported as an id alone, which joins to nothing; also as a text (`sysparm_exclude_reference_link`). */
export function isSysId(value: unknown): boolean {
  if (!isObject(value)) return typeof value === 'string' && SYS_ID.test(value);
  return ('link' in value || 'value' in value) && !('display_value' in value);
}
