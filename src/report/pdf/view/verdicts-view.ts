import { type FrameworkResult, VERDICTS, type Verdict } from '../../../model/index.js';
import { clip, formatCount, joinWords, plural } from '../../../text/format.js';
import { VERDICT_MEANINGS } from '../../text/words.js';
import { type Bar, stackedBar } from '../../view/bar.js';
import { decisiveLine, type LineContext } from './decisive-line.js';

/** A control in one line. */
export type VerdictLine = { id: string; title: string; line: string };

/** Controls with the same verdict, under the framework's word for it. */
export type VerdictGroup = { verdict: Verdict; heading: string; meaning: string; lines: VerdictLine[] };

/** A framework of which at least one control was decided. */
export type FrameworkVerdicts = {
  anchor: string;
  name: string;
  sentence: string;
  disclaimer: string;
  bar: Bar;
  groups: VerdictGroup[];
};

/** The chapter of verdicts: frameworks with a decided control, and one line for each other framework. */
export type VerdictsView = { frameworks: FrameworkVerdicts[]; undecided: string[] };

/** Verdicts that say something about a control, from evidence. */
const DECIDED: readonly Verdict[] = ['exception', 'partly-supported', 'evidence-supports', 'attested'];
const LONGEST_TITLE = 90;

/** Returns whether any control of a framework was decided. */
export function hasDecided({ verdicts }: FrameworkResult): boolean {
  return DECIDED.some((verdict) => verdicts[verdict] > 0);
}

/** Returns the chapter of verdicts, frameworks in the order of the plan. */
export function verdictsView(
  frameworks: readonly FrameworkResult[],
  anchorOf: (framework: FrameworkResult) => string,
  context: LineContext,
): VerdictsView {
  return {
    frameworks: frameworks
      .filter(hasDecided)
      .map((framework) => frameworkVerdicts(framework, anchorOf(framework), context)),
    undecided: frameworks.filter((framework) => !hasDecided(framework)).map(undecidedLine),
  };
}

function frameworkVerdicts(
  framework: FrameworkResult,
  anchor: string,
  context: LineContext,
): FrameworkVerdicts {
  const { title, version, disclaimer } = framework;
  return {
    anchor,
    name: `${title} ${version}`,
    sentence: verdictSentence(framework),
    disclaimer,
    bar: verdictBar(framework),
    groups: VERDICTS.flatMap((verdict) => verdictGroup(framework, verdict, context)),
  };
}

function verdictGroup(framework: FrameworkResult, verdict: Verdict, context: LineContext): VerdictGroup[] {
  const controls = framework.controls.filter((control) => control.verdict === verdict);
  if (controls.length === 0) return [];
  return [
    {
      verdict,
      heading: `${framework.vocabulary[verdict]}: ${plural(controls.length, 'control')}`,
      meaning: VERDICT_MEANINGS[verdict],
      lines: controls.map((control) => ({
        id: control.id,
        title: clip(control.title, LONGEST_TITLE),
        line: decisiveLine(control, context),
      })),
    },
  ];
}

/** Returns the bar of a framework's verdicts, worst first. */
export function verdictBar({ verdicts, vocabulary }: FrameworkResult): Bar {
  return stackedBar(VERDICTS.map((key) => ({ key, label: vocabulary[key], count: verdicts[key] })));
}

function verdictCounts({ verdicts, vocabulary }: FrameworkResult): string {
  const present = VERDICTS.filter((verdict) => verdicts[verdict] > 0);
  return joinWords(present.map((verdict) => `${formatCount(verdicts[verdict])} “${vocabulary[verdict]}”`));
}

/** Returns how many of a framework's controls are in each state, in its own words. */
export function verdictSentence(framework: FrameworkResult): string {
  return `Of ${plural(framework.controls.length, 'control')}: ${verdictCounts(framework)}.`;
}

function undecidedLine(framework: FrameworkResult): string {
  const { title, version, controls } = framework;
  const name = `${title} ${version}`;
  if (controls.length === 0) return `${name}: the framework file lists no control.`;
  return `${name}: none of ${plural(controls.length, 'control')} was decided; ${verdictCounts(framework)}.`;
}
