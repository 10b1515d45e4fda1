import type { FrameworkResult, Verdict } from '../../../model/index.js';
import { clip, plural } from '../../../text/format.js';
import {
  type ControlState,
  controlStates,
  type StateOfControls,
  statesText,
} from '../../text/control-states.js';
import { STATE_MEANINGS } from '../../text/words.js';
import type { Bar } from '../../view/bar.js';
import { stateBar } from '../../view/state-bar.js';
import { decisiveLine, type LineContext } from './decisive-line.js';

/** A control in one line. */
export type VerdictLine = { id: string; title: string; line: string };

/** Controls with the same verdict, under the framework's word for it. */
export type VerdictGroup = { verdict: ControlState; heading: string; meaning: string; lines: VerdictLine[] };

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
    sentence: statesText(framework),
    disclaimer,
    bar: stateBar(framework),
    groups: controlStates(framework).flatMap((state) => verdictGroup(state, context)),
  };
}

function verdictGroup({ key, label, controls }: StateOfControls, context: LineContext): VerdictGroup[] {
  if (controls.length === 0) return [];
  return [
    {
      verdict: key,
      heading: `${label}: ${plural(controls.length, 'control')}`,
      meaning: STATE_MEANINGS[key],
      lines: controls.map((control) => ({
        id: control.id,
        title: clip(control.title, LONGEST_TITLE),
        line: decisiveLine(control, key, context),
      })),
    },
  ];
}

function undecidedLine(framework: FrameworkResult): string {
  const { title, version, controls } = framework;
  const name = `${title} ${version}`;
  if (controls.length === 0) return `${name}: the framework file lists no control.`;
  return `${name}: none of the controls was decided. ${statesText(framework)}`;
}
