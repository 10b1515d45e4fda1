import type { FrameworkResult } from '../../../model/index.js';
import { clip, plural } from '../../../text/format.js';
import { groupBy } from '../../../text/group-by.js';
import {
  type ControlState,
  columnCount,
  controlStates,
  type StateOfControls,
  statesText,
} from '../../text/control-states.js';
import { type ShortId, shortIds, stateOfLaw } from '../../text/state-of-law.js';
import { STATE_MEANINGS } from '../../text/words.js';
import type { Bar } from '../../view/bar.js';
import { stateBar } from '../../view/state-bar.js';
import { decisiveLine, type LineContext } from './decisive-line.js';

/** A control in one line. */
export type VerdictLine = { id: string; title: string; line: string };

/** Controls of which nothing but a reason is to be said, which they share; empty if a person is asked instead. */
export type VerdictList = { reason: string; controls: { id: string; title: string }[] };

/** Controls with the same verdict, under the framework's word for it; links lead to its anchor. */
export type VerdictGroup = { anchor: string; verdict: ControlState; heading: string; meaning: string };

/** Controls that evidence decides, or could: a line each. */
export type LinedGroup = VerdictGroup & { lines: VerdictLine[] };

/** Controls that nothing was tested for: by the reason. */
export type ListedGroup = VerdictGroup & { lists: VerdictList[] };

/** A framework of which at least one control was decided. */
export type FrameworkVerdicts = {
  anchor: string;
  name: string;
  sentence: string;
  disclaimer: string;
  /** The state of the law or standard, and when it was read. */
  state: string;
  shortIds: ShortId[];
  bar: Bar;
  groups: LinedGroup[];
  listed: ListedGroup[];
};

/** The chapter of verdicts: frameworks with a decided control, and one line for each other framework. */
export type VerdictsView = { frameworks: FrameworkVerdicts[]; undecided: string[] };

/** States that say something about a control, from evidence. */
const DECIDED: readonly ControlState[] = [
  'exception',
  'observation',
  'exception-accepted',
  'partly-supported',
  'evidence-supports',
  'attested',
];
const LONGEST_TITLE = 90;
/** States of which a control has nothing to show: they are printed as lists. */
const LISTED: readonly ControlState[] = ['not-applicable', 'not-tested'];

/** Returns the anchor of the controls of a framework in one state. */
export function stateAnchor(framework: string, state: ControlState): string {
  return `state-${framework}-${state}`;
}

/** Returns whether any control of a framework was decided, or has an observation. */
export function hasDecided(framework: FrameworkResult): boolean {
  return columnCount(framework, { states: DECIDED }) > 0;
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
  const states = controlStates(framework).filter(({ controls }) => controls.length > 0);
  return {
    anchor,
    name: `${title} ${version}`,
    sentence: statesText(framework),
    disclaimer,
    state: stateOfLaw(framework),
    shortIds: shortIds(framework),
    bar: stateBar(framework),
    groups: states
      .filter(({ key }) => !LISTED.includes(key))
      .map((state) => linedGroup(state, anchor, context)),
    listed: states
      .filter(({ key }) => LISTED.includes(key))
      .map((state) => listedGroup(state, anchor, context)),
  };
}

function linedGroup(state: StateOfControls, framework: string, context: LineContext): LinedGroup {
  const { key, controls } = state;
  return {
    ...headOf(state, framework),
    lines: controls.map((control) => ({
      id: control.id,
      title: clip(control.title, LONGEST_TITLE),
      line: decisiveLine(control, key, context),
    })),
  };
}

function listedGroup(state: StateOfControls, framework: string, context: LineContext): ListedGroup {
  const byReason = groupBy(state.controls, (control) => decisiveLine(control, state.key, context));
  return {
    ...headOf(state, framework),
    lists: [...byReason].map(([reason, controls]) => ({
      reason,
      controls: controls.map(({ id, title }) => ({ id, title: clip(title, LONGEST_TITLE) })),
    })),
  };
}

function headOf({ key, label, controls }: StateOfControls, framework: string): VerdictGroup {
  return {
    anchor: stateAnchor(framework, key),
    verdict: key,
    heading: `${label}: ${plural(controls.length, 'control')}`,
    meaning: STATE_MEANINGS[key],
  };
}

function undecidedLine(framework: FrameworkResult): string {
  const { title, version, controls } = framework;
  const name = `${title} ${version}`;
  if (controls.length === 0) return `${name}: the framework file lists no control.`;
  return `${name}: none of the controls was decided. ${statesText(framework)}`;
}
