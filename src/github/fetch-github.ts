import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FetchedFile, GithubExport, GithubSource } from '../model/index.js';
import { joinWords } from '../text/format.js';
import { failureOf, type GithubAccess, githubClient } from './client.js';
import { EXPORTS, type ExportKind, type ExportQuery } from './exports.js';
import { type Extract, writeExtracts } from './extracts.js';
import { writeExport } from './write-export.js';

/** What is fetched, and where to. */
export type FetchRequest = {
  /** Organisations. */
  sources: readonly GithubSource[];
  /** Folder that the files are written to; made if it is not there. */
  folder: string;
  /** Environment that holds the tokens. */
  env: NodeJS.ProcessEnv;
  /** First moment of the audit log, epoch ms; null for as far back as GitHub keeps it. */
  fromMs: number | null;
  /** Last moment of the audit log, epoch ms. */
  toMs: number;
  /** The current time, epoch ms: when the files are taken. */
  nowMs: number;
  /** As `GithubAccess.secondMs`. */
  secondMs?: number;
  /** As `GithubAccess.answerWithin`. */
  answerWithin?: number;
};

const GITHUB = 'https://api.github.com';
const ALL = Object.keys(EXPORTS) as GithubExport[];
/** Days that GitHub keeps the audit log. */
const KEPT_DAYS = 180;
const DAY_MS = 86_400_000;

/**
 * Fetches the exports of organisations from GitHub into files, as the API gives them, with a register of how they were taken. What
 * cannot be fetched has a sentence, and costs nothing else.
 */
export async function fetchGithub(request: FetchRequest): Promise<FetchedFile[]> {
  await mkdir(request.folder, { recursive: true });
  const extracts: Extract[] = [];
  const files: FetchedFile[] = [];
  for (const [index, source] of request.sources.entries())
    files.push(...(await fetchSource(source, index, request, extracts)));
  if (extracts.length === 0) return files;
  return [...files, await writeExtracts(request.folder, extracts)];
}

type Taken = { name: GithubExport; path: string; result: Extract | string };

async function fetchSource(
  source: GithubSource,
  index: number,
  request: FetchRequest,
  extracts: Extract[],
): Promise<FetchedFile[]> {
  const taken = await takeAll(source, index, request);
  extracts.push(...taken.flatMap(({ result }) => (typeof result === 'string' ? [] : result)));
  return taken.map((one) => fetchedFile(one, taken, source, request.folder));
}

/** Takes the exports one after another. If no answer comes for one, the others are not asked for: they would wait as long. */
async function takeAll(source: GithubSource, index: number, request: FetchRequest): Promise<Taken[]> {
  const access = accessOf(source, request);
  const taken: Taken[] = [];
  let unreachable = typeof access === 'string' ? access : null;
  for (const name of ALL.filter((one) => (source.what ?? ALL).includes(one))) {
    const path = `${EXPORTS[name].file}${index === 0 ? '' : `-${index + 1}`}.json`;
    const result =
      unreachable ??
      (typeof access === 'string'
        ? access
        : await take({ kind: EXPORTS[name], file: path }, source, access, request));
    if (typeof result === 'string' && result.startsWith(NO_ANSWER)) unreachable = result;
    taken.push({ name, path, result });
  }
  return taken;
}

function fetchedFile(
  { name, path, result }: Taken,
  all: readonly Taken[],
  { organisation }: GithubSource,
  folder: string,
): FetchedFile {
  const spec = { path, as: EXPORTS[name].adapter };
  if (typeof result !== 'string') return { absolute: join(folder, path), path, spec, problem: null };
  const same = all.filter((one) => one.result === result).map((one) => one.name);
  const what = `${joinWords(same)} ${same.length === 1 ? 'was' : 'were'} not fetched`;
  return { absolute: null, path, spec, problem: `GitHub, ${organisation}: ${what}: ${result}` };
}

const NO_ANSWER = 'no answer';

/** Returns how to reach GitHub; a sentence if the token is not there. */
function accessOf(
  { token = 'GITHUB_TOKEN', baseUrl = GITHUB }: GithubSource,
  { env, secondMs = 1000, answerWithin }: FetchRequest,
): GithubAccess | string {
  const value = env[token]?.trim() ?? '';
  if (value === '')
    return `the environment variable ${token} is not set; set it to a token that may read them.`;
  if (/\s/.test(value))
    return `the environment variable ${token} has a space or a line break inside; set it to the token alone.`;
  return {
    baseUrl: baseUrl.replace(/\/+$/, ''),
    token: value,
    secondMs,
    ...(answerWithin && { answerWithin }),
  };
}

/** Takes one export. @returns what the register of extracts has of it; why it could not be had. */
async function take(
  { kind, file }: { kind: ExportKind; file: string },
  { organisation }: GithubSource,
  access: GithubAccess,
  request: FetchRequest,
): Promise<Extract | string> {
  const query: ExportQuery = { organisation, days: daysOf(request) };
  try {
    const pages = kind.pages(await githubClient(access), query);
    const { records, sha256 } = await writeExport(join(request.folder, file), pages);
    return {
      file,
      query: kind.query(query),
      records,
      sha256,
      takenMs: request.nowMs,
      covers: kind.covers ? coveredBy(request) : null,
      address: access.baseUrl,
    };
  } catch (error) {
    const failure = failureOf(error);
    if (failure === null) throw error;
    const needs = failure.rights ? ` It needs ${kind.rights}.` : '';
    return `${failure.reason}.${needs}`;
  }
}

function fromOf({ fromMs, toMs }: FetchRequest): number {
  return fromMs ?? toMs - KEPT_DAYS * DAY_MS;
}

function daysOf(request: FetchRequest): ExportQuery['days'] {
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  return { from: day(fromOf(request)), to: day(request.toMs) };
}

/** What a log covers: whole days of those that GitHub still keeps, up to now. */
function coveredBy(request: FetchRequest): { fromMs: number; toMs: number } {
  const kept = request.nowMs - KEPT_DAYS * DAY_MS;
  const from = Math.floor(fromOf(request) / DAY_MS) * DAY_MS;
  return { fromMs: Math.max(from, kept), toMs: Math.min(request.toMs, request.nowMs) };
}
