import { redactSecrets } from '../secrets/redact.js';
import type { RepositoryScan } from './report.js';

/** Returns a scan in which names and paths that hold what looks like a secret show its fingerprint instead. */
export function withoutSecrets(scan: RepositoryScan): RepositoryScan {
  const { coverage, hygiene } = scan;
  return {
    ...scan,
    repository: redactSecrets(scan.repository),
    folder: scan.folder && redactSecrets(scan.folder),
    coverage: {
      ...coverage,
      unread: coverage.unread.map((each) => ({ ...each, path: redactSecrets(each.path) })),
    },
    hygiene: hygiene && {
      ...hygiene,
      sensitiveFiles: hygiene.sensitiveFiles.map(redactSecrets),
      ignorePatterns: hygiene.ignorePatterns.map(redactSecrets),
    },
    findings: scan.findings.map((finding) => ({
      ...finding,
      path: redactSecrets(finding.path),
      reason: finding.reason && redactSecrets(finding.reason),
    })),
  };
}
