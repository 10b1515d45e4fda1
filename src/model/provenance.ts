/** Where a fact was read: enough for an auditor to open the file and put a finger on the record. */
export type SourceRef = {
  /** Path of the file relative to the audited folder, with forward slashes. */
  file: string;
  /** Record locator inside the file: `row 12` (CSV, the header is row 1), `line 7` (NDJSON), `/SecretList/4` (JSON Pointer), `doc 2` (YAML). */
  record: string;
  /** SHA-256 of the whole file, lower-case hex. Filled in by the store; adapters leave it out. */
  sha256?: string;
};
