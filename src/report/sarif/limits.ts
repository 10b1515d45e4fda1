/**
 * Limits of GitHub code scanning for one run of a SARIF file
 * (https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support): a file above the first two is
 * rejected, the rest is cut there. The 5,000 results it shows of them are the first here, the worst.
 */
export const LIMITS = {
  /** Results in the file. */
  results: 25_000,
  /** Rules in the file. */
  rules: 25_000,
  /** Tags of a rule: more are rejected. */
  tags: 20,
  /** Characters of the id and the name of a rule. */
  name: 255,
  /** Characters of the short and the full description of a rule. */
  description: 1024,
  /** Characters of the message of a result; the spec sets none, a reader of an alert does. */
  message: 2000,
  /** Further places of a result. GitHub keeps 100. */
  relatedPlaces: 50,
  /** Missing paths of a rule in the properties of its notification. */
  missingPaths: 100,
} as const;
