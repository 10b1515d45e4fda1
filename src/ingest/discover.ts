import { basename, resolve, sep } from 'node:path';
import fastGlob from 'fast-glob';
import type { AuditPlan, SourceSpec } from '../model/index.js';
import { redactSecrets } from '../secrets/redact.js';
import { compareText } from '../text/compare-text.js';
import { entryAt, refusal } from './entry.js';
import { findEvidencePacks, PART_OF_A_PACK } from './evidence-packs.js';
import type { FoundFile } from './found-file.js';
import { containerOf } from './inside-sources.js';
import { pathFrom } from './path-from.js';
import { realPath, walk } from './walk.js';

export type { FoundFile } from './found-file.js';

/** A file or folder that is not opened. */
export type LeftOut = {
  /** As `FoundFile.path`; a folder ends in `/`. */
  path: string;
  /** Absolute path. */
  absolute: string;
  /** Why. */
  reason: string;
};

/** The input files of a plan. */
export type Discovery = {
  /** Files to read, sorted by path, each once. */
  files: FoundFile[];
  /** What is no file and must not be opened, sorted by path, each with its reason: such an input is unreadable. */
  refused: LeftOut[];
  /** Files and folders left out, sorted by path, each with its reason. */
  leftOut: LeftOut[];
  /** Paths and globs of the plan that match nothing, and folders without a file, as relative paths. */
  notFound: string[];
  /** Entries of keyproof.yaml that match no file; one may name what is inside the archives and workbooks among the files. */
  unmatched: SourceSpec[];
};

/** Finds the files of a plan: paths of the command line, and sources of keyproof.yaml, which win if both name a file. */
export async function discover(plan: AuditPlan): Promise<Discovery> {
  const notFound: string[] = [];
  const candidates: FoundFile[] = [];
  const unmatched: SourceSpec[] = [];
  const hidden: { entry: string; anchor: string }[] = [];
  const entries = [
    ...plan.sources.map((spec) => ({
      pattern: resolve(plan.root, spec.path),
      shown: spec.path,
      spec,
    })),
    ...plan.paths.map((pattern) => ({ pattern, shown: shownPath(plan.root, pattern, pattern), spec: null })),
  ];
  for (const { pattern, shown, spec } of entries) {
    const found = await expand(pattern);
    if (found.files.length === 0 && spec !== null) {
      unmatched.push(spec);
      const container = containerOf(pattern);
      const path = container === null ? '' : shownPath(plan.root, container, container);
      if (container !== null) candidates.push({ absolute: container, path, spec: null, named: false });
      continue;
    }
    if (found.files.length === 0) notFound.push(shown);
    for (const entry of found.hidden) hidden.push({ entry, anchor: pattern });
    const named = spec !== null || !found.folder;
    const anchor = found.folder || found.files.length === 1 ? pattern : plan.root;
    for (const file of found.files)
      candidates.push({ absolute: file, path: shownPath(plan.root, anchor, file), spec, named });
  }
  for (const { absolute, path, spec } of plan.fetched ?? []) {
    if (absolute === null) notFound.push(path);
    else candidates.push({ absolute, path, spec, named: true });
  }
  const refused = refusedFiles(candidates);
  const closed = new Set(refused.map(({ absolute }) => absolute));
  const openable = candidates.filter(({ absolute }) => !closed.has(absolute));
  const reasons = await leftOutReasons(plan, hidden, openable);
  const files = unique(openable.filter(({ absolute }) => !reasons.some(({ covers }) => covers(absolute))));
  const leftOut = reasons
    .filter(({ shown }) => shown)
    .map(({ absolute, path, reason }) => ({ absolute, path, reason }));
  return {
    files: files.sort(byPath),
    refused,
    leftOut: leftOut.sort(byPath),
    unmatched,
    notFound: notFound.sort(),
  };
}

/** Returns what must not be opened, each path once. */
function refusedFiles(candidates: readonly FoundFile[]): LeftOut[] {
  const refused = new Map<string, LeftOut>();
  for (const { absolute, path } of candidates) {
    const reason = refusal(absolute);
    if (reason !== null) refused.set(absolute, { absolute, path, reason });
  }
  return distinctPaths([...refused.values()].sort(byPath));
}

type Expansion = {
  /** Whether the pattern is a folder. */
  folder: boolean;
  /** Files of it. */
  files: string[];
  /** Files and folders in it that are not looked into. */
  hidden: string[];
};

