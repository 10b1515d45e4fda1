import {
  type AbsentInput,
  absence,
  type InputFile,
  type Outcome,
  type PartialInput,
  type RecordKind,
} from '../model/index.js';
import type { Store } from '../store/index.js';
import { distinctTexts } from '../text/compare-text.js';
import { fileGaps } from './input-gaps.js';
import { logSystems } from './log-systems.js';

/** The rule that compares the exports with what is on record about them. */
const RECONCILING_RULE = 'evidence-ipe-valid';

type Violation = { message: string; facts: { [name: string]: unknown } };
type Row = { outcome: Outcome; violations: unknown };

/**
 * Returns the inputs that are not whole: rejected or unreadable in part, not supplied, and whatever evidence-ipe-valid found of
 * them: another count or hash than on record, a part of the period that no export covers, records that contradict each other.
 * An accepted exception to that rule makes no input whole.
 */
export async function partialInputs(
  files: readonly InputFile[],
  absent: readonly AbsentInput[],
  store: Store,
): Promise<PartialInput[]> {
  const rows = await store.query<Row>(
    `SELECT outcome, violations FROM observations WHERE "ruleId" = ? AND outcome IN ('fail', 'waived')`,
    [RECONCILING_RULE],
  );
  const systems = await filesOfSystems(rows.length > 0, store);
  const found = rows.flatMap(({ violations }) => violationsOf(violations));
  return [
    ...files.flatMap(fileGaps),
    ...absent.map((one) => ({ kinds: one.kinds ?? [], problem: `${one.file} ${absence(one)}` })),
    ...found.map(({ message, facts }) => ({ ...concernedBy(facts, files, systems), problem: message })),
  ];
}

/** Paths in the register of extracts, by system. */
type Systems = ReadonlyMap<string, readonly string[]>;

async function filesOfSystems(asked: boolean, store: Store): Promise<Systems> {
  if (!asked) return new Map();
  const rows = await store.query<{ system: string; files: string[] }>(
    'SELECT lower(trim(system)) AS system, list(file ORDER BY file) AS files FROM extracts WHERE system IS NOT NULL GROUP BY ALL',
  );
  return new Map(rows.map(({ system, files }) => [system, files]));
}

/** Returns the records that a violation concerns; those of every kind if it does not tell. */
function concernedBy(
  facts: Violation['facts'],
  files: readonly InputFile[],
  systems: Systems,
): Pick<PartialInput, 'kinds' | 'systems'> {
  const { kind, file, system } = facts;
  if (typeof kind === 'string') return { kinds: [kind as RecordKind] };
  const named =
    typeof system === 'string' ? (systems.get(system.trim().toLowerCase()) ?? []) : [String(file ?? '')];
  const own = files.filter(({ path }) => named.some((name) => path === name || path.endsWith(`/${name}`)));
  const kinds = distinctTexts(own.flatMap(({ produced }) => Object.keys(produced))) as RecordKind[];
  return { kinds, ...logSystems(own) };
}

function violationsOf(stored: unknown): Violation[] {
  return typeof stored === 'string' ? JSON.parse(stored) : (stored as Violation[]);
}
