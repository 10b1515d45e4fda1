const MEMBER = /(?:^|; )([A-Za-z]\w*)=/g;

/**
 * Returns the members of an object as `Export-Csv` of PowerShell writes one that is in a cell: `@{status=success; lastModifiedTime=0}`. Null if a
 * text is none, or if a name is there twice, because a text inside a value may look like a member.
 */
export function shownObject(value: unknown): { [name: string]: string } | null {
  const inside = typeof value === 'string' ? /^@\{(.*)\}$/s.exec(value.trim())?.[1] : undefined;
  if (inside === undefined) return null;
  const found = [...inside.matchAll(MEMBER)];
  const members = found.map((match, index): [string, string] => [
    match[1] ?? '',
    inside.slice(match.index + match[0].length, found[index + 1]?.index ?? inside.length),
  ]);
  const names = new Set(members.map(([name]) => name));
  return names.size === members.length ? Object.fromEntries(members) : null;
}
