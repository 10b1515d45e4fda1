/** Returns a framework's title without what it has in parentheses: `SOC 2 (Trust Services Criteria)` is `SOC 2`. */
export function shortTitle(title: string): string {
  return title.replace(/ \(.*\)$/, '');
}
