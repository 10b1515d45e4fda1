import {
  type Assessment,
  type ControlResult,
  type FrameworkResult,
  type JudgedObservation,
  type MappingResult,
  OUTCOMES,
  type PolicyResult,
  SUBJECT_WORDS,
} from '../../../model/index.js';
import { compareText } from '../../../text/compare-text.js';
import { clip, formatCount, joinWords, plural } from '../../../text/format.js';
import { missingInWords, missingLabels } from '../../../text/missing-label.js';
import { controlState, controlStates, statesText } from '../../text/control-states.js';
import { fileWith } from '../../text/file-with.js';
import { organisationText } from '../../text/organisation-text.js';
import { paramText } from '../../text/param-text.js';
import { periodNeeded } from '../../text/period-needed.js';
import { printable } from '../../text/printable.js';
import { outsideTexts } from '../../text/share-text.js';
import { type ShortId, shortIds, stateOfLaw } from '../../text/state-of-law.js';
import { OUTCOME_WORDS, STATE_MEANINGS } from '../../text/words.js';
import { makeAnchors } from '../../view/anchors.js';
import type { Bar } from '../../view/bar.js';
import { type Capped, capped, shareOf } from '../../view/caps.js';
import { type FindingView, findingView } from '../../view/finding-view.js';
import { limitSentences, type Places } from '../../view/limits.js';
import { limitationOf, type PartNote, type PartNotes, partNotesOf } from '../../view/part-notes.js';
import { stateBar } from '../../view/state-bar.js';
import type { ContentsLine } from './contents.js';
import { type PaperHead, paperHead } from './paper-head.js';

/** A finding named under a control: its id, subject and record. */
export type NamedFinding = { id: string; anchor: string | null; subject: string; record: string };

/** A test of a control: a policy, and what its result says here. */
export type TestView = {
  ruleId: string;
  title: string;
  anchor: string;
  grade: string;
  elements: string | null;
  population: string;
  result: string;
  limitation: string | null;
  /** The notes on why the evidence counts in part only; none if it counts whole. */
  partNotes: PartNote[];
  findings: Capped<NamedFinding>;
};

/** A control with everything that was tested for it. */
export type AnnexControl = {
  anchor: string;
  id: string;
  title: string;
  verdict: string;
  verdictText: string;
  suggestion: string | null;
  because: string;
  assessor: string;
  applicability: string;
  ask: string | null;
  tests: TestView[];
};

/** A rule that the framework's controls use: how it was tested, and what it found. */
export type ProcedureView = {
  anchor: string;
  ruleId: string;
  title: string;
  procedure: string;
  population: string;
  result: string;
  needs: string;
  params: string;
  remedy: string;
  findings: Capped<FindingView & { anchor: string }>;
};

/** A control or rule in the contents: what it is looked up by, and its whole title. */
export type IndexEntry = { anchor: string; label: string; title: string };

/** A chapter in the contents. */
export type IndexChapter = { anchor: string; title: string; entries: IndexEntry[] };

/** The annex of a framework, ready to print. */
export type AnnexView = PaperHead & {
  title: string;
  framework: string;
  issuer: string;
  source: string;
  sentence: string;
  disclaimer: string;
  state: string;
  periodNeeded: string;
  shortIds: ShortId[];
  bar: Bar;
  meanings: { verdict: string; word: string; meaning: string }[];
  /** The contents as printed. */
  index: IndexChapter[];
  /** The contents with whole titles, for bookmarks. */
  contents: ContentsLine[];
  /** Controls that apply and have a test. */
  controls: AnnexControl[];
  /** The others, a line each. */
  untested: AnnexControl[];
  procedures: ProcedureView[];
  limits: string[];
  partNotes: PartNote[];
};

const NAMED_FINDINGS = 5;
const RECORDS = 2;
/** Findings printed with all they say, in one annex. */
const FINDINGS = { most: 40, least: 3, budget: 500 };

/** What the parts of an annex share. */
type AnnexContext = {
  plan: Assessment['plan'];
  framework: FrameworkResult;
  policies: ReadonlyMap<string, PolicyResult>;
  observations: ReadonlyMap<string, JudgedObservation>;
  ruleAnchors: ReadonlyMap<string, string>;
  /** Anchors of the findings that are printed with all they say. */
  printed: ReadonlyMap<string, string>;
  /** What is missing in words, by dossier path. */
  labels: ReadonlyMap<string, string>;
  /** The notes by their reasons. */
  partNotes: PartNotes;
};

