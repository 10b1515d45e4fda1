import { type Assessment, type FrameworkResult, SUBJECT_WORDS } from '../../model/index.js';
import { factWords } from '../../text/fact-words.js';
import { formatCount, joinWords, plural } from '../../text/format.js';
import { groupBy } from '../../text/group-by.js';
import { wrap } from '../../text/wrap.js';
import {
  type ControlState,
  columnCount,
  type StateColumn,
  stateColumns,
  wordedStates,
} from '../text/control-states.js';
import { frameworksThatApply } from '../text/frameworks-that-apply.js';
import type { Paint } from './paint.js';

/** What a line calls the columns for which the framework's own words are too long; they are in the details. */
const SHORT: { readonly [S in ControlState]?: string } = {
  'insufficient-data': 'evidence missing',
  'exception-accepted': 'under an accepted exception',
  'partly-supported': 'no exception in what was tested',
  attested: 'document only',
  'not-tested': 'not examined',
  'not-applicable': 'does not apply',
};

/** Returns a line for each framework that applies: exceptions in its own words, then the others; and one on those that do not apply. */
export function frameworkLines({ frameworks }: Assessment, paint: Paint, width: number): string[] {
  if (frameworks.length === 0) return [];
  const { rows, others } = frameworksThatApply(frameworks);
  return [
    paint.bold('Frameworks'),
    ...[...rows.map(frameworkLine), ...(others === null ? [] : [others])]
      .flatMap((line) => wrap(line, width - 2, '  '))
      .map((line) => `  ${line}`),
  ];
}

/** Returns every verdict of a framework in the words of its controls, and the facts that were unknown. */
export function frameworkDetails(framework: FrameworkResult, paint: Paint, width: number): string[] {
  const { title, version, controls } = framework;
  const digits = formatCount(controls.length).length;
  const lines = wordedStates(framework).flatMap((state) =>
    wrap(
      `${formatCount(state.controls.length).padStart(digits)} ${state.label}`,
      width - 2 - digits,
      ' '.repeat(digits + 1),
    ).map((line) => `  ${line}`),
  );
  const heading = wrap(`${title} ${version}: ${plural(controls.length, 'control')}`, width);
  return [...heading.map(paint.bold), ...lines, ...unknownFacts(framework, width)];
}

function frameworkLine(framework: FrameworkResult): string {
  const { title, version, controls } = framework;
  const said = stateColumns([framework]).flatMap((column) => countsOf(column, framework));
  return `${title} ${version}, ${plural(controls.length, 'control')}: ${said.join(', ')}`;
}

/** Returns the counts of a column: exceptions and observations in the words of their controls, the rest in short ones. */
function countsOf(column: StateColumn, framework: FrameworkResult): string[] {
  const short = SHORT[column.key];
  const count = columnCount(framework, column);
  if (short !== undefined) return count === 0 ? [] : [`${short} ${formatCount(count)}`];
  const own = wordedStates(framework).filter(({ key }) => column.states.includes(key));
  return own.map(({ label, controls }) => `${label} ${formatCount(controls.length)}`);
}

function unknownFacts({ undecided }: FrameworkResult, width: number): string[] {
  if (undecided.length === 0) return [];
  const facts = [...groupBy(undecided, ({ field }) => field)].map(([field, of]) => {
    const whose = of.map(({ kind, subjects }) => plural(subjects, ...SUBJECT_WORDS[kind]));
    return `${factWords(field)} (${joinWords(whose)})`;
  });
  const text = `Unknown, so that what needs it was not used: ${facts.join(', ')}`;
  return wrap(text, width - 4, '  ').map((line) => `  ${line}`);
}
