import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Policy, RecordKind } from '../../src/model/index.js';
import { kindsOf } from '../../src/store/kinds-behind.js';
import { PROGRAM_FILES } from '../support/closed-set.js';
import { type Answers, answersOf, elementAnswers } from '../support/outcomes.js';
import { describeUnlessProved } from '../support/verdict.js';
import { builtRuleBook } from './built-rule-book.js';
import { registerOf, type SmallBank, smallBank, writeBank } from './small-bank.js';

/**
 * Absence is never success: whatever input is taken away, emptied, cut short or damaged, no policy, and no element
 * of one, passes or stops applying on a subject on which it did neither before. Nor is it a violation: none fails that did not before.
 * Held for every policy on a small bank out of the example bank.
 */

const CLEAN = ['pass', 'attested', 'not-applicable'];

/** Whether an outcome became clean. A rule that applies after all, and whose documents are on record, was clean before. */
function turnedClean(was: string | undefined, outcome: string): boolean {
  if (outcome === 'attested' && was === 'not-applicable') return false;
  return CLEAN.includes(outcome) && outcome !== was;
}

/** What became clean, each with its outcomes. */
function newlyClean(before: Answers, after: Answers): string[] {
  return [...after]
    .filter(([key, { outcome }]) => turnedClean(before.get(key)?.outcome, outcome))
    .map(([key, { outcome }]) => `${key}: ${before.get(key)?.outcome} -> ${outcome}`);
}

/** What fails that did not, although no record shows more than before. The policy about the inputs themselves is to fail. */
function newlyFailed(before: Answers, after: Answers): string[] {
  return [...after]
    .filter(([key, { outcome }]) => outcome === 'fail' && before.get(key)?.outcome !== 'fail')
    .filter(([key]) => before.has(key) && !key.startsWith('evidence-ipe-valid'))
    .map(([key, { outcome }]) => `${key}: ${before.get(key)?.outcome} -> ${outcome}`);
}

/** A file that went wrong: its text (null: it is not there), and the number of records that the register of extracts states. */
type Wrong = { text: string | null; counted: number };

/** How an input goes wrong; `n` is its place among the files, of which one in two is cut short and the other damaged. */
const MUTATIONS: { [name: string]: (records: object[], n: number) => Wrong } = {
  'is taken away': (records) => ({ text: null, counted: records.length }),
  'is empty': (records) => ({ text: JSON.stringify({ items: [] }), counted: records.length }),
  'is cut short or has records that cannot be used': (records, n) =>
    n % 2 === 0 ? firstPage(records) : damaged(records),
};

/** The first page of two. */
function firstPage(records: object[]): Wrong {
  const items = records.slice(0, Math.floor(records.length / 2));
  return { text: JSON.stringify({ items, nextToken: 'Bxkq6kVG' }), counted: items.length };
}

function damaged(records: object[]): Wrong {
  const items = records.map((record, n) => (n % 2 === 0 ? ID_LESS : record));
  return { text: JSON.stringify({ items }), counted: records.length };
}

const ID_LESS = { name: 'a record without an id' };

/** Rules about the organisation that the deviations planted in the example bank break, and one that finds nothing to decide. */
const NOWHERE = [
  'env-no-live-data',
  'evidence-ipe-valid',
  'gov-independent-assessment',
  'gov-management-reporting',
  'gov-policy-current',
  'gov-reg-watch',
  'gov-training',
  'inv-complete',
  'inv-routes-complete',
  'ir-notification-clocks',
  'ir-playbook-keys',
  'ir-tabletop',
  'leak-logs-chat-clean',
  'log-five-w',
  'log-integrity',
  'log-retention',
  'log-time-sync',
  'ops-control-continuity',
  'rbac-security-revoke',
  'rotation-tra-documented',
];

/** Rules about the inputs themselves lean on every kind; they are held like the others, but do not keep kinds apart. */
const ABOUT_INPUTS = ['evidence-ipe-valid', 'inv-complete'];

let bank: SmallBank;
let before: Answers;
let policies: readonly Policy[];
const folder = mkdtempSync(join(tmpdir(), 'silence-'));

describeUnlessProved(
  'no input that goes wrong makes a policy pass, not apply or fail',
  import.meta.url,
  [
    ...PROGRAM_FILES,
    'examples/northbridge/exports/**',
    'examples/northbridge/keyproof.yaml',
    'test/policies/small-bank.json',
  ],
  () => {
    beforeAll(async () => {
      bank = await smallBank();
      ({ policies } = (await builtRuleBook()).set);
      writeBank(folder, bank);
      before = await answersOf(folder);
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    it('the bank has every policy pass or not apply somewhere', () => {
      const clean = new Set(
        [...before].filter(([, { outcome }]) => CLEAN.includes(outcome)).map(([key]) => key.split(' ')[0]),
      );
      expect(policies.map(({ id }) => id).filter((id) => !clean.has(id))).toEqual(NOWHERE);
    });

    it.each(Object.keys(MUTATIONS))('whatever %s', async (mutation) => {
      const turned: string[] = [];
      for (const files of apart(Object.keys(bank))) {
        const after = await mutated(files, mutation);
        const found = [
          ...newlyClean(before, after),
          ...newlyClean(elementAnswers(before, policies), elementAnswers(after, policies)),
          ...newlyFailed(before, after),
          ...newlyFailed(elementAnswers(before, policies), elementAnswers(after, policies)),
        ];
        turned.push(...found.map((one) => `${files.join(', ')}: ${one}`));
      }
      expect(turned).toEqual([]);
    });
  },
);

async function mutated(files: readonly string[], mutation: string): Promise<Answers> {
  const counts: SmallBank = { ...bank };
  try {
    for (const file of files) {
      const { kind, records } = bank[file] ?? { kind: 'keys', records: [] };
      const place = Object.keys(bank).indexOf(file);
      const { text, counted } = MUTATIONS[mutation]?.(records, place) ?? { text: null, counted: 0 };
      if (text === null) rmSync(join(folder, file));
      else writeFileSync(join(folder, file), text);
      counts[file] = { kind, records: records.slice(0, counted) };
    }
    writeFileSync(join(folder, 'extracts.csv'), registerOf(counts));
    return await answersOf(folder);
  } finally {
    writeBank(folder, bank);
  }
}

/**
 * Files in groups of which no policy leans on two, so that what goes wrong with one cannot hide what another would do, and
 * one run tries them all.
 */
function apart(files: readonly string[]): string[][] {
  const leaning = policies
    .filter(({ id }) => !ABOUT_INPUTS.includes(id))
    .map(({ subject, reads }) => kindsOf(subject, reads ?? null));
  const kindOf = (file: string): RecordKind => bank[file]?.kind ?? 'keys';
  const meet = (one: string, other: string) =>
    leaning.some((kinds) => kinds.has(kindOf(one)) && kinds.has(kindOf(other)));
  const groups: string[][] = [];
  for (const file of files) {
    const free = groups.find((group) => group.every((other) => !meet(file, other)));
    if (free === undefined) groups.push([file]);
    else free.push(file);
  }
  return groups;
}
