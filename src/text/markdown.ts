const INLINE = /[\\`*_[\]|<>~&$]/g;
const LEADING_MARK = /^[#+=-]/;
const LEADING_NUMBER = /^(\d+)([.)])/;
const LINK = /(:)(?=\/\/)|\b(www)(?=\.)/gi;

/**
 * Returns a text that Markdown (CommonMark and GitHub's tables) prints as it stands, on one line: no markup, HTML or
 * web link.
 */
export function markdownText(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(INLINE, '\\$&')
    .replace(LEADING_MARK, '\\$&')
    .replace(LEADING_NUMBER, '$1\\$2')
    .replace(LINK, (found) => (found === ':' ? '\\:' : `${found}\\`));
}

/** Formats a row of a Markdown table; the cells are Markdown already. */
export function markdownRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
