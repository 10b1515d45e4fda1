import {
  type AbsentInput,
  type AuditPlan,
  absence,
  type Coverage,
  EVERY_SYSTEM,
  type InputFile,
  type RecordKind,
} from '../../model/index.js';
import { groupBy } from '../../text/group-by.js';
import { mayConcern, type Scope, speaksFor } from './scope.js';
import { coveredUpTo, uncoveredStretches } from './stretches.js';

/** What coverage is judged from. */
export type CoverageEvidence = {
  /** The input files. */
  files: readonly InputFile[];
  /** Files and sources that are named and were not supplied. */
  absent: readonly AbsentInput[];
};

/**
 * States why nothing may be concluded from the records that the evidence lacks: sentences, none if something may. The one
 * place that decides this.
 */
export type CoverageJudge = {
  /** Of one subject: `named` states whether a record of the kind names it. */
  ofSubject(kind: RecordKind, scope: Scope, named: boolean): string[];
  /** Of a kind of record as a whole. */
  ofKind(kind: RecordKind): string[];
  /** Of a kind of record as a whole, of which no log covers what another lacks. */
  ofLogs(kind: RecordKind): string[];
  /** Of a kind of which some records are enough, of all systems or of one: only what is known to be missing. */
  gaps(kind: RecordKind, scope?: Scope): string[];
  /** Moment from which logs that are complete for a scope cover all time up to the as-of date, epoch ms, UTC; null if none do. */
  coveredFrom(kind: RecordKind, scope: Scope): number | null;
  /** Scope of what an inventory file says about its subjects. */
  scopeOf(kind: RecordKind, file: string): Scope;
};

type Entry = { path: string; coverage: Coverage };

/** Kinds whose records are events in time: silence of them means something only for a stretch of time that they cover. */
const LOGS: readonly RecordKind[] = ['events', 'rotations'];

const NAMED_BY: { readonly [B in AbsentInput['namedBy']]: string } = {
  'keyproof.yaml': 'keyproof.yaml',
  extracts: 'the register of extracts',
};

/** Sentences given for one kind; more are counted. */
const MOST_SENTENCES = 3;

/** Returns the judge for an audit. */
export function coverageJudge(evidence: CoverageEvidence, plan: AuditPlan): CoverageJudge {
  const known = knownOf(evidence, plan);
  return {
    ofSubject: (kind, scope, named) => saidOfSubject(kind, scope, named, known),
    ofKind: (kind) => saidOfWhole(kind, (counting) => uncovered(kind, counting, plan), known),
    ofLogs: (kind) => saidOfWhole(kind, (counting) => uncoveredByLogs(kind, counting, plan), known),
    gaps: (kind, scope) => short([...gapsOf(known.entries(kind), scope), ...known.lost(kind)]),
    coveredFrom: (kind, scope) => coveredFrom(kind, scope, known),
    scopeOf(kind, file) {
      const own = known.entries(kind).find(({ path }) => path === file)?.coverage;
      return { systems: only(own?.systems), accounts: only(own?.accounts) };
    },
  };
}

/** What is known of each kind of record, and the plan of the audit. */
type Known = {
  /** What each file states of a kind. */
  entries(kind: RecordKind): readonly Entry[];
  /** Says which files and sources may hold records of a kind that were not read. */
  lost(kind: RecordKind): string[];
  plan: AuditPlan;
};

function knownOf({ files, absent }: CoverageEvidence, plan: AuditPlan): Known {
  const stated = files.flatMap(({ path, coverage }) => coverage.map((one) => ({ path, coverage: one })));
  const byKind = groupBy<Entry, RecordKind>(stated, ({ coverage }) => coverage.kind);
  const unread = files
    .filter(isOfAnyKind)
    .map(({ path }) => `${path} could not be read and may hold such records`);
  const notThere = (kind: RecordKind) =>
    absent
      .filter(({ kinds }) => kinds === null || kinds.includes(kind))
      .map((one) => `${one.file}, which ${NAMED_BY[one.namedBy]} names, ${absence(one)}`);
  return {
    entries: (kind) => byKind.get(kind) ?? [],
    lost: (kind) => [...unread, ...notThere(kind)],
    plan,
  };
}

function saidOfSubject(
  kind: RecordKind,
  scope: Scope,
  named: boolean,
  { entries, lost, plan }: Known,
): string[] {
  const all = entries(kind);
  const speaking = all.filter(({ coverage }) => speaksFor(coverage, scope));
  const own = named ? speaking : speaking.filter(isComplete);
  const counting = named && own.length === 0 ? holders(all, scope) : [own].filter(isFilled);
  const unstated =
    counting.length === 0 ? [notStated(kind, scope)] : counting.flatMap((of) => uncovered(kind, of, plan));
  return short([...unstated, ...gapsOf(all, scope), ...lost(kind)]);
}

function saidOfWhole(
  kind: RecordKind,
  uncoveredBy: (counting: readonly Entry[]) => string[],
  { entries, lost, plan }: Known,
): string[] {
  const all = entries(kind);
  const complete = all.filter(isComplete);
  const filled = all.filter(({ coverage }) => coverage.records > 0);
  const counting =
    LOGS.includes(kind) && plan.period === null ? complete : [...new Set([...complete, ...filled])];
  const unstated = counting.length === 0 ? [nothingStated(kind)] : uncoveredBy(counting);
  return short([...unstated, ...gapsOf(all), ...lost(kind)]);
}

