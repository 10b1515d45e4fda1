const SCANNERS =
  'gitleaks|trufflehog|detect-secrets|git-secrets|secretlint|trivy|semgrep|kingfisher|nosey-?parker|ggshield|gitguardian|talisman|credscan|checkov|whispers|betterleaks';
/** How the name of a report names its scanner: before or after the name of the repository. */
const TOOLS = `${SCANNERS}|github-secret-scanning|gitlab-secret-detection|gl-secret-detection|secret-detection|secret-scanning|sarif`;
/** Words that name a report, not a repository. */
const GENERIC = new RegExp(
  String.raw`^(${TOOLS}|report|reports|results?|output|findings|alerts?|scan|scans|scanning|secrets?|secret-scans?|detection|gl|sarif|json|baseline|leaks|latest|all|full|v?\d[\d.]*|\d{4}-?\d{2}(-?\d{2})?|\d{4}-?q[1-4])$`,
  'i',
);
const NAMED = [
  new RegExp(`^(?:${TOOLS})[-_.](.+)$`, 'i'),
  new RegExp(`^(.+)[-_.](?:${TOOLS})(?:[-_.]report)?$`, 'i'),
];
const SCANNER_FOLDER = new RegExp(SCANNERS, 'i');
const LINK = /^(?:(?:https?|ssh|git):\/\/(?:[^/@]+@)?[^/]+\/|[\w.-]+@[^:/]+:)([^?#]+)/;

/**
 * Returns the `owner/name` of the repository a web link points into: GitHub, GitLab (`/-/blob/`), Bitbucket (`/src/`),
 * Azure DevOps (`/_git/`), or the repository's own URL. Null if the text is no such link.
 */
export function repositoryFromLink(link: string): string | null {
  const match = LINK.exec(link.trim());
  if (!match?.[1]) return null;
  const path = match[1].replace(/\/(?:-\/)?(?:blob|commit|commits|src|raw|tree|blame)\/.*$/, '');
  const parts = path
    .replace(/\.git$/, '')
    .split('/')
    .filter((part) => part !== '' && part !== '_git');
  return parts.length >= 2 ? parts.join('/') : null;
}

/**
 * Returns the repository that a report states, as a link or by its name. Null if it states none: a place on the machine that
 * scanned, such as `.`, names no repository.
 */
export function repositoryStated(text: string | null): string | null {
  if (text === null) return null;
  return (
    repositoryFromLink(text) ?? (/^\w[\w.-]*(?:\/\w[\w.-]*)*$/.test(text) ? text.replace(/\.git$/, '') : null)
  );
}

/** Returns the repository named by the path of a report; null if only the report is named. */
export function repositoryFromPath(path: string): string | null {
  const [file = '', ...folders] = path.split('/').reverse();
  const stem = file
    .replace(/^\./, '')
    .replace(/(?:\.(?:json|jsonl|ndjson|ya?ml|csv|sarif|txt|log|baseline))*(?:\.gz)?$/i, '');
  const named = NAMED.map((pattern) => pattern.exec(stem)?.[1]).find((name) => name !== undefined);
  if (named !== undefined && !isGeneric(named)) return repositoryName(named);
  const folder = folders[0] ?? '';
  const isReport = isGeneric(stem) || (named !== undefined && isGeneric(named));
  if (isReport) return folder === '' || isGeneric(folder) ? null : repositoryName(folder);
  return SCANNER_FOLDER.test(folder) ? repositoryName(stem) : null;
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
