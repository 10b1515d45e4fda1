import { type Control, isEntityFact, type SubjectKind, type Verdict } from '../model/index.js';
import { factWords } from '../text/fact-words.js';
import { formatCount, plural } from '../text/format.js';
import type { EntityScope } from './entity-scope.js';
import { signalOf } from './judge-control.js';
import { exceptionSeverity, type FieldCount, type MappingState } from './mapping-state.js';
import { EXPORTS, noun, share, subjects } from './words.js';

/** What is stated of the entity that a control depends on, and which source states each fact. */
type StatedScope = { stated: EntityScope; statedBy: ReadonlyMap<string, string> };

/** Returns one sentence with numbers that states why a control has its verdict. */
export function because(
  control: Control,
  verdict: Verdict,
  mappings: readonly MappingState[],
  { stated, statedBy }: StatedScope,
): string {
  if (stated.against.length > 0) return capital(`${list(statements(stated.against, statedBy))}.`);
  const deciding = mappings.filter((mapping) => mapping.grade !== 'supporting');
  const open = verdict === 'not-tested' ? stated.unstated.map(notStated) : [];
  return capital(`${list([SENTENCES[verdict](control, deciding, mappings), ...open])}.`);
}

/**
 * Returns `keyproof.yaml states finra_member: false and broker_dealer: false`: one part for each source that states a
 * fact.
 */
function statements(against: EntityScope['against'], statedBy: ReadonlyMap<string, string>): string[] {
  const source = (field: string) => statedBy.get(field) ?? 'keyproof.yaml';
  return [...new Set(against.map(({ field }) => source(field)))].map((each) => {
    const facts = against.filter(({ field }) => source(field) === each).map(({ text }) => text);
    return `${each} states ${facts.join(' and ')}`;
  });
}

type Say = (control: Control, deciding: readonly MappingState[], all: readonly MappingState[]) => string;

const SENTENCES: { readonly [V in Verdict]: Say } = {
  'not-applicable': (control) => control.applicability.replace(/\.$/, ''),
  exception: (_, deciding) => list([...exceptionsFirst(deciding).flatMap(failure), ...alsoLacking(deciding)]),
  'insufficient-data': (_, deciding) => list([...deciding.flatMap(failure), ...deciding.flatMap(lacks)]),
  'exception-accepted': (_, deciding) => list([...deciding.flatMap(waived), ...deciding.flatMap(passed)]),
  'evidence-supports': (_, deciding) => list(deciding.flatMap(passed)),
  'partly-supported': (control, deciding) =>
    list([...deciding.flatMap(passed), ...whyOnlyPart(control, deciding)]),
  attested: (_, deciding) => list([...deciding.flatMap(attested), ...deciding.flatMap(waits)]),
  'not-tested': notTested,
};

function list(parts: readonly string[]): string {
  return [...new Set(parts)].join('; ');
}

function capital(sentence: string): string {
  return /^[a-z]+ /.test(sentence) ? `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}` : sentence;
}

/** Returns `12 of 48 tested keys in scope`: a part of those that passed or failed. */
function ofTested(mapping: MappingState, part: number): string {
  if (mapping.kind === null) return '';
  return `${share(part, testedBy(mapping), mapping.kind, 'tested ')}${inScope(mapping)}`;
}

/** Returns `31 keys in scope (beside 150 tested)`: those that are in no share. */
function besideTested(mapping: MappingState, number: number): string {
  if (mapping.kind === null) return '';
  const tested = testedBy(mapping);
  const beside = tested > 0 ? ` (beside ${formatCount(tested)} tested)` : '';
  return `${subjects(number, mapping.kind)}${inScope(mapping)}${beside}`;
}

function testedBy({ outcomes }: MappingState): number {
  return outcomes.pass + outcomes.fail;
}

function inScope({ outOfScope, notStated, undecided }: MappingState): string {
  return outOfScope + notStated + undecided > 0 ? ' in scope' : '';
}

/** Returns `log-integrity`, or `log-integrity (deletion of entries)` if some of its elements count. */
function named({ ruleId, elements, inPart }: MappingState): string {
  if (!inPart || elements.length === 0) return ruleId;
  return `${ruleId} (${firstOf(elements.map(({ title }) => title))})`;
}

function firstOf(titles: readonly string[]): string {
  const more = titles.length - ELEMENTS_NAMED;
  return [...titles.slice(0, ELEMENTS_NAMED), ...(more > 0 ? [`${formatCount(more)} more`] : [])].join(', ');
}

const ELEMENTS_NAMED = 3;

/**
 * Returns `deletion of entries: the entries of kong can be deleted by admins (high, 1 of 5 logs)`: the worst failure in words, its severity,
 * and the share of those that passed or failed.
 */