/** Returns everything that the annex of a framework states; nothing about another framework. */
export function annexView(original: Assessment, id: string): AnnexView {
  const assessment = printable(original);
  const framework = assessment.frameworks[original.frameworks.findIndex((each) => each.id === id)];
  if (framework === undefined) throw new Error(`${id} was not assessed`);
  const { context, findings } = annexContext(assessment, framework);
  const anchor = makeAnchors();
  const controls = framework.controls.map((control) =>
    annexControl(control, anchor('control', control.id), context),
  );
  const tested = controls.filter(isTested);
  const procedures = [...findings].map(([ruleId, found]) => procedureView(ruleId, found, context));
  const index = indexOf(tested, procedures);
  const name = `${framework.title} ${framework.version}`;
  return {
    ...paperHead(assessment),
    title: `${organisationText(assessment.plan)}: annex for ${name}`,
    framework: name,
    issuer: framework.issuer,
    source: framework.source,
    sentence: statesText(framework),
    disclaimer: framework.disclaimer,
    state: stateOfLaw(framework),
    periodNeeded: periodNeeded(framework, assessment.plan),
    shortIds: shortIds(framework),
    bar: stateBar(framework),
    meanings: meaningsOf(framework),
    index,
    contents: contentsOf(index),
    controls: tested,
    untested: controls.filter((control) => !isTested(control)),
    procedures,
    limits: limitSentences(assessment, settingsIn(assessment)),
    partNotes: [...context.partNotes.values()],
  };
}

/** Returns whether a control has a test with a subject: tests of a control that does not apply have nobody in scope. */
function isTested({ tests, verdict }: AnnexControl): boolean {
  return tests.length > 0 && applies({ verdict });
}

function applies({ verdict }: { verdict: string }): boolean {
  return verdict !== 'not-applicable';
}

/** An annex has no chapter on settings: another file of the pack states them. */
function settingsIn({ plan }: Assessment): Places {
  const file = fileWith('settings', plan);
  return { scope: file, set: file };
}

/** The findings of each rule that count for the framework, with all or the worst of them printed. */
type Findings = Map<string, Capped<JudgedObservation>>;

function annexContext(
  assessment: Assessment,
  framework: FrameworkResult,
): { context: AnnexContext; findings: Findings } {
  const { plan, policies, observations } = assessment;
  const anchor = makeAnchors();
  const applying = { ...framework, controls: framework.controls.filter(applies) };
  const rules = rulesOf(applying);
  const findings: Findings = new Map();
  const failing = countedFor(applying, observations);
  const share = shareOf(FINDINGS, new Set(failing.map(({ ruleId }) => ruleId)).size);
  for (const ruleId of rules) {
    const found = failing.filter((one) => one.ruleId === ruleId);
    findings.set(
      ruleId,
      capped(found, share, found.length, `all of them are in ${fileWith('failures', plan)}`),
    );
  }
  const printed = [...findings.values()].flatMap(({ items }) => items.map(({ id }) => id));
  return {
    findings,
    context: {
      plan,
      framework,
      policies: new Map(policies.map((policy) => [policy.id, policy])),
      observations: new Map(failing.map((one) => [one.id, one])),
      ruleAnchors: new Map(rules.map((ruleId) => [ruleId, anchor('rule', ruleId)])),
      printed: new Map(printed.map((id) => [id, anchor('finding', id)])),
      labels: missingLabels(assessment),
      partNotes: partNotesOf(applying, 'part'),
    },
  };
}

/** Returns the failures that count for a control of the framework, worst first for each rule. */
function countedFor(
  { id, controls }: FrameworkResult,
  observations: readonly JudgedObservation[],
): JudgedObservation[] {
  const named = new Set(controls.flatMap(({ mappings }) => mappings.flatMap(({ findings }) => findings)));
  return observations.filter(
    (one) => named.has(one.id) || one.controls.some(({ framework }) => framework === id),
  );
}

function rulesOf({ controls }: FrameworkResult): string[] {
  const all = controls.flatMap(({ mappings }) => mappings.map(({ ruleId }) => ruleId));
  return [...new Set(all)].sort(compareText);
}

function annexControl(control: ControlResult, anchor: string, context: AnnexContext): AnnexControl {
  const { id, title, verdictText, because, assessor, applicability, ask, mappings } = control;
  const tests = mappings.map((mapping) => testView(mapping, context));
  return {
    anchor,
    id,
    title,
    verdict: controlState(control, context.framework),
    verdictText,
    suggestion: control.suggestion ?? null,
    because: clip(because, 400),
    assessor,
    applicability,
    ask,
    tests,
  };
}

