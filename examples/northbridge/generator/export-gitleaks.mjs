import { isoSeconds } from '../../shared/time.mjs';
import { sha256 } from './random.mjs';

/** `gitleaks git --report-format json`, one report for each repository; `[]` where the scan found nothing. */
export function gitleaksFiles(repositories) {
  return Object.fromEntries(
    repositories
      .filter(isScanned)
      .map(({ name, findings }) => [
        `repositories/gitleaks/${name}.json`,
        `${JSON.stringify(findings.map(finding), null, 1)}\n`,
      ]),
  );
}

const isScanned = ({ scanned }) => Number.isFinite(scanned);

function finding({ rule, description, file, line, secret, committed, author, message }) {
  const commit = sha256(`commit of ${file} ${secret} ${committed}`).slice(0, 40);
  return {
    RuleID: rule,
    Description: description,
    StartLine: line,
    EndLine: line,
    StartColumn: 12,
    EndColumn: 12 + secret.length,
    Match: `"${secret}"`,
    Secret: secret,
    File: file,
    SymlinkFile: '',
    Commit: commit,
    Entropy: 2.8,
    Author: author.name,
    Email: author.id,
    Date: isoSeconds(committed),
    Message: message,
    Tags: [],
    Fingerprint: `${commit}:${file}:${rule}:${line}`,
  };
}