function failure(mapping: MappingState): string[] {
  const { fail } = mapping.outcomes;
  if (fail === 0) return [];
  const others = mapping.observed ? 0 : mapping.defaultFailures;
  const share = ofTested(mapping, fail - others);
  const more = others > 0 ? [`${formatCount(others)} more against keyproof's default only`] : [];
  const sentence = `${decisive(mapping)} (${[...severityOf(mapping), share, ...more].join(', ')}${against(mapping)})`;
  return [mapping.observed ? `observation against keyproof's default: ${sentence}` : sentence];
}

/** Returns what the worst failure says, with the elements that failed if others count too; beyond defaults, if these are counted apart. */
function decisive(mapping: MappingState): string {
  const { worst, ruleId, elements, inPart, observed, defaultFailures } = mapping;
  const failed = !observed && defaultFailures > 0 ? mapping.failedBeyondDefaults : mapping.failed;
  const titles = elements.filter(({ id }) => inPart && failed.includes(id)).map(({ title }) => title);
  const named = titles.length === 0 ? '' : `${firstOf(titles)}: `;
  return `${named}${worst?.replace(/\.$/, '') ?? `${ruleId} fails`}`;
}

/** Returns mappings in which failures that are exceptions come before mere observations. */
function exceptionsFirst(mappings: readonly MappingState[]): MappingState[] {
  return [...mappings.filter(({ observed }) => !observed), ...mappings.filter(({ observed }) => observed)];
}

/** Returns the worst severity of the failures that are counted first: those beyond defaults, if defaults are counted apart. */
function severityOf(mapping: MappingState): string[] {
  const severity = exceptionSeverity(mapping) ?? mapping.severity;
  return severity !== null && mapping.severityShown ? [severity] : [];
}

/**
 * Returns whose limit the worst failure is against, as `, limit: keyproof's default (max_age_days)`; empty if there is none. Limits
 * of other elements that failed are no part of what it says.
 */
function against({ elements, worstElement, limits }: MappingState): string {
  const limit = limits[elements.findIndex(({ id }) => id === worstElement)];
  return limit === undefined || limit.whose === 'none' ? '' : `, limit: ${limit.text}`;
}

function alsoLacking(mappings: readonly MappingState[]): string[] {
  return mappings.some((mapping) => lacks(mapping).length > 0) ? ['other evidence is missing'] : [];
}

/** Returns what one mapping lacks, one part for each reason; the facts in the order of the model. */
export function lacks(mapping: MappingState): string[] {
  const { kind, outcomes } = mapping;
  const ruleId = named(mapping);
  if (kind === null) return [`${ruleId} was not part of this audit`];
  const examined =
    mapping.population + mapping.outOfScope + mapping.notStated + mapping.undecided + mapping.unevaluated;
  if (examined === 0 && !mapping.supplied) return [`no ${EXPORTS[kind]} was supplied for ${ruleId}`];
  const noEvidence = outcomes['no-evidence'] - mapping.waiting;
  return [
    ...(noEvidence > 0 ? [`${ruleId} lacks evidence on ${besideTested(mapping, noEvidence)}`] : []),
    ...(outcomes.error > 0
      ? [`${ruleId} could not be evaluated on ${besideTested(mapping, outcomes.error)}`]
      : []),
    ...(mapping.unevaluated > 0
      ? [`${ruleId} was not evaluated on ${subjects(mapping.unevaluated, kind)}`]
      : []),
    ...mapping.undecidedFields.map((unknown) => unknownFact(unknown, kind)),
  ];
}

function passed(mapping: MappingState): string[] {
  const { pass } = mapping.outcomes;
  return pass > 0 ? [`${named(mapping)} passes on ${ofTested(mapping, pass)}`] : [];
}

function whyOnlyPart(control: Control, mappings: readonly MappingState[]): string[] {
  const reasons = [
    ...mappings.flatMap(attested),
    ...mappings.flatMap(waits),
    ...mappings.flatMap(countedInPart),
    ...gapsOf(mappings),
  ];
  return control.status === 'automated' && reasons.length > 0
    ? reasons
    : [...reasons, 'the rest needs a person'];
}

/** Returns on how many subjects nothing can be judged yet. */
function waits(mapping: MappingState): string[] {
  const { kind, waiting } = mapping;
  if (kind === null || waiting === 0) return [];
  return [
    `${named(mapping)} waits on ${subjects(waiting, kind)}: the time allowed ends after the as-of date`,
  ];
}

/** Returns the facts that were unknown and accepted as such, so that the mapping counts in part only. */
function accepted(mapping: MappingState): string[] {
  const { kind } = mapping;
  if (kind === null) return [];
  return mapping.acceptedFields.map((unknown) => unknownFact(unknown, kind));
}

