import {
  type JudgedObservation,
  OUTCOMES,
  type PolicyResult,
  SEVERITIES,
  type SourceRef,
  type Violation,
} from '../../../model/index.js';
import { shortHash } from '../../../text/format.js';
import { limitText } from '../../text/limit-text.js';
import { printableText } from '../../text/printable.js';
import { undecidedText } from '../../text/undecided-text.js';
import { factsText } from '../../view/finding-view.js';
import { dayOfMs } from './key-rows.js';
import type { Places } from './places.js';
import type { HeldText, TextTable } from './text-table.js';

/**
 * What many checks have alike: places in the lists of the page (-1 for none), and the day they were first seen (days since 1970,
 * UTC; -1 if not known).
 */
export type FindingHead = readonly [
  rule: number,
  outcome: number,
  severity: number,
  controls: number,
  seen: number,
  exception: number,
  limit: number,
];

/** A failed or undecided check: the place of its head, of its subject, then what was found, as `saidOf` lays it out. */
export type FindingRow = [head: number, subject: number, ...said: (string | number)[]];

/** What findings share. */
export type FindingLists = {
  /** Place of each rule, by id. */
  rules: ReadonlyMap<string, number>;
  /** What many findings have alike. */
  heads: Places<FindingHead>;
  /** Subjects. */
  subjects: Places<JudgedObservation['subject']>;
  /** Controls that findings count for. */
  controls: Places<{ framework: string; control: string }>;
  /** Sets of places in `controls`; the first is empty. */
  controlSets: Places<readonly number[]>;
  /** Files, each with the start of its SHA-256. */
  files: Places<readonly [path: string, sha256: string]>;
  /** Sentences. */
  texts: TextTable;
  /** Policies by id. */
  policies: ReadonlyMap<string, PolicyResult>;
  /** Ids of exceptions that name findings. */
  exceptions: Places<string>;
  /** Whose limits decided findings. */
  limits: Places<string>;
  /** How much of a finding is held. */
  caps: FindingCaps;
  /** What a missing dossier path is called. */
  missingLabel: (path: string) => string;
};

/**
 * How many reasons of a finding, and records of a reason, the page holds, and whether it holds the values that each relied on
 * beside its sentence. A finding says how many reasons and records there are.
 */
export type FindingCaps = { violations: number; records: number; facts: boolean };

/** Returns a check as the page holds it. */
export function findingRow(item: JudgedObservation, lists: FindingLists): FindingRow {
  return [lists.heads.of(headOf(item, lists)), lists.subjects.of(item.subject), ...saidOf(item, lists)];
}

function headOf(item: JudgedObservation, lists: FindingLists): FindingHead {
  const { controls, controlSets, rules, exceptions } = lists;
  const counted = [
    ...new Set(
      item.controls.map(({ framework, control }) =>
        controls.of({ framework: printableText(framework), control: printableText(control) }),
      ),
    ),
  ].sort((a, b) => a - b);
  return [
    rules.get(printableText(item.ruleId)) ?? -1,
    OUTCOMES.indexOf(item.outcome),
    item.severity === null ? -1 : SEVERITIES.indexOf(item.severity),
    controlSets.of(counted),
    item.firstSeen === undefined ? -1 : dayOfMs(Date.parse(item.firstSeen)),
    item.waiver === undefined ? -1 : exceptions.of(printableText(item.waiver)),
    limitOf(item, lists),
  ];
}

function limitOf(item: JudgedObservation, { policies, limits }: FindingLists): number {
  const text = limitText(item, policies.get(item.ruleId));
  return text === '' ? -1 : limits.of(text);
}

/**
 * Returns what was found: the number of reasons, the number of those shown, and of each: the sentence, the values relied on, the
 * number of records, the number of those shown, and of each its file and its place in it.
 */
function saidOf(item: JudgedObservation, lists: FindingLists): (string | number)[] {
  const { violations } = item;
  if (violations.length === 0)
    return [1, 1, ...lists.texts.hold(printableText(undecidedText(item, lists.missingLabel))), 0, 0, 0];
  const shown = violations.slice(0, lists.caps.violations);
  return [violations.length, shown.length, ...shown.flatMap((one) => violationText(one, lists))];
}

function violationText({ message, facts, records }: Violation, lists: FindingLists): (string | number)[] {
  const shown = records.slice(0, lists.caps.records);
  return [
    ...lists.texts.hold(printableText(message)),
    ...lists.texts.hold(lists.caps.facts ? printableText(factsText(facts) ?? '') : ''),
    records.length,
    shown.length,
    ...shown.flatMap((record) => recordText(record, lists)),
  ];
}

function recordText({ file, record, sha256 }: SourceRef, { files, texts }: FindingLists): HeldText {
  const place = files.of([printableText(file), sha256 === undefined ? '' : printableText(shortHash(sha256))]);
  return [place, ...texts.hold(printableText(record))];
}