async function expand(pattern: string): Promise<Expansion> {
  const entry = entryAt(pattern);
  if (entry?.isDirectory()) return { folder: true, ...walk(pattern) };
  if (entry !== null) return { folder: false, files: [pattern], hidden: [] };
  const options = { absolute: true, onlyFiles: true, suppressErrors: true, followSymbolicLinks: false };
  return { folder: false, files: await fastGlob(pattern.split(sep).join('/'), options), hidden: [] };
}

/** `covers` tells which found files it takes away; what is hidden was never found, unless it was named. */
type Reason = LeftOut & { shown: boolean; covers: (absolute: string) => boolean };

async function leftOutReasons(
  plan: AuditPlan,
  hidden: { entry: string; anchor: string }[],
  candidates: FoundFile[],
): Promise<Reason[]> {
  const describe = (anchor: string, absolute: string, reason: string): Reason => {
    const folder = entryAt(absolute)?.isDirectory() ?? false;
    const covers = (file: string): boolean =>
      file === absolute || (folder && file.startsWith(`${absolute}/`));
    const path = shownPath(plan.root, anchor, absolute) + (folder ? '/' : '');
    return { absolute, path, reason, covers, shown: candidates.some((file) => covers(file.absolute)) };
  };
  const packs = findEvidencePacks(
    candidates.map(({ absolute }) => absolute),
    plan.output,
  );
  const ignored = await ignoredFiles(plan);
  return [
    ...hidden
      .map(({ entry, anchor }) => describe(anchor, entry, hiddenReason(entry)))
      .map((entry) => ({ ...entry, covers: () => false, shown: !entry.shown })),
    ...packs.map((pack) => describe(plan.root, pack, PART_OF_A_PACK)),
    ...ignored.map((file) => describe(plan.root, file, ignoredReason(file, plan))),
  ];
}

function hiddenReason(entry: string): string {
  if (basename(entry) === 'node_modules') return 'installed packages: left out';
  if (!basename(entry).startsWith('.'))
    return 'left behind by a program (a lock of an open file, thumbnails, settings of a folder): left out';
  return 'the name begins with a dot: left out; name the file itself to have it read';
}

async function ignoredFiles(plan: AuditPlan): Promise<string[]> {
  if (plan.ignore.length === 0) return [];
  const patterns = plan.ignore.flatMap((glob) => [glob, `${glob.replace(/\/$/, '')}/**`]);
  return fastGlob(patterns, { cwd: plan.root, absolute: true, dot: true, suppressErrors: true });
}

/** Returns why a file is left out that keyproof.yaml ignores. */
export function ignoredReason(file: string, { frameworks }: AuditPlan): string {
  if (frameworks.some((path) => file === path || file.startsWith(`${path}/`)))
    return 'a framework of your own: left out';
  if (/^keyproof\.(?:ya?ml|schema\.json)$/.test(basename(file)))
    return "keyproof's own configuration: left out";
  return 'left out by `ignore` in keyproof.yaml';
}

/**
 * Returns the path shown for a file: relative to the root, or, outside of it, beginning with the name of the folder
 * that was named. A secret in it is shown as its fingerprint.
 */
function shownPath(root: string, anchor: string, file: string): string {
  return redactSecrets(pathFrom(root, anchor, file));
}

/** Keeps each file once, also if links lead to it twice; an entry of keyproof.yaml and being named are kept. */
function unique(files: FoundFile[]): FoundFile[] {
  const byFile = new Map<string, FoundFile>();
  for (const file of files) {
    const real = realPath(file.absolute);
    const known = byFile.get(real);
    const first = known && (known.spec !== null || known.path <= file.path) ? known : file;
    byFile.set(real, {
      ...first,
      spec: known?.spec ?? file.spec,
      named: (known?.named ?? false) || file.named,
    });
  }
  return distinctPaths([...byFile.values()].sort(byPath));
}

/** Makes shown paths distinct. Two files outside the root may come to the same path: later ones get a number. */
export function distinctPaths<T extends { path: string }>(files: T[]): T[] {
  const seen = new Map<string, number>();
  return files.map((file) => {
    const count = (seen.get(file.path) ?? 0) + 1;
    seen.set(file.path, count);
    return count === 1 ? file : { ...file, path: `${file.path} (${count})` };
  });
}

function byPath(a: { path: string; absolute: string }, b: { path: string; absolute: string }): number {
  return compareText(a.path, b.path) || compareText(a.absolute, b.absolute);
}
