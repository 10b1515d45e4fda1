import type { Coverage, RecordKind, SourceSpec } from '../model/index.js';
import { redactSecrets } from '../secrets/redact.js';
import { distinctTexts } from '../text/compare-text.js';
import type { Emit } from './adapter.js';
import { momentOfEntry } from './fields/entry-moment.js';

/** What a file states itself that it speaks for. */
export type Scope = {
  /** Systems, stores or repositories. */
  systems?: readonly string[];
  /** Accounts, such as `111122223333/eu-west-1`. */
  accounts?: readonly string[];
};

/** What is noted while a file is read, to tell what it can speak for. */
export type CoverageNotes = {
  /** Notes a scope that the file states. */
  speaksFor(scope: Scope): void;
  /** Notes kinds of record that the file may hold, read to its end or not. */
  mayHold(kinds: readonly RecordKind[]): void;
  /** Notes a clause on what the file leaves out of a kind of record, such as `lacks the columns of a second key`. */
  lacks(kind: RecordKind, clause: string): void;
  /** Notes a record. */
  saw(emit: Emit): void;
  /** Notes the time of an entry of a log that gave no record. */
  passed(entry: Record<string, unknown>): void;
  /** Notes a field that could not be read. */
  lost(kind: RecordKind, field: string): void;
  /** Returns what the file can speak for by its own records, sorted by kind. */
  coverage(file: FileEnd): Coverage[];
};

/** How the reading of a file ended. */
export type FileEnd = {
  /** Path. */
  path: string;
  /** Its entry in keyproof.yaml. */
  spec: SourceSpec | null;
  /** Records by kind; a kind that it supplies and has none of is 0. */
  produced: { readonly [K in RecordKind]?: number };
  /** Rejected records. */
  rejected: number;
  /** Whether it continues elsewhere. */
  truncated: boolean;
  /** Whether it was read to its end. */
  whole: boolean;
};

/** Fields by which a record is found, joined or dated: a record of which one could not be read may belong to any subject. */
const JOINS: { readonly [K in RecordKind]?: readonly string[] } = {
  events: ['key_id', 'route_id', 'category'],
  rotations: ['rotation_id'],
  principals: ['status', 'departed_at'],
  secret_findings: ['repository_id', 'secret_sha256', 'state'],
  keys: ['fingerprint', 'owner', 'vendor', 'repositories', 'store'],
  incidents: ['key_ids'],
};

/** Kinds of record that one log holds: it covers the time of all its entries for each that it gave one of. It may have been exported without the other. */
const OF_LOGS: readonly RecordKind[] = ['events', 'rotations'];

type Span = { firstMs: number; lastMs: number };

type Seen = Span & { lost: number; lacks: Set<string> };

/** Starts the notes of one file. */
export function coverageNotes(): CoverageNotes {
  const systems = new Set<string>();
  const accounts = new Set<string>();
  const stores = new Set<string>();
  const kinds = new Set<RecordKind>();
  const seen = new Map<RecordKind, Seen>();
  const log = noSpan();
  const of = (kind: RecordKind): Seen => {
    const known = seen.get(kind) ?? { ...noSpan(), lost: 0, lacks: new Set<string>() };
    seen.set(kind, known);
    return known;
  };
  return {
    speaksFor(scope) {
      for (const system of scope.systems ?? []) systems.add(redactSecrets(system).toLowerCase());
      for (const account of scope.accounts ?? []) accounts.add(redactSecrets(account).toLowerCase());
    },
    mayHold(all) {
      for (const kind of all) kinds.add(kind);
    },
    lacks: (kind, clause) => void of(kind).lacks.add(clause),
    saw(emit) {
      const ms = momentOf(emit);
      if (ms === null && isLost(emit)) of(emit.kind).lost += 1;
      if (ms !== null) extend(OF_LOGS.includes(emit.kind) ? log : of(emit.kind), ms);
      if (emit.kind === 'keys' && emit.record.store) stores.add(emit.record.store.toLowerCase());
    },
    passed(entry) {
      // What an inventory leaves out is no entry of a log.
      const ms = kinds.has('events') && !kinds.has('keys') ? momentOfEntry(entry) : null;
      if (ms !== null) extend(log, ms);
    },
    lost(kind, field) {
      if (JOINS[kind]?.includes(field)) of(kind).lost += 1;
    },
    coverage: (file) =>
      heldBy(file, kinds).map((kind) => ({
        kind,
        records: file.produced[kind] ?? 0,
        systems: distinctTexts([...systems, ...(kind === 'keys' ? stores : [])]),
        accounts: [...accounts].sort(),
        period: periodOf(file.produced[kind] && OF_LOGS.includes(kind) ? log : seen.get(kind)),
        completeBy: null,
        gaps: gapsOf(file, seen.get(kind)),
      })),
  };
}

/** Returns the kinds that a file may hold, sorted: those it was said to hold, and those of which it gave a record. */
function heldBy(
  { spec, produced }: Parameters<CoverageNotes['coverage']>[0],
  kinds: ReadonlySet<RecordKind>,
): RecordKind[] {
  const stated = spec?.kind === undefined ? [] : [spec.kind];
  return [...new Set([...kinds, ...stated, ...(Object.keys(produced) as RecordKind[])])].sort();
}

/** Returns what a file that is not used may hold, by the format that it most likely has: kinds of record, each with a gap. */
export function possibleLoss(path: string, kinds: readonly RecordKind[]): Coverage[] {
  const gap = `${path} was not recognised and may hold such records`;
  return distinctTexts(kinds).map((kind) => ({
    kind,
    records: 0,
    systems: [],
    accounts: [],
    period: null,
    completeBy: null,
    gaps: [gap],
  }));
}

/** Returns the moment of a record of a log; null for what is no log, or has no date. */
function momentOf(emit: Emit): number | null {
  if (emit.kind !== 'events' && emit.kind !== 'rotations' && emit.kind !== 'control_runs') return null;
  const { at } = emit.record;
  return at?.state === 'known' ? at.ms : null;
}

/** What a log states without a date may have been at any time, in the period or not. */
function isLost({ kind }: Emit): boolean {
  return OF_LOGS.includes(kind);
}

function noSpan(): Span {
  return { firstMs: Number.POSITIVE_INFINITY, lastMs: 0 };
}

function extend(span: Span, ms: number): void {
  span.firstMs = Math.min(span.firstMs, ms);
  span.lastMs = Math.max(span.lastMs, ms);
}

function periodOf(span: Span | undefined): Coverage['period'] {
  if (span === undefined || span.firstMs > span.lastMs) return null;
  return { fromMs: span.firstMs, toMs: span.lastMs, basis: 'records' };
}

function gapsOf({ path, rejected, truncated, whole }: FileEnd, seen: Seen | undefined): string[] {
  const lost = seen?.lost ?? 0;
  const records = rejected === 1 ? 'record was' : 'records were';
  const values = lost === 1 ? 'value that joins or dates a record' : 'values that join or date records';
  return [
    ...(rejected > 0 ? [`${rejected} ${records} rejected in ${path}`] : []),
    ...(lost > 0 ? [`${lost} ${values} could not be read, or is missing, in ${path}`] : []),
    ...[...(seen?.lacks ?? [])].map((clause) => `${path} ${clause}`),
    ...(truncated ? [`${path} continues in a file that was not supplied`] : []),
    ...(whole ? [] : [`${path} could not be read to its end`]),
  ];
}
