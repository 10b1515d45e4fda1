import type { Circumstance } from './detect/circumstance.js';
import type { Shape } from './detect/detected.js';

/** A secret at a path of a repository: in the files of now, or in the history. Never its value. */
export type ScanFinding = {
  /** Rule. */
  rule: string;
  /** Path. */
  path: string;
  /** Line, counted from 1: of now if it is still there, else of the commit. */
  line: number;
  /** Column, counted from 1. */
  column: number;
  /** Commit that first put it at this path; null if none has, or if a shallow copy lacks what was before. */
  commit: string | null;
  /** Author date of that commit, ISO; null without one. */
  authorDate: string | null;
  /** Author date of the first commit that had this secret at any path of the repository, ISO; null as `commit` is. */
  firstSeen: string | null;
  /** Whether it is in the files of now; a secret that was removed is still in every clone. */
  present: boolean;
  /** Whether the path is one of what is shipped to clients; `false` does not say that no client has it. */
  clientSide: boolean;
  /** How sure its shape is. */
  shape: Shape;
  /** Keyed fingerprint: the same for every place of the secret. */
  fingerprint: string;
  /**
   * SHA-256, as inventories and other scanners have it; null if the value could be guessed, and if a key was stated: then the
   * fingerprint joins it.
   */
  secretSha256: string | null;
  /** Whether somebody has to look at it. */
  state: 'open' | 'suppressed';
  /** What suppresses it; null if it is open. */
  suppressedBy: Circumstance['kind'] | 'allowed' | 'baseline' | null;
  /** Why, in a few words; null if it is open. */
  reason: string | null;
};

/** What is configured in a repository against secrets. */
export type Hygiene = {
  /** Tracked files that look like key material or environment files. */
  sensitiveFiles: string[];
  /** Patterns of the ignore file at its top. */
  ignorePatterns: string[];
  /** Secret scanners that a hook of it runs before a commit or push; empty if none is configured. */
  hooks: string[];
};

/** What was looked at in a repository. */
export type ScanCoverage = {
  /** Whether the history (of the folder, if there is one) was scanned with every branch and tag, and all of it was there. */
  fullHistory: boolean;
  /** Commits; 0 if the history was not asked for. */
  commits: number;
  /** Files and versions of files that were read. */
  files: number;
  /** Bytes of them. */
  bytes: number;
  /** Files without text: only their names were looked at. */
  binary: number;
  /** Pointers of Git LFS: what they point to was not read. */
  pointers: number;
  /** Whether the copy is shallow: it lacks commits, so that it is not known when a finding came first. */
  isShallow: boolean;
  /** Paths of submodules, which are repositories of their own: nothing in them was read. */
  submodules: string[];
  /** Paths that could not be read, with the reason. */
  unread: { path: string; reason: string }[];
};

/** Everything a scan found in one repository. */
export type RepositoryScan = {
  /** `owner/name` of its remote, else the name of its folder. */
  repository: string;
  /** Folder of the repository that the scan is limited to, as `services/api`; null if it is of the whole. */
  folder: string | null;
  /** Commit that is checked out; null if there is none. */
  head: string | null;
  /** Author date of it, ISO; null if there is none. */
  headDate: string | null;
  /** What was asked for: the whole history, the files of now, or what is staged. */
  scope: 'history' | 'tree' | 'staged';
  /** What was looked at. */
  coverage: ScanCoverage;
  /** What is configured; null for staged files and for a folder of a repository. */
  hygiene: Hygiene | null;
  /** Findings, sorted by path and line. */
  findings: ScanFinding[];
};

/** The report of a scan. */
export type ScanReport = {
  /** Form of the report. */
  format: 'keyproof-scan/1';
  /** Version of keyproof. */
  version: string;
  /** When it was made, ISO; for a scan made by an audit its as-of date. */
  scannedAt: string;
  /** Whether fingerprints were made with KEYPROOF_FINGERPRINT_KEY, so that those of several repositories can be compared. */
  keyed: boolean;
  /** Repositories. */
  repositories: RepositoryScan[];
};
