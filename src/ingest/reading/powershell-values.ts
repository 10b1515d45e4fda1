import { isObject } from '../../text/is-object.js';
import type { FileSample } from '../adapter.js';

/** What PowerShell adds to a value that it writes as an object, beside `value`. */
const ADDED = ['Count', 'DateTime', 'DisplayHint'];
const SIGNS = /"(?:Count|DateTime|DisplayHint)"\s*:|\{\s*"Value"\s*:\s*"[^"]*"\s*\}/;

/** Returns whether a file may hold values that `ConvertTo-Json` of Windows PowerShell wrapped. */
export function mayHoldPowerShellValues({ kind, head }: FileSample): boolean {
  return (kind === 'json' || kind === 'ndjson') && SIGNS.test(head);
}

/**
 * Returns a value without what `ConvertTo-Json` wraps around parts of it: a list as `{"value": [...], "Count": 2}`, a time as
 * `{"value": "/Date(...)/", "DateTime": "..."}`, a constant of the SDK of AWS for .NET as `{"Value": "Active"}`.
 */
export function withoutPowerShell(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPowerShell);
  if (!isObject(value)) return value;
  const names = Object.keys(value);
  if (names.length === 1 && typeof value['Value'] === 'string') return value['Value'];
  const isWrapped =
    names.length > 1 && names.every((name) => name === 'value' || ADDED.includes(name)) && 'value' in value;
  if (isWrapped) return withoutPowerShell(value['value']);
  return Object.fromEntries(names.map((name) => [name, withoutPowerShell(value[name])]));
}