function unknownFact({ field, subjects: number }: FieldCount, kind: SubjectKind): string {
  if (isEntityFact(field)) return notStated(field);
  return `"${factWords(field)}" is unknown for ${subjects(number, kind)}`;
}

function notStated(fact: string): string {
  return `"${factWords(fact)}" is not stated for the entity`;
}

function countedInPart(mapping: MappingState): string[] {
  return accepted(mapping).map((sentence) => `${sentence}, counted in part only`);
}

/** Returns why a mapping counts in part only: facts accepted as unknown and, if anything passes, gaps in its inputs. */
export function inPartOnly(mapping: MappingState): string[] {
  return [...accepted(mapping), ...(mapping.outcomes.pass > 0 ? gapsOf([mapping]) : [])];
}

/** Returns gaps in inputs, the first three in words. */
function gapsOf(mappings: readonly MappingState[]): string[] {
  const gaps = [...new Set(mappings.flatMap((mapping) => mapping.inputGaps))];
  const more = gaps.length - GAPS_NAMED;
  return [...gaps.slice(0, GAPS_NAMED), ...(more > 0 ? [plural(more, 'more gap')] : [])];
}

const GAPS_NAMED = 3;

function waived(mapping: MappingState): string[] {
  const { waived: number } = mapping.outcomes;
  return number > 0 ? [`${named(mapping)}: ${besideTested(mapping, number)} under accepted exceptions`] : [];
}

function attested(mapping: MappingState): string[] {
  return mapping.outcomes.attested > 0
    ? [`a document is on record for ${named(mapping)}, its content was not tested`]
    : [];
}

function notTested(_: Control, deciding: readonly MappingState[], all: readonly MappingState[]): string {
  if (deciding.length > 0) return list(deciding.flatMap(silence));
  if (all.length === 0) return 'no policy tests it; a person must ask';
  return list(['only supporting evidence, which never decides', ...all.flatMap(supporting), ...silent(all)]);
}

function silence(mapping: MappingState): string[] {
  const { kind, outcomes } = mapping;
  const ruleId = named(mapping);
  if (kind === null) return [];
  const notApplicable = outcomes['not-applicable'];
  const parts = [
    ...waits(mapping),
    ...(notApplicable > 0 ? [doesNotApply(mapping, notApplicable)] : []),
    ...(mapping.outOfScope + mapping.notStated > 0 && mapping.population === 0
      ? [`no ${noun(kind)} in scope for ${ruleId}: ${list(outsideScope(mapping))}`]
      : []),
  ];
  return parts.length > 0 ? parts : [`the ${EXPORTS[kind]} supplied holds nothing for ${ruleId} to examine`];
}

/** Returns `12 stated out of scope` and `40 of which the scope is not stated`, as far as there are any. */
function outsideScope({ outOfScope, notStated }: MappingState): string[] {
  return [
    ...(outOfScope > 0 ? [`${formatCount(outOfScope)} stated out of scope`] : []),
    ...(notStated > 0 ? [`${formatCount(notStated)} of which the scope is not stated`] : []),
  ];
}

function doesNotApply(mapping: MappingState, number: number): string {
  const { kind, population } = mapping;
  const ruleId = named(mapping);
  if (kind === null) return `${ruleId} does not apply`;
  return kind === 'organisation' || number < population
    ? `${ruleId} does not apply to ${subjects(number, kind)}${inScope(mapping)}`
    : `${ruleId} applies to none of ${subjects(number, kind)}`;
}

/** Returns what a supporting mapping found: failures or passes, or else what stands in place of both. */
function supporting(mapping: MappingState): string[] {
  const found = [...failure(mapping), ...(signalOf(mapping) === 'fails' ? [] : passed(mapping))];
  return found.length > 0 ? found : [...attested(mapping), ...waived(mapping)];
}

/** Returns the supporting mappings without any such result, in one part for each reason. */
function silent(mappings: readonly MappingState[]): string[] {
  const without = mappings.filter((mapping) => supporting(mapping).length === 0);
  const lacking = without.filter(({ outcomes }) => outcomes['no-evidence'] + outcomes.error > 0);
  const others = without.filter((mapping) => !lacking.includes(mapping));
  const concerning = others.filter(({ outcomes }) => outcomes['not-applicable'] > 0);
  const rest = others.filter((mapping) => !concerning.includes(mapping));
  return [
    ...idsThat(lacking, 'lacks evidence', 'lack evidence'),
    ...idsThat(concerning, 'does not apply', 'do not apply'),
    ...idsThat(rest, 'has no result in scope', 'have no result in scope'),
  ];
}

function idsThat(mappings: readonly MappingState[], one: string, many: string): string[] {
  if (mappings.length === 0) return [];
  return [`${mappings.map(named).join(', ')} ${mappings.length === 1 ? one : many}`];
}
