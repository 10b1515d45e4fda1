import type { CorePack, JudgedObservation, Subject } from '../../../model/index.js';
import { compareText } from '../../../text/compare-text.js';

/** Failures of one owner: the worst of them, and how many there are. */
export type OwnedFindings = {
  /** Owner as subjects.parquet has it; null if none is stated. */
  owner: string | null;
  /** All failures. */
  failed: number;
  /** The worst, at most as many as asked for. */
  findings: JudgedObservation[];
};

/** Returns failures by the owner of their subject, most first, then by name; those without an owner last. Reads them once. */
export async function ownedFindings(pack: CorePack, most: number): Promise<OwnedFindings[]> {
  const owners = await ownersOf(pack);
  const all = new Map<string | null, OwnedFindings>();
  for await (const finding of pack.observations({ outcome: 'fail' }, 'worst-first')) {
    const owner = owners.get(nameOf(finding.subject)) ?? null;
    const own = all.get(owner) ?? { owner, failed: 0, findings: [] };
    all.set(owner, own);
    own.failed += 1;
    if (own.findings.length < most) own.findings.push(finding);
  }
  return [...all.values()].sort(byFailures);
}

async function ownersOf(pack: CorePack): Promise<ReadonlyMap<string, string>> {
  const owners = new Map<string, string>();
  for await (const subject of pack.subjects())
    if (subject.owner !== null) owners.set(nameOf(subject), subject.owner);
  return owners;
}

function nameOf({ kind, id }: Pick<Subject, 'kind' | 'id'>): string {
  return `${kind}\n${id}`;
}

function byFailures(a: OwnedFindings, b: OwnedFindings): number {
  if (a.owner === null || b.owner === null) return Number(a.owner === null) - Number(b.owner === null);
  return b.failed - a.failed || compareText(a.owner, b.owner);
}
