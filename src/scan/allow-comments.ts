/** A comment that allows the findings of its line, or of the next one. */
export type AllowComment = {
  /** Line of the comment. */
  line: number;
  /** Rule it allows; `*` for all; empty if it names none. */
  rule: string;
  /** Why; null if it does not say. */
  reason: string | null;
  /** Last day on which it holds, `2027-01-01`, UTC, as written, which may be no day; null if it does not say. */
  until: string | null;
  /** Whether nothing but the comment is in its line: then it is for the next line. */
  isAlone: boolean;
};

/** Word that every such comment has, lower case. */
export const ALLOW_WORD = 'keyproof:allow';

const COMMENT = /keyproof:allow[ \t]+((?!(?:reason|until)=)[\w*-]+)?([^\r\n]*)/;
const FIELD = /^(?:reason|until)=/;
const REASON = /\breason=(?:"([^"]*)"|'([^']*)'|(\S+))/;
const UNTIL = /\buntil=["']?([^\s"']*)/;

/** Reads the comment of a line, such as `# keyproof:allow assigned-password reason="local stack" until=2027-01-01`. */
export function readAllowComment(text: string, line: number): AllowComment | null {
  const match = COMMENT.exec(text);
  if (!match || (match[1] === undefined && !FIELD.test(match[2] ?? ''))) return null;
  const rest = match[2] ?? '';
  const reason = REASON.exec(rest);
  const before = text.slice(0, match.index);
  return {
    line,
    rule: match[1] ?? '',
    reason: (reason?.[1] ?? reason?.[2] ?? reason?.[3])?.trim() || null,
    until: UNTIL.exec(rest)?.[1] ?? null,
    isAlone: /^[\s#/*;<!\-%"']*$/.test(before),
  };
}
