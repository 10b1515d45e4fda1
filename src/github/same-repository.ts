/** Returns whether the name that a report has of a repository (`ledger`, `northbridge/ledger`, its address) is that of this one, `owner/name`. */
export function isSameRepository(name: string, repository: string): boolean {
  const path = `/${name.replace(/\.git$/, '').replace(/^.*:/, '')}`.toLowerCase();
  const full = `/${repository}`.toLowerCase();
  return path.endsWith(full) || path === full.slice(full.lastIndexOf('/'));
}
