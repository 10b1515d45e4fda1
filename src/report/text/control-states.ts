import { type ControlResult, type CountedState, type FrameworkResult, VERDICTS } from '../../model/index.js';
import { controlState } from '../../text/control-state.js';
import { formatCount, plural } from '../../text/format.js';
import { groupBy } from '../../text/group-by.js';

export { controlState };

/** The state of a control as reports count it. */
export type ControlState = CountedState;

/** Every state, worst first. */
export const CONTROL_STATES: readonly ControlState[] = VERDICTS.flatMap((verdict) =>
  verdict === 'exception' ? [verdict, 'observation' as const] : [verdict],
);

/** The controls of a framework in one state, under the words that they have for it. */
export type StateOfControls = { key: ControlState; label: string; controls: ControlResult[] };

type Framework = Pick<FrameworkResult, 'vocabulary' | 'controls'>;

/**
 * Returns the controls of a framework by state, worst first, also states without controls; each control is in one of them. If controls
 * in one state have different words for it, the label has all of them.
 */
export function controlStates(framework: Framework): StateOfControls[] {
  return CONTROL_STATES.map((key) => {
    const controls = framework.controls.filter((control) => controlState(control, framework) === key);
    const own = [...groupBy(controls, ({ verdictText }) => verdictText).keys()];
    const label = key === 'observation' ? key : framework.vocabulary[key];
    return { key, label: own.length > 0 ? own.join(' / ') : label, controls };
  });
}

/** Returns the states that controls of a framework are in, worst first: controls with words of their own for a state apart. */
export function wordedStates(framework: Framework): StateOfControls[] {
  return controlStates(framework).flatMap(({ key, controls }) =>
    [...groupBy(controls, ({ verdictText }) => verdictText)].map(([label, those]) => ({
      key,
      label,
      controls: those,
    })),
  );
}

/** Returns how many of a framework's controls are in each state; they add up to all of them. */
export function stateCounts(framework: Framework): { [S in ControlState]: number } {
  const counts = controlStates(framework).map(({ key, controls }) => [key, controls.length]);
  return Object.fromEntries(counts) as { [S in ControlState]: number };
}

/** Returns how many of a framework's controls are in each state, in their own words. */
export function statesText(framework: Framework): string {
  const present = wordedStates(framework);
  if (present.length === 0) return 'The framework file lists no control.';
  const parts = present.map(({ label, controls }) => `${formatCount(controls.length)} “${label}”`);
  return `Of ${plural(framework.controls.length, 'control')}: ${parts.join(', ')}.`;
}

/** A column of the table of frameworks: the states that it counts together. */
export type StateColumn = { key: ControlState; label: string; states: readonly ControlState[] };

/** Columns that are left out if no framework has a control in them. */
const RARE: readonly ControlState[] = ['observation', 'exception-accepted'];

const COLUMNS: readonly StateColumn[] = [
  { key: 'exception', label: 'Exceptions', states: ['exception'] },
  { key: 'observation', label: 'Observations', states: ['observation'] },
  { key: 'exception-accepted', label: 'Exceptions accepted', states: ['exception-accepted'] },
  { key: 'insufficient-data', label: 'Evidence missing', states: ['insufficient-data'] },
  {
    key: 'partly-supported',
    label: 'Supported in part or whole',
    states: ['partly-supported', 'evidence-supports'],
  },
  { key: 'attested', label: 'Document on record', states: ['attested'] },
  { key: 'not-tested', label: 'Not examined', states: ['not-tested'] },
  { key: 'not-applicable', label: 'Does not apply', states: ['not-applicable'] },
];

/** Returns the columns of a table of frameworks; the counts of a row add up to the controls of its framework. */
export function stateColumns(frameworks: readonly Framework[]): StateColumn[] {
  return COLUMNS.filter(
    (column) =>
      !RARE.includes(column.key) || frameworks.some((framework) => columnCount(framework, column) > 0),
  );
}

/** Returns the states that a column counts together and that controls of a framework have. */
export function statesIn(framework: Framework, { states }: StateColumn): ControlState[] {
  return states.filter((state) => columnCount(framework, { states: [state] }) > 0);
}

/** Returns how many controls of a framework a column counts. */
export function columnCount(framework: Framework, { states }: Pick<StateColumn, 'states'>): number {
  return framework.controls.filter((control) => states.includes(controlState(control, framework))).length;
}
