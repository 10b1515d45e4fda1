/** Returns a CSS string with everything except letters, digits and spaces escaped (CSS Syntax 3, 4.3.7). */
export function cssString(text: string): string {
  const escaped = text.replace(
    /[^\p{L}\p{N} ]/gu,
    (found) => `\\${(found.codePointAt(0) ?? 0).toString(16)} `,
  );
  return `"${escaped}"`;
}
