/** A line of the audit log of Conjur, taken apart. */
export type Entry = {
  /** Where it stands: `line 7`. */
  record: string;
  /** Its structured data by name, beside `at` and `event`. */
  value: Record<string, unknown>;
};

/** Head of RFC 5424: priority, version, time, host, program, process, message id; then the structured data. */
const LINE = /^(?:<\d{1,3}>1 )(\S+) \S+ conjur \S+ (\S+) (\[.*)$/;
const ELEMENT = /\[(\w+)@43868((?: [\w-]+="(?:[^"\\]|\\.)*")*)\]/gy;
const PARAMETER = / ([\w-]+)="((?:[^"\\]|\\.)*)"/g;

/** Returns the entry of a line; null if the line is none: the message of the entry before it goes on, or another program wrote it. */
export function entryIn(line: string, number: number): Entry | null {
  const [, at, event, rest = ''] = LINE.exec(line) ?? [];
  if (at === undefined) return null;
  const elements = [...rest.matchAll(ELEMENT)].map(([, name = '', text = '']) => [name, parametersIn(text)]);
  return { record: `line ${number}`, value: { at, event, ...Object.fromEntries(elements) } };
}

function parametersIn(text: string): Record<string, string> {
  const pairs = [...text.matchAll(PARAMETER)].map(([, name = '', value = '']) => [name, unescaped(value)]);
  return Object.fromEntries(pairs);
}

/** A quote, a backslash and a closing bracket have a backslash before them. */
function unescaped(value: string): string {
  return value.replace(/\\(.)/g, '$1');
}
