import { rm } from 'node:fs/promises';
import { makeWorkFolder } from '../assets/work-folder.js';
import { openDatabase } from '../duckdb/database.js';
import type { CheckChange, FrameworkResult, PackDiff } from '../model/index.js';
import { shortTitles } from '../text/short-title.js';
import { createChanges } from './changes-table.js';
import { type ComparedPack, comparedPack } from './compared-pack.js';
import { controlChanges, otherScope } from './control-changes.js';
import { notesOn } from './notes.js';
import { packDifferences } from './pack-differences.js';
import {
  causesByRule,
  countChanges,
  countRules,
  countSubjects,
  countUnexamined,
  readChanges,
} from './read-changes.js';

/** The comparison of two packs; its changes are read as they are asked for. */
export type Comparison = {
  /** Everything but the changes themselves. */
  summary: Omit<PackDiff, 'changes'>;
  /**
   * Yields the changes by kind, severity, rule and subject.
   * @param most number of changes of each kind; all by default.
   */
  changes(most?: number): AsyncIterable<CheckChange>;
};

/**
 * Compares two evidence packs and passes the comparison to `use`.
 *
 * @param old absolute folder of the pack compared from.
 * @param now absolute folder of the pack compared to.
 * @throws KeyproofError if one of them is no pack, or its core was changed.
 */
export async function comparePacks<T>(
  old: string,
  now: string,
  use: (comparison: Comparison) => Promise<T>,
): Promise<T> {
  const packs = [await comparedPack(old), await comparedPack(now)] as const;
  const workDir = await makeWorkFolder();
  const database = await openDatabase(workDir, {});
  try {
    const differences = packDifferences(...packs);
    await createChanges(database, ...packs, differences);
    const summary = await summaryOf(database, packs, differences);
    return await use({ summary, changes: (most) => readChanges(database, most) });
  } finally {
    await database.close();
    await rm(workDir, { recursive: true, force: true });
  }
}

/** Returns frameworks with their titles, each once, as the first pack that has it calls it. */
function titled(frameworks: readonly FrameworkResult[]): PackDiff['frameworks'] {
  const once = frameworks.filter(({ id }, place) => frameworks.findIndex((one) => one.id === id) === place);
  return [...shortTitles(once)].map(([id, title]) => ({ id, title }));
}

async function summaryOf(
  database: Parameters<typeof countChanges>[0],
  [old, now]: readonly [ComparedPack, ComparedPack],
  differences: PackDiff['differences'],
): Promise<Comparison['summary']> {
  const byRule = await causesByRule(database);
  return {
    schemaVersion: '1.0.0',
    old: old.facts,
    new: now.facts,
    notes: notesOn(old.facts, now.facts),
    differences,
    subjects: await countSubjects(database),
    counts: await countChanges(database),
    unexamined: await countUnexamined(database),
    rules: await countRules(database, [...old.assessment.policies, ...now.assessment.policies]),
    frameworks: titled([...now.assessment.frameworks, ...old.assessment.frameworks]),
    controls: controlChanges(old.assessment, now.assessment, { byRule, differences }),
    otherScope: otherScope(old.assessment, now.assessment),
  };
}
