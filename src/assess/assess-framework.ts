import {
  type Control,
  type ControlResult,
  type Framework,
  type FrameworkResult,
  type Grade,
  type Limit,
  type MappingResult,
  VERDICTS,
  type Verdict,
} from '../model/index.js';
import { inPartSentence } from '../text/in-part-sentence.js';
import { sha256Hex } from '../text/sha256.js';
import { because, inPartOnly } from './because.js';
import { entityScope } from './entity-scope.js';
import type { Judged } from './gaps.js';
import { judgeControl, type Signal, signalOf } from './judge-control.js';
import type { MappingState } from './mapping-state.js';
import { type Evidence, mappingStates } from './mapping-states.js';
import { undecidedFacts } from './undecided.js';

/** Judges every control of a framework, in the order of its file. */
export function judgeFramework(framework: Framework, evidence: Evidence): Judged[] {
  return framework.controls.map((control) => {
    const mappings = mappingStates(framework, control, evidence);
    return { framework, control, mappings, finding: finding(framework, control, mappings, evidence) };
  });
}

/** Returns a framework with its findings, as the assessment contains it. */
export async function frameworkResult(
  framework: Framework,
  judged: readonly Judged[],
  evidence: Evidence,
  entityName: string,
): Promise<FrameworkResult> {
  const { id, title, version, issuer, source, reviewed, disclaimer, vocabulary, groups } = framework;
  const { state, read, period, short_ids } = framework;
  const controls = judged.map((one) => one.finding);
  return {
    id,
    title,
    version,
    issuer,
    source,
    reviewed,
    ...(state === undefined ? {} : { state }),
    ...(read === undefined ? {} : { read }),
    ...(period === undefined ? {} : { period }),
    ...(short_ids === undefined ? {} : { short_ids }),
    disclaimer,
    vocabulary,
    groups,
    verdicts: countVerdicts(controls),
    undecided: await undecidedFacts(framework, evidence, entityName),
    controls,
  };
}

function countVerdicts(findings: readonly ControlResult[]): { [V in Verdict]: number } {
  const counts = Object.fromEntries(VERDICTS.map((verdict) => [verdict, 0])) as { [V in Verdict]: number };
  for (const { verdict } of findings) counts[verdict] += 1;
  return counts;
}

function finding(
  framework: Framework,
  control: Control,
  mappings: readonly MappingState[],
  { entity, statedBy }: Evidence,
): ControlResult {
  const signals = mappings.map((mapping) => ({ grade: mapping.grade, signal: signalOf(mapping) }));
  const stated = entityScope(framework, control, entity);
  const verdict = stated.against.length > 0 ? 'not-applicable' : judgeControl(control.status, signals);
  return {
    id: control.id,
    group: control.group,
    title: control.title,
    assessor: control.assessor,
    applicability: control.applicability,
    status: control.status,
    verdict,
    verdictText: verdictText(framework, control, verdict, signals),
    ...suggestionOf(framework, verdict, mappings),
    because: because(control, verdict, mappings, { stated, statedBy }),
    ask: control.ask ?? null,
    mappings: mappings.map((mapping) => ({
      ruleId: mapping.ruleId,
      grade: mapping.grade,
      elements: mapping.elements,
      limits: limitsOf(mapping),
      inPart: mapping.inPart,
      ...defaultsOf(mapping),
      limitation: limitation(mapping),
      population: mapping.population,
      undecided: mapping.undecided,
      outOfScope: mapping.outOfScope,
      notStated: mapping.notStated,
      outcomes: mapping.outcomes,
      findings: mapping.findings,
    })),
    definition: definitionOf(framework, control),
  };
}

function defaultsOf({
  defaultFailures,
  failed,
  failedBeyondDefaults,
}: MappingState): Pick<MappingResult, 'defaultFailures' | 'defaultElements'> {
  if (defaultFailures === 0) return {};
  const defaultElements = failed.filter((id) => !failedBeyondDefaults.includes(id));
  return { defaultFailures, ...(defaultElements.length > 0 ? { defaultElements } : {}) };
}

function definitionOf(
  { when: ofFramework = {} }: Framework,
  { status, when = {}, policies }: Control,
): string {
  return sha256Hex(JSON.stringify([ofFramework, status, when, policies])).slice(0, 16);
}

/** Returns the words for a verdict: those for an observation if a mapping that decides fails against defaults only. */
function verdictText(
  { vocabulary, wordings = {}, observation }: Framework,
  { wording = '' }: Control,
  verdict: Verdict,
  signals: readonly { grade: Grade; signal: Signal }[],
): string {
  const observed = signals.some(({ grade, signal }) => grade !== 'supporting' && signal === 'observes');
  return verdict === 'insufficient-data' && observed && observation !== undefined
    ? observation
    : (wordings[wording]?.[verdict] ?? vocabulary[verdict]);
}

/** An exception against nothing but defaults of keyproof carries no word of the standard's template: whether these limits are right is open. */
function suggestionOf(
  { suggestions }: Framework,
  verdict: Verdict,
  mappings: readonly MappingState[],
): { suggestion?: string } {
  const suggestion = suggestions?.[verdict];
  const carried = verdict !== 'exception' || mappings.some(failsByMoreThanDefaults);
  return suggestion === undefined || !carried ? {} : { suggestion };
}

function failsByMoreThanDefaults({ grade, outcomes, byDefault }: MappingState): boolean {
  return grade !== 'supporting' && outcomes.fail > 0 && !byDefault;
}

function limitsOf({ limits }: MappingState): Limit[] {
  const real = limits.filter(({ whose }) => whose !== 'none');
  return real.filter((limit, index) => real.findIndex(({ text }) => text === limit.text) === index);
}

function limitation(mapping: MappingState): string | null {
  const reasons = inPartOnly(mapping);
  const inPart = reasons.length > 0 ? [inPartSentence(reasons)] : [];
  const limits = limitsOf(mapping).map(({ text }) => text);
  const whose = limits.length > 0 ? [`Limit: ${limits.join('; ')}.`] : [];
  return [mapping.limitation ?? [], whose, inPart].flat().join(' ') || null;
}
