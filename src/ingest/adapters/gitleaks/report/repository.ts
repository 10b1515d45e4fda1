/** Words that name a report, not a repository. */
const GENERIC =
  /^(gitleaks|report|reports|results?|output|findings|scan|scans|secrets?|secret-scans?|baseline|leaks|latest|all|full|v?\d[\d.]*|\d{4}-?\d{2}(-?\d{2})?|\d{4}-?q[1-4])$/i;

/**
 * Returns the `owner/name` of the repository a web link points into: GitHub, GitLab (`/-/blob/`), Bitbucket (`/src/`),
 * Azure DevOps (`/_git/`), or the repository's own URL. Null if the text is no such link.
 */
export function repositoryFromLink(link: string): string | null {
  const match = /^(?:https?:\/\/(?:[^/@]+@)?[^/]+\/|git@[^:/]+:)([^?#]+)/.exec(link.trim());
  if (!match?.[1]) return null;
  const path = match[1].replace(/\/(?:-\/)?(?:blob|commit|commits|src|raw|tree|blame)\/.*$/, '');
  const parts = path
    .replace(/\.git$/, '')
    .split('/')
    .filter((part) => part !== '' && part !== '_git');
  return parts.length >= 2 ? parts.join('/') : null;
}

/** Returns the repository named by the path of a report; null if only the report is named. */
export function repositoryFromPath(path: string): string | null {
  const [file = '', ...folders] = path.split('/').reverse();
  const stem = file.replace(/(\.json|\.csv)?(\.gz)?$/i, '');
  const patterns = [/^gitleaks[-_.](.+)$/i, /^(.+)[-_.]gitleaks(?:[-_.]report)?$/i];
  const named = patterns.map((pattern) => pattern.exec(stem)?.[1]).find((name) => name !== undefined);
  if (named !== undefined && !isGeneric(named)) return repositoryName(named);
  const folder = folders[0] ?? '';
  const isReport = isGeneric(stem) || (named !== undefined && isGeneric(named));
  if (isReport) return folder === '' || isGeneric(folder) ? null : repositoryName(folder);
  return /gitleaks/i.test(folder) ? repositoryName(stem) : null;
}

/**
 * Returns whether a name is generic, such as `gitleaks-report`, `report-2026-09-30`: every part, or the whole, is
 * "report" or a date.
 */
function isGeneric(name: string): boolean {
  return GENERIC.test(name) || name.split(/[-_. ]+/).every((part) => GENERIC.test(part));
}

function repositoryName(name: string): string {
  return name.replaceAll('__', '/').replace(/[-_.]report$/i, '');
}
