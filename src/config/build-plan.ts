import { existsSync, readFileSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import {
  type AuditPlan,
  type Checklist,
  type ClassifyRule,
  type ConfigFile,
  DAY_MS,
  didYouMean,
  KeyproofError,
  type Profile,
  SEVERITIES,
  type Severity,
  type SourceSpec,
  type Waiver,
} from '../model/index.js';
import { redactSecrets } from '../secrets/redact.js';
import { sha256Hex } from '../text/sha256.js';
import { isTimeZone, ZONE_FORM } from '../text/time-zone.js';
import { loadChecklist } from './checklist.js';
import { loadChecklistWorkbook } from './checklist-workbook.js';
import { chosenPresets } from './chosen-presets.js';
import { parseAsOf, parsePeriod, periodBetween } from './dates.js';
import { dueDays } from './due-days.js';
import { formatsOf } from './formats.js';
import { frameworkRefs } from './framework-refs.js';
import { githubSource } from './github-source.js';
import { givenFacts } from './given-facts.js';
import { loadConfig } from './load-config.js';
import { PROFILES } from './profiles.js';
import { thresholdsInForce } from './thresholds-in-force.js';
import { joinedWaivers, loadWaivers } from './waivers.js';

/** What `keyproof init` writes beside keyproof.yaml. */
const SCHEMA_FILE = 'keyproof.schema.json';

/** What was given on the command line or in the environment; flags beat environment beats file. */
export type PlanRequest = {
  /** Files and folders to audit; the folder of the config, or the working directory, if none is named. */
  paths?: string[];
  /** Config file; `keyproof.yaml` in the working directory or in the first folder named is used if it is not given. */
  config?: string | undefined;
  /** Name of the audited entity. */
  organisation?: string | undefined;
  /** As-of date. */
  asOf?: string | undefined;
  /** Period, `FROM..TO` or `2026-Q3`. */
  period?: string | undefined;
  /** Framework ids or aliases, and paths of files and folders of one's own. */
  frameworks?: string[] | undefined;
  /** Folders of further policies. */
  policies?: string[] | undefined;
  /** Checklist that people filled in. */
  checklist?: string | undefined;
  /** What it holds, if it was read already; a CSV is read here. */
  checklistRead?: Checklist | undefined;
  /** Folder of the previous pack. */
  previous?: string | undefined;
  /** File of accepted exceptions. */
  waivers?: string | undefined;
  /** Outputs. */
  formats?: string[] | undefined;
  /** Folder of the pack. */
  output?: string | undefined;
  /** Lowest severity that makes the exit code 1. */
  failOn?: string | undefined;
  /** Worker threads. */
  workers?: string | number | undefined;
  /** Memory of the database, MB. */
  memoryMb?: string | undefined;
  /** Folder that keeps what is fetched. */
  saveSources?: string | undefined;
  /** Working directory. */
  cwd: string;
  /** The current time, epoch ms: the as-of date if nothing else states one. */
  nowMs: number;
};

const DEFAULT_SUBJECT_TIMEOUT_MS = 5000;

/** A request with the config that belongs to it. */
type Asked = {
  request: PlanRequest;
  config: ConfigFile;
  /** Path of the config; null if there is none. */
  configPath: string | null;
  /** Folder that paths of the config start at. */
  base: string;
  /** Folder that contains every path. */
  root: string;
  /** Files and folders to audit, absolute. */
  paths: string[];
  /** Ids of frameworks, and absolute paths of files and folders of one's own. */
  frameworks: string[];
};

/**
 * Turns what was asked and keyproof.yaml into a complete plan.
 * @throws KeyproofError for an invalid config, date, severity, format, or a path that does not exist.
 */
export function buildPlan(request: PlanRequest): AuditPlan {
  const asked = withConfig(request);
  return {
    ...entityPart(asked),
    ...evidencePart(asked),
    ...decidingPart(asked),
    ...outputPart(asked),
    workers: threadsOf(request.workers),
    ...(request.memoryMb === undefined ? {} : { memoryMb: memoryOf(request.memoryMb) }),
    subjectTimeoutMs: DEFAULT_SUBJECT_TIMEOUT_MS,
  };
}

function withConfig(request: PlanRequest): Asked {
  const configPath = findConfig(request);
  const config =
    configPath === null ? {} : loadConfig(configPath, relative(request.cwd, configPath) || configPath);
  const base = configPath === null ? request.cwd : dirname(configPath);
  const paths = absolutePaths(request, base);
  const root = commonFolder(configPath === null ? paths : [dirname(configPath), ...paths]);
  const frameworks = request.frameworks
    ? frameworkRefs(request.frameworks, request.cwd)
    : frameworkRefs(config.frameworks ?? [], base);
  return { request, config, configPath, base, root, paths, frameworks };
}

/** Returns whom the audit is about, and when. */
function entityPart({ request, config, root }: Asked) {
  const named = request.organisation ?? config.organisation;
  const period = periodOf(request, config);
  return {
    organisation: named ?? redactSecrets(basename(root)),
    ...(named === undefined ? { unnamed: true } : {}),
    profile: profileOf(config),
    jurisdictions: config.jurisdictions ?? [],
    asOfMs: asOfOf(request, config, period),
    period,
  };
}

/** Returns what is read, and how. */
function evidencePart(asked: Asked) {
  const { request, config, configPath, base, root, paths } = asked;
  return {
    root,
    paths,
    sources: (config.sources ?? []).map((source) => ({
      ...checked(source),
      path: under(root, base, source.path),
    })),
    ...(config.classify === undefined ? {} : { classify: config.classify.map(checkedRule) }),
    github: (config.github ?? []).map(githubSource),
    ...(request.saveSources === undefined ? {} : { saveSources: resolve(request.cwd, request.saveSources) }),
    scans: (config.scan ?? []).map((folder) => resolve(base, folder)),
    ignore: ignoredPaths(asked),
    ...(configPath === null ? {} : { configSha256: sha256Hex(readFileSync(configPath)) }),
    ...readingSha256(config),
  };
}

/** Returns paths that are no evidence: those that the config names, and files of keyproof itself. */
function ignoredPaths({ request, config, configPath, base, root, frameworks }: Asked): string[] {
  const own = configPath === null ? [] : [basename(configPath), SCHEMA_FILE];
  const given = [request.waivers, request.checklist].filter((file) => file !== undefined);
  return [
    ...[...(config.ignore ?? []), ...frameworks.filter(isAbsolute), ...own].map((path) =>
      under(root, base, path),
    ),
    ...given.map((file) => under(root, request.cwd, file)),
  ];
}

/** Returns what verdicts depend on beside the evidence. */
function decidingPart({ request, config, base, frameworks }: Asked) {
  const facts = givenFacts(config);
  const presets = chosenPresets(config);
  const waivers = waiversOf(request, config);
  return {
    applicability: Object.fromEntries(facts.map(({ name, value }) => [name, value])),
    facts,
    ...(config.scope === undefined ? {} : { scope: config.scope }),
    presets,
    ...(waivers.length === 0 ? {} : { waivers }),
    ...(request.checklist === undefined ? {} : { checklist: checklistOf(request, request.checklist) }),
    ...(request.previous === undefined
      ? {}
      : { previous: existing(resolve(request.cwd, request.previous), '--previous') }),
    thresholds: thresholdsInForce(presets, config.thresholds ?? {}),
    due: dueDays(config.due),
    frameworks,
    policyDirs: [
      ...(config.policies ?? []).map((dir) => existing(resolve(base, dir), 'keyproof.yaml: policies')),
      ...(request.policies ?? []).map((dir) => existing(resolve(request.cwd, dir), '--policy')),
    ],
  };
}

/** Returns what is written, where to, and what the exit code rests on. */
function outputPart({ request, config, base }: Asked) {
  return {
    formats: formatsOf(request.formats ?? config.formats),
    output:
      request.output !== undefined
        ? resolve(request.cwd, request.output)
        : resolve(config.output ? base : request.cwd, config.output ?? 'evidence-pack'),
    failOn: failOnOf(request.failOn ?? config.failOn ?? 'high'),
    classification: config.classification ?? 'Confidential',
  };
}

/** Returns the accepted exceptions of a request, sorted by id. @throws KeyproofError for invalid ones. */
export function waiversOf(
  { waivers: file, cwd }: Pick<PlanRequest, 'waivers' | 'cwd'>,
  config: ConfigFile,
): Waiver[] {
  const further = file === undefined ? [] : loadWaivers(existing(resolve(cwd, file), '--waivers'), file);
  return joinedWaivers(config.waivers ?? [], further);
}

/** Reads a checklist that is a workbook; returns undefined for a CSV, which is read when the plan is built. */
export async function readChecklist(cwd: string, file: string): Promise<Checklist | undefined> {
  if (!/\.xlsx$/i.test(file)) return undefined;
  return await loadChecklistWorkbook(existing(resolve(cwd, file), '--checklist'), file);
}

function checklistOf({ cwd, checklistRead }: PlanRequest, file: string): Checklist {
  return checklistRead ?? loadChecklist(existing(resolve(cwd, file), '--checklist'), file);
}

function profileOf({ entity }: ConfigFile): Profile | null {
  if (!entity) return null;
  const { title, about } = PROFILES[entity];
  return { id: entity, title, about };
}

/** Returns the config file that is named, or found in the working directory or the first folder named; null if there is none. */
export function findConfig(request: Pick<PlanRequest, 'config' | 'cwd' | 'paths'>): string | null {
  if (request.config !== undefined) return existing(resolve(request.cwd, request.config), '--config');
  const folders = [
    request.cwd,
    ...(request.paths ?? []).slice(0, 1).map((path) => resolve(request.cwd, path)),
  ];
  const candidates = folders.flatMap((folder) => [
    join(folder, 'keyproof.yaml'),
    join(folder, 'keyproof.yml'),
  ]);
  return candidates.find((file) => existsSync(file)) ?? null;
}

function absolutePaths(request: PlanRequest, base: string): string[] {
  const named = request.paths ?? [];
  return named.length === 0 ? [base] : named.map((path) => existing(resolve(request.cwd, path)));
}

/** @param named what names the path, such as `--config`. */
function existing(path: string, named?: string): string {
  if (existsSync(path)) return path;
  const place = named === undefined ? path : `${named}: ${path}`;
  throw new KeyproofError(`${place}: no such file or folder; check the path.`);
}

function commonFolder(paths: string[]): string {
  const folders = paths.map((path) => (statSync(path).isDirectory() ? path : dirname(path)).split(sep));
  const first = folders[0] ?? [];
  const differs = first.findIndex((part, index) => folders.some((folder) => folder[index] !== part));
  return first.slice(0, differs === -1 ? undefined : differs).join(sep) || sep;
}

function under(root: string, base: string, path: string): string {
  return relative(root, resolve(base, path)).split(sep).join('/');
}

function periodOf(request: PlanRequest, config: ConfigFile): AuditPlan['period'] {
  if (request.period !== undefined) return parsePeriod(request.period, '--period');
  if (config.period === undefined) return null;
  return periodBetween(config.period.from, config.period.to, 'keyproof.yaml: period');
}

/** @throws KeyproofError if the period that a source covers, or its time zone, is none. */
function checked(source: SourceSpec): SourceSpec {
  const { timezone } = source;
  if (timezone !== undefined && !isTimeZone(timezone)) {
    const place = `keyproof.yaml: sources, ${source.path}: timezone`;
    throw new KeyproofError(`${place}: "${redactSecrets(timezone)}" is no time zone; expected ${ZONE_FORM}.`);
  }
  const { period } = source.covers ?? {};
  if (period) periodBetween(period.from, period.to, `keyproof.yaml: sources, ${source.path}: covers.period`);
  return source;
}

const PATTERNS = ['id', 'name', 'path', 'store', 'account'] as const;
const GIVEN = ['owner', 'environment', 'risk_tier'] as const;

/** Returns the hash of what decides how exports are read, as it is written; nothing if nothing is. */
function readingSha256({ sources = [], classify = [] }: ConfigFile): Pick<AuditPlan, 'readingSha256'> {
  if (sources.length + classify.length === 0) return {};
  return { readingSha256: sha256Hex(JSON.stringify([sources, classify])) };
}

/** @throws KeyproofError if a rule of `classify` fits everything or gives nothing. */
function checkedRule(rule: ClassifyRule, index: number): ClassifyRule {
  const place = `keyproof.yaml: classify, rule ${index + 1}`;
  if (PATTERNS.every((name) => rule[name] === undefined))
    throw new KeyproofError(`${place}: there is no pattern; state one of ${PATTERNS.join(', ')}.`);
  if (GIVEN.every((name) => rule[name] === undefined))
    throw new KeyproofError(`${place}: it gives nothing; state one of ${GIVEN.join(', ')}.`);
  return rule;
}

function asOfOf(request: PlanRequest, config: ConfigFile, period: AuditPlan['period']): number {
  if (request.asOf !== undefined) return parseAsOf(request.asOf, '--as-of');
  if (config.asOf !== undefined) return parseAsOf(config.asOf, 'keyproof.yaml: asOf');
  return period?.endMs ?? Math.floor(request.nowMs / DAY_MS) * DAY_MS + DAY_MS - 1;
}

/** Reads a severity as `--fail-on` takes it. @throws KeyproofError if it is none. */
export function failOnOf(text: string): Severity | 'none' {
  const found = [...SEVERITIES, 'none' as const].find((severity) => severity === text);
  if (found !== undefined) return found;
  throw new KeyproofError(
    `--fail-on: "${text}" is not a severity${didYouMean(text, [...SEVERITIES, 'none'])} Use ${SEVERITIES.join(', ')} or none.`,
  );
}

function memoryOf(asked: string): number {
  const megabytes = Number(asked);
  if (Number.isInteger(megabytes) && megabytes >= 100) return megabytes;
  throw new KeyproofError(`KEYPROOF_MEMORY_MB: "${asked}" is not a whole number of megabytes from 100.`);
}

/**
 * Returns the number of worker threads that was asked for; that of the processors, at most 16, by default.
 * @throws KeyproofError if it is not a number from 1 to 64
 */
export function threadsOf(asked: string | number | undefined): number {
  if (asked === undefined) return Math.max(1, Math.min(availableParallelism(), 16));
  const count = Number(asked);
  if (Number.isInteger(count) && count >= 1 && count <= 64) return count;
  throw new KeyproofError(`--workers: "${asked}" is not a number of threads from 1 to 64.`);
}
