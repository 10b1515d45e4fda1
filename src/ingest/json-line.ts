/** Half of a surrogate pair alone: no character, and no JSON reader but JavaScript's takes it. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** Returns a value as one line of JSON that every reader accepts: half characters of a damaged export become U+FFFD. */
export function jsonLine(value: unknown): string {
  const text = JSON.stringify(value);
  if (!text.includes('\\ud')) return text;
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'string' ? member.replace(LONE_SURROGATE, '\ufffd') : member,
  );
}
