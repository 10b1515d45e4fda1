/** Returns a framework's title without what it has in parentheses: `SOC 2 (Trust Services Criteria)` is `SOC 2`. */
export function shortTitle(title: string): string {
  return title.replace(/ \(.*\)$/, '');
}

/** Returns what a reader calls each framework, by its id: the short title, with the version if another framework has the same. */
export function shortTitles(
  frameworks: readonly { id: string; title: string; version: string }[],
): ReadonlyMap<string, string> {
  const short = frameworks.map(({ title }) => shortTitle(title));
  const isShared = (title: string) => short.indexOf(title) !== short.lastIndexOf(title);
  return new Map(
    frameworks.map(({ id, title, version }) => {
      const own = shortTitle(title);
      return [id, isShared(own) ? `${own} ${version}` : own];
    }),
  );
}