/** Says which stretches of time files of a log leave out; nothing of other kinds. */
function uncovered(kind: RecordKind, of: readonly Entry[], plan: AuditPlan, log = 'supplied'): string[] {
  if (!LOGS.includes(kind)) return [];
  const periods = of.map(({ coverage }) => coverage.period);
  return uncoveredStretches(periods, plan).map(
    (stretch) => `the ${WORDS[kind] ?? kind} ${log} covers nothing ${stretch}`,
  );
}

function uncoveredByLogs(kind: RecordKind, counting: readonly Entry[], plan: AuditPlan): string[] {
  const logs = eachLog(counting);
  return logs.flatMap(({ of, name }) => uncovered(kind, of, plan, logs.length > 1 ? name : undefined));
}

function coveredFrom(kind: RecordKind, scope: Scope, { entries, lost, plan }: Known): number | null {
  const all = entries(kind);
  if (gapsOf(all, scope).length > 0 || lost(kind).length > 0) return null;
  const whole = all.filter((entry) => speaksFor(entry.coverage, scope) && isComplete(entry));
  return coveredUpTo(
    plan.asOfMs,
    whole.map(({ coverage }) => coverage.period),
  );
}

/** Returns the gaps of files, of those only that may concern a scope if one is given. */
function gapsOf(all: readonly Entry[], scope?: Scope): string[] {
  return all
    .filter(({ coverage }) => scope === undefined || mayConcern(coverage, scope))
    .flatMap(({ coverage }) => coverage.gaps);
}

function isComplete({ coverage }: Entry): boolean {
  return coverage.completeBy !== null;
}

function isFilled({ length }: readonly Entry[]): boolean {
  return length > 0;
}

/** The files of one log, which cover together what it lacks, and how a sentence calls it. */
type Log = { of: readonly Entry[]; name: string };

/**
 * Returns the logs that files are of: one of each account of each system, with the files of all systems, which speak for it
 * too; and one of the files that state no system. No log covers what another lacks.
 */
function eachLog(all: readonly Entry[]): Log[] {
  const scopes = new Map(
    all.flatMap(({ coverage }) => scopesOf(coverage)).map((scope) => [nameOf(scope), scope]),
  );
  const logs = [...scopes].map(([name, scope]) => ({
    name,
    of: all.filter(({ coverage }) => speaksFor(coverage, scope)),
  }));
  const others = all.filter(({ coverage: { systems } }) => systems.length === 0 || logs.length === 0);
  return others.length === 0 ? logs : [...logs, { name: 'without a stated system', of: others }];
}

function scopesOf({ systems, accounts }: Coverage): Scope[] {
  const named = systems.filter((system) => system !== EVERY_SYSTEM);
  return accounts.length === 0
    ? named.map((system) => ({ systems: [system], accounts: [] }))
    : named.flatMap((system) => accounts.map((account) => ({ systems: [system], accounts: [account] })));
}

function nameOf({ systems, accounts }: Scope): string {
  return ['of', ...systems, ...accounts].join(' ');
}

/**
 * Returns the files that may hold the records that name a subject, for which none speaks. Of which system it is may be
 * unknown: then the files of each log have to do.
 */
function holders(all: readonly Entry[], scope: Scope): readonly (readonly Entry[])[] {
  const filled = all.filter(({ coverage }) => coverage.records > 0);
  if (scope.systems.length > 0) return [filled].filter(isFilled);
  const concerned = filled.filter(({ coverage }) => mayConcern(coverage, scope));
  return eachLog(concerned).map(({ of }) => of);
}

/** An unreadable file of which no kind is known. */
function isOfAnyKind({ state, coverage }: InputFile): boolean {
  return state === 'unreadable' && coverage.length === 0;
}

/** A file of several systems does not tell which of them a record is of. */
function only(values: readonly string[] = []): readonly string[] {
  const named = values.filter((value) => value !== '*');
  return named.length === 1 ? named : [];
}

const WORDS: { readonly [K in RecordKind]?: string } = {
  events: 'audit log',
  rotations: 'rotation log',
  grants: 'list of access rights',
  secret_findings: 'report of a secret scan',
  keys: 'inventory of keys',
  principals: 'directory of people',
};

function notStated(kind: RecordKind, { systems }: Scope): string {
  const system = systems[0] ?? 'its system, which is not stated';
  return `no ${WORDS[kind] ?? `export of ${kind}`} is stated to be complete for ${system}, and none names it`;
}

function nothingStated(kind: RecordKind): string {
  const holds = LOGS.includes(kind) ? '' : ' holds a record or';
  return `no ${WORDS[kind] ?? `export of ${kind}`}${holds} is stated to be complete`;
}

function short(sentences: readonly string[]): string[] {
  const distinct = [...new Set(sentences)];
  const more = distinct.length - MOST_SENTENCES;
  return [...distinct.slice(0, MOST_SENTENCES), ...(more > 0 ? [`${more} more reasons`] : [])];
}
