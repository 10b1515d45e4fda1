import {
  type Control,
  type ControlResult,
  type Framework,
  isEntityFact,
  type PoamItem,
  type Policy,
  SEVERITIES,
  type Severity,
  type Verdict,
  worstSeverity,
} from '../model/index.js';
import { missingInWords } from '../text/missing-label.js';
import { isNotOver } from '../text/not-over.js';
import { lacks } from './because.js';
import { entityScope } from './entity-scope.js';
import type { Facts } from './facts.js';
import { exceptionSeverity, type MappingState } from './mapping-state.js';
import { stateForEntity, stateForSubjects } from './state-facts.js';
import { EXPORTS, subjects } from './words.js';

/** A control with its result and the state of its mappings. */
export type Judged = {
  /** Framework it belongs to. */
  framework: Framework;
  /** The control as the framework file states it. */
  control: Control;
  /** How it was judged. */
  finding: ControlResult;
  /** The state of each of its mappings. */
  mappings: readonly MappingState[];
};

/** What actions are worded from. */
type WordsContext = {
  /** Policies of this run by id. */
  policies: ReadonlyMap<string, Policy>;
  /** Label of each path that something supplied would decide, by path. */
  labels: ReadonlyMap<string, string>;
};

/** What the checklist needs beside the verdicts. */
type GapContext = WordsContext & {
  /** Known facts of the entity itself. */
  entity: Facts;
};

const WORST_FIRST: readonly Verdict[] = [
  'exception',
  'insufficient-data',
  'exception-accepted',
  'partly-supported',
  'attested',
  'not-tested',
];

/**
 * Returns the gap checklist: every control not supported, by worst verdict, severity, failures and the order of the
 * files.
 */
export function gapChecklist(
  judged: readonly Judged[],
  { policies, entity, labels }: GapContext,
): PoamItem[] {
  return judged
    .filter(({ finding }) => WORST_FIRST.includes(finding.verdict))
    .map((one) => ({
      item: gap(one, { policies, labels }, unstated(one, entity)),
      rank: severityRank(decidingSeverity(one.finding.verdict, one.mappings)),
    }))
    .sort(
      (a, b) =>
        WORST_FIRST.indexOf(a.item.verdict) - WORST_FIRST.indexOf(b.item.verdict) ||
        a.rank - b.rank ||
        b.item.failed - a.item.failed,
    )
    .map(({ item }) => item);
}

/** Returns facts about the entity that are not stated, of a control that only a person could examine anyway. */
function unstated({ framework, control, finding }: Judged, entity: Facts): string[] {
  return finding.verdict === 'not-tested' ? entityScope(framework, control, entity).unstated : [];
}

/** Of an exception, failures against nothing but defaults that the framework calls observations decide nothing. */
function decidingSeverity(verdict: Verdict, mappings: readonly MappingState[]): Severity | null {
  const deciding = mappings.filter(({ grade }) => grade !== 'supporting');
  return worstSeverity(
    deciding.map((one) => (verdict === 'exception' ? exceptionSeverity(one) : one.severity)),
  );
}

function decidingFailures(verdict: Verdict, { outcomes, defaultFailures }: MappingState): number {
  return verdict === 'exception' ? outcomes.fail - defaultFailures : outcomes.fail;
}

function severityRank(severity: Severity | null): number {
  return severity === null ? SEVERITIES.length : SEVERITIES.indexOf(severity);
}

function gap(
  { framework, control, finding, mappings }: Judged,
  context: WordsContext,
  unstated: readonly string[],
): PoamItem {
  const deciding = mappings.filter((mapping) => mapping.grade !== 'supporting');
  const concerned = causing(finding.verdict, deciding, mappings);
  return {
    id: `${framework.id}/${control.id}`,
    framework: framework.id,
    control: control.id,
    title: control.title,
    verdictText: finding.verdictText,
    verdict: finding.verdict,
    severity: framework.severityLeftToPeople ? null : decidingSeverity(finding.verdict, mappings),
    gap: finding.because,
    action: [...unstated.map(stateForEntity), action(finding, concerned, deciding, context)].join(' '),
    missing: [...new Set([...deciding.flatMap(missingOf), ...unstated.map(keyInConfig)])],
    rules: concerned.map((mapping) => mapping.ruleId),
    failed: deciding.reduce((sum, mapping) => sum + decidingFailures(finding.verdict, mapping), 0),
  };
}

