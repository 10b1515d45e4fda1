import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { KeyproofError, type OnProgress } from '../model/index.js';
import { groupBy } from '../text/group-by.js';
import { isoSeconds } from '../text/iso-seconds.js';
import { sha256Hex } from '../text/sha256.js';
import { type PlacedComment, withAllowed } from './allowed.js';
import { gitAnswer } from './git/git.js';
import { type GitRepository, openRepository, pathspecOf } from './git/repository.js';
import { stagedFiles } from './git/staged.js';
import { hygieneOf } from './hygiene.js';
import { byPlace, FindingCollector } from './merge-findings.js';
import { runTasks, tasksOf } from './pool.js';
import type { RepositoryScan, ScanCoverage } from './report.js';
import type { ScannedFile } from './scan-files.js';
import { type Selection, selectFolder, selectHistory, selectTree } from './select-files.js';
import { withoutSecrets } from './without-secrets.js';

/** How a repository is scanned. */
export type ScanOptions = {
  /** The whole history and the files of now, the files of now, or what is staged. */
  scope: RepositoryScan['scope'];
  /** Time of the scan, epoch ms: it decides which comments are past their date. */
  nowMs: number;
  /** Key of the fingerprints; null for one of the repository. */
  key: string | null;
  /** Worker threads. Does not influence the result. */
  workers: number;
  /** Sees how far it is. */
  onProgress?: OnProgress;
};

/**
 * Looks for secrets in a repository, or in a folder that is none.
 * @throws KeyproofError if the folder does not exist, if staged files are asked for and it is no repository, or if git fails
 */
export async function scanRepository(folder: string, options: ScanOptions): Promise<RepositoryScan> {
  return withoutSecrets(await scanAsNamed(folder, options));
}

async function scanAsNamed(folder: string, options: ScanOptions): Promise<RepositoryScan> {
  if (!existsSync(folder)) throw new KeyproofError(`${folder}: no such folder; check the path.`);
  const repository = await openRepository(folder);
  if (options.scope === 'staged') return scanStaged(repository, folder, options);
  if (repository === null) return scanFolder(folder, options);
  const selection =
    options.scope === 'history' ? await selectHistory(repository) : await selectTree(repository);
  const { findings, coverage } = await scanSelection(
    selection,
    repository.folder,
    keyOf(options, repository),
    options,
  );
  const commits = options.scope === 'history' ? await commitsOf(repository) : 0;
  const isWhole = options.scope === 'history' && !repository.isShallow && coverage.unread.length === 0;
  return {
    ...identityOf(repository),
    scope: options.scope,
    coverage: { ...coverage, fullHistory: isWhole, commits, isShallow: repository.isShallow },
    hygiene:
      repository.within === null
        ? await hygieneOf(repository.folder, selection.tracked, repository.isBare)
        : null,
    findings,
  };
}

async function scanFolder(folder: string, options: ScanOptions): Promise<RepositoryScan> {
  const name = basename(resolve(folder));
  const scanned = await scanSelection(
    await selectFolder(folder),
    folder,
    options.key ?? sha256Hex(name),
    options,
  );
  const none = { folder: null, head: null, headDate: null };
  return { repository: name, ...none, scope: 'tree', hygiene: null, ...scanned };
}

type Identity = Pick<RepositoryScan, 'repository' | 'folder' | 'head' | 'headDate'>;

function identityOf({ name, within, head, headMs }: GitRepository): Identity {
  return { repository: name, folder: within, head, headDate: headMs === null ? null : isoSeconds(headMs) };
}

async function scanStaged(
  repository: GitRepository | null,
  folder: string,
  options: ScanOptions,
): Promise<RepositoryScan> {
  if (repository === null) throw new KeyproofError(`${folder}: no git repository; --staged needs one.`);
  const staged = await stagedFiles(repository);
  const added = new Map(staged.map(({ path, added: lines }) => [path, lines]));
  const alike = groupBy(staged, ({ id }) => id);
  const selection: Selection = {
    files: [],
    blobs: [...alike].map(([id, [first]]) => ({ path: first?.path ?? '', id, size: 0 })),
    places: new Map(
      [...alike].map(([id, files]) => [id, files.map(({ path }) => ({ path, commit: null, at: null }))]),
    ),
    present: new Map(staged.map(({ path, id }) => [path, id])),
    unread: [],
    tracked: [],
    submodules: [],
  };
  const { findings, coverage } = await scanSelection(
    selection,
    repository.folder,
    keyOf(options, repository),
    options,
  );
  const isAdded = (path: string, line: number) =>
    (added.get(path) ?? []).some(([first, last]) => line >= first && line <= last);
  return {
    ...identityOf({ ...repository, within: null }),
    scope: 'staged',
    coverage,
    hygiene: null,
    findings: findings.filter(({ path, line }) => isAdded(path, line)),
  };
}

/** The key of a repository is of its first commit, which every clone has and a reader of the report alone has not. */
function keyOf({ key }: ScanOptions, { root, name }: GitRepository): string {
  return key ?? sha256Hex(`keyproof ${root ?? name}`);
}

async function commitsOf(repository: GitRepository): Promise<number> {
  const args = ['rev-list', '--all', '--full-history', '--count', ...pathspecOf(repository)];
  return Number((await gitAnswer(repository.folder, args)) ?? 0);
}

type Scanned = Pick<RepositoryScan, 'findings' | 'coverage'>;

async function scanSelection(
  selection: Selection,
  folder: string,
  key: string,
  { key: stated, workers, nowMs, onProgress = () => undefined }: ScanOptions,
): Promise<Scanned> {
  const tasks = [
    ...tasksOf(selection.files, { folder, isBlobs: false, key }),
    ...tasksOf(selection.blobs, { folder, isBlobs: true, key }),
  ];
  const collector = new FindingCollector({ tellsHashes: stated === null });
  const coverage: ScanCoverage = {
    fullHistory: false,
    commits: 0,
    files: 0,
    bytes: 0,
    binary: 0,
    pointers: 0,
    isShallow: false,
    submodules: [...selection.submodules],
    unread: [...selection.unread],
  };
  const comments: PlacedComment[] = [];
  const total = selection.files.length + selection.blobs.length;
  let done = 0;
  for await (const files of runTasks(tasks, workers)) {
    for (const file of files) take(file, selection, { collector, coverage, comments });
    done += files.length;
    onProgress({ stage: 'scan', done, total });
  }
  const today = new Date(nowMs).toISOString().slice(0, 10);
  return { findings: withAllowed(collector.findings(), comments, today).sort(byPlace), coverage };
}

type Taken = { collector: FindingCollector; coverage: ScanCoverage; comments: PlacedComment[] };

function take(
  file: ScannedFile,
  { places, present }: Selection,
  { collector, coverage, comments }: Taken,
): void {
  const at = places.get(file.id) ?? [];
  if (file.state === 'missing' || file.state === 'too-large') {
    coverage.unread.push({ path: at[0]?.path ?? file.id, reason: REASONS[file.state] });
    return;
  }
  coverage.files += 1;
  coverage.bytes += file.bytes;
  if (file.state === 'binary') coverage.binary += 1;
  if (file.state === 'pointer') coverage.pointers += 1;
  for (const place of at) {
    const isNow = present.get(place.path) === file.id;
    for (const secret of file.found) collector.add({ ...secret, place, isNow });
    if (isNow) comments.push(...file.allows.map((comment) => ({ ...comment, path: place.path })));
  }
}

const REASONS = { missing: 'it could not be read', 'too-large': 'it is too large' };
