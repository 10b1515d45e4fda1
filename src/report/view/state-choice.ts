import type { FrameworkResult } from '../../model/index.js';
import {
  columnCount,
  controlStates,
  type StateColumn,
  stateColumns,
  statesIn,
} from '../text/control-states.js';

/** A choice of the list of a framework's controls: the states it shows, separated by spaces. */
export type StateChoice = { key: string; label: string; count: number };

/** Returns what a list of the controls of a framework can be cut down to: each state, and those that the first screen counts together. */
export function stateChoices(framework: FrameworkResult): StateChoice[] {
  const own = controlStates(framework)
    .filter(({ controls }) => controls.length > 0)
    .map(({ key, label, controls }) => ({ key, label, count: controls.length }));
  const together = stateColumns([framework])
    .filter((column) => statesIn(framework, column).length > 1)
    .map((column) => ({
      key: choiceOf(framework, column),
      label: column.label,
      count: columnCount(framework, column),
    }));
  return [...own, ...together];
}

/** Returns the address of the controls of a framework that a column counts; null if it counts none. */
export function controlsAddress(
  framework: FrameworkResult,
  column: StateColumn,
  anchor: string,
): string | null {
  const state = choiceOf(framework, column);
  return state === '' ? null : `#${new URLSearchParams({ list: controlList(anchor), state })}`;
}

/** Returns the id of the list of a framework's controls. */
function controlList(anchor: string): string {
  return `${anchor}-controls`;
}

function choiceOf(framework: FrameworkResult, column: StateColumn): string {
  return statesIn(framework, column).join(' ');
}