function testView(mapping: MappingResult, context: AnnexContext): TestView {
  const { ruleId, grade, elements, inPart, limitation, outcomes } = mapping;
  const named = mapping.findings.flatMap((id) => context.observations.get(id) ?? []);
  return {
    ruleId,
    title: context.policies.get(ruleId)?.title ?? ruleId,
    anchor: context.ruleAnchors.get(ruleId) ?? '',
    grade,
    elements: inPart ? elements.map(({ title }) => title).join('; ') : null,
    population: populationText(mapping, context.policies.get(ruleId)),
    result: outcomesText(outcomes),
    ...limitationOf(limitation, context.partNotes),
    findings: namedFindings(named, outcomes.fail, context),
  };
}

function namedFindings(
  all: readonly JudgedObservation[],
  total: number,
  { printed }: AnnexContext,
): Capped<NamedFinding> {
  const { items, note } = capped(all, NAMED_FINDINGS, total, 'the policy’s chapter has more');
  return { items: items.map((one) => namedFinding(one, printed.get(one.id) ?? null)), note };
}

function namedFinding({ id, subject, violations }: JudgedObservation, anchor: string | null): NamedFinding {
  const record = violations[0]?.records[0];
  return {
    id,
    anchor,
    subject: subject.id,
    record: record === undefined ? 'no record' : `${record.file}, ${record.record}`,
  };
}

function populationText(mapping: MappingResult, policy: PolicyResult | undefined): string {
  const [one, many] = policy === undefined ? ['subject', 'subjects'] : SUBJECT_WORDS[policy.subject];
  const beside = outsideTexts(mapping);
  const all = `${plural(mapping.population, one, many)} in scope`;
  return beside.length === 0 ? all : `${all}; not used: ${joinWords(beside)}`;
}

function outcomesText(outcomes: MappingResult['outcomes']): string {
  const present = OUTCOMES.filter((outcome) => outcomes[outcome] > 0);
  return (
    joinWords(present.map((outcome) => `${formatCount(outcomes[outcome])} ${OUTCOME_WORDS[outcome]}`)) ||
    'no result'
  );
}

function procedureView(
  ruleId: string,
  findings: Capped<JudgedObservation>,
  { policies, ruleAnchors, printed, plan, labels }: AnnexContext,
): ProcedureView {
  const policy = policies.get(ruleId);
  const shown = findings.items.map((one) => ({
    ...findingView(one, { records: RECORDS, policy, plan }),
    anchor: printed.get(one.id) ?? '',
  }));
  return {
    anchor: ruleAnchors.get(ruleId) ?? '',
    ruleId,
    title: policy?.title ?? ruleId,
    procedure: policy?.description ?? 'The policy was not part of this run.',
    population: policy === undefined ? '' : plural(policy.population, ...SUBJECT_WORDS[policy.subject]),
    result: policy === undefined ? 'no result' : outcomesText(policy.outcomes),
    needs: missingInWords(policy?.requires ?? [], labels),
    params: paramsText(policy),
    remedy: policy?.remediation ?? '',
    findings: { items: shown, note: findings.note },
  };
}

function paramsText(policy: PolicyResult | undefined): string {
  if (policy === undefined) return '';
  return Object.entries(policy.params)
    .map(([name, value]) => {
      const set = policy.set[name];
      const changed = set === undefined ? '' : ` (default ${paramText(set.from)})`;
      return `${name} ${paramText(value)}${changed}`;
    })
    .join('; ');
}

function meaningsOf(framework: FrameworkResult): AnnexView['meanings'] {
  return controlStates(framework)
    .filter(({ controls }) => controls.length > 0)
    .map(({ key, label }) => ({ verdict: key, word: label, meaning: STATE_MEANINGS[key] }));
}

/** Returns the chapters with what a reader looks up in them: controls by their id, rules by theirs. */
function indexOf(controls: readonly AnnexControl[], procedures: readonly ProcedureView[]): IndexChapter[] {
  const chapter = (anchor: string, title: string, entries: IndexEntry[] = []) => ({ anchor, title, entries });
  return [
    chapter(
      'controls',
      'Controls with tests',
      controls.map(({ anchor, id, title }) => ({ anchor, label: id, title: `${id} ${title}` })),
    ),
    chapter('untested', 'Controls without a test, or that do not apply'),
    chapter(
      'procedures',
      'Procedures and findings',
      procedures.map(({ anchor, ruleId, title }) => ({ anchor, label: ruleId, title })),
    ),
    chapter('limits', 'Limits'),
    chapter('verify', 'How to verify'),
  ];
}

/** Returns the lines of the contents whole, for the bookmarks. */
function contentsOf(index: readonly IndexChapter[]): ContentsLine[] {
  return index.flatMap(({ anchor, title, entries }): ContentsLine[] => [
    { anchor, title, level: 1 },
    ...entries.map((entry): ContentsLine => ({ anchor: entry.anchor, title: entry.title, level: 2 })),
  ]);
}