/** Returns the mappings that caused the verdict; all of them if none stands out. */
function causing(
  verdict: Verdict,
  deciding: readonly MappingState[],
  all: readonly MappingState[],
): readonly MappingState[] {
  if (verdict === 'exception') return deciding.filter((mapping) => decidingFailures(verdict, mapping) > 0);
  if (verdict === 'exception-accepted') return deciding.filter((mapping) => mapping.outcomes.waived > 0);
  if (verdict === 'insufficient-data')
    return deciding.filter((mapping) => mapping.observed || lacks(mapping).length > 0);
  return deciding.length > 0 ? deciding : all;
}

function action(
  finding: ControlResult,
  concerned: readonly MappingState[],
  deciding: readonly MappingState[],
  { policies, labels }: WordsContext,
): string {
  const ask = finding.ask ? [`Ask: ${finding.ask}`] : [];
  if (finding.verdict === 'exception')
    return [remedies(concerned, policies), ...settleLimits(deciding)].join(' ');
  if (finding.verdict === 'exception-accepted')
    return `Before the exceptions expire: ${remedies(concerned, policies)}`;
  if (finding.verdict === 'insufficient-data')
    return [
      ...settleLimits(concerned),
      ...new Set(concerned.flatMap((mapping) => supply(mapping, labels))),
      ...ask,
    ].join(' ');
  return ask.length > 0 ? ask.join(' ') : 'Resolve what kept the evidence from counting in full.';
}

/** Returns what to do if only defaults of keyproof fail: the entity states its own limits, and is held to these. */
function settleLimits(concerned: readonly MappingState[]): string[] {
  const rules = concerned.filter(({ observed }) => observed).map(({ ruleId }) => ruleId);
  if (rules.length === 0) return [];
  return [
    `State the entity's own limits under thresholds in keyproof.yaml (${rules.join(', ')}) and run again.`,
  ];
}

/** Returns what to do about each failing policy, with its name if there are several. */
function remedies(failing: readonly MappingState[], policies: ReadonlyMap<string, Policy>): string {
  const texts = failing.flatMap(({ ruleId }) => {
    const text = policies.get(ruleId)?.remediation.trim();
    return text ? [{ ruleId, text }] : [];
  });
  return texts.map(({ ruleId, text }) => (texts.length > 1 ? `${ruleId}: ${text}` : text)).join(' ');
}

/** Returns what to supply so that a mapping can be tested. */
function supply(mapping: MappingState, labels: WordsContext['labels']): string[] {
  const { kind, ruleId, outcomes } = mapping;
  if (kind === null) return [`Include policy ${ruleId} in the audit.`];
  if (
    mapping.population + mapping.outOfScope + mapping.notStated + mapping.undecided + mapping.unevaluated ===
    0
  ) {
    return [`Supply the ${EXPORTS[kind]}.`];
  }
  const missing = mapping.missing.map(({ field }) => field);
  return [
    ...(outcomes['no-evidence'] > 0 && missing.length > 0
      ? [`Supply ${missingInWords(missing, labels)} (${ruleId}).`]
      : []),
    ...(outcomes.error + mapping.unevaluated > 0 ? [`Resolve the error of ${ruleId} and run again.`] : []),
    ...mapping.undecidedFields.map(({ field, subjects: number }) =>
      isEntityFact(field) ? stateForEntity(field) : stateForSubjects(field, subjects(number, kind)),
    ),
  ];
}

function keyInConfig(fact: string): string {
  return `applicability.${fact} in keyproof.yaml`;
}

function missingOf(mapping: MappingState): string[] {
  const { kind } = mapping;
  if (kind === null) return [];
  const examined =
    mapping.population + mapping.outOfScope + mapping.notStated + mapping.undecided + mapping.unevaluated;
  if (examined === 0 && !mapping.supplied) return [`${EXPORTS[kind]} (no export supplied)`];
  const facts = mapping.undecidedFields.map(({ field }) =>
    isEntityFact(field) ? keyInConfig(field) : `${kind}.${field}`,
  );
  const lacking = mapping.missing.map(({ field }) => field).filter((field) => !isNotOver(field));
  return [...lacking, ...facts];
}
