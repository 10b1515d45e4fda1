import {
  type Assessment,
  type FrameworkResult,
  SUBJECT_WORDS,
  VERDICTS,
  type Verdict,
} from '../../model/index.js';
import { formatCount, plural } from '../../text/format.js';
import { wrap } from '../../text/wrap.js';
import type { Paint } from './paint.js';

/** What a line says of the verdicts that are no exception; the words of the framework itself are in the details. */
const SHORT: readonly { verdicts: readonly Verdict[]; text: string }[] = [
  { verdicts: ['insufficient-data'], text: 'lack evidence' },
  { verdicts: ['exception-accepted'], text: 'under an accepted exception' },
  { verdicts: ['partly-supported', 'evidence-supports'], text: 'without exception in what was tested' },
  { verdicts: ['attested'], text: 'with a document only' },
  { verdicts: ['not-tested'], text: 'not tested' },
  { verdicts: ['not-applicable'], text: 'not applicable' },
];

/** Returns a line for each framework: exceptions in its own words, then the others. */
export function frameworkLines({ frameworks }: Assessment, paint: Paint, width: number): string[] {
  if (frameworks.length === 0) return [];
  return [
    paint.bold('Frameworks'),
    ...frameworks
      .flatMap((framework) => wrap(frameworkLine(framework), width - 2, '  '))
      .map((line) => `  ${line}`),
  ];
}

/** Returns every verdict of a framework in its own words, and the facts that were unknown. */
export function frameworkDetails(framework: FrameworkResult, paint: Paint, width: number): string[] {
  const { title, version, verdicts, vocabulary, controls } = framework;
  const digits = formatCount(controls.length).length;
  const lines = VERDICTS.filter((verdict) => verdicts[verdict] > 0).flatMap((verdict) =>
    wrap(
      `${formatCount(verdicts[verdict]).padStart(digits)} ${vocabulary[verdict]}`,
      width - 2 - digits,
      ' '.repeat(digits + 1),
    ).map((line) => `  ${line}`),
  );
  const heading = paint.bold(`${title} ${version}: ${formatCount(controls.length)} controls`);
  return [heading, ...lines, ...unknownFacts(framework, width)];
}

function frameworkLine({ title, version, verdicts, vocabulary, controls }: FrameworkResult): string {
  const exceptions =
    verdicts.exception === 0 ? [] : [`${formatCount(verdicts.exception)} ${vocabulary.exception}`];
  const others = SHORT.flatMap(({ verdicts: counted, text }) => {
    const count = counted.reduce((sum, verdict) => sum + verdicts[verdict], 0);
    return count === 0 ? [] : [`${formatCount(count)} ${text}`];
  });
  return `${title} ${version}, ${plural(controls.length, 'control')}: ${[...exceptions, ...others].join(', ')}`;
}

function unknownFacts({ undecided }: FrameworkResult, width: number): string[] {
  if (undecided.length === 0) return [];
  const facts = undecided.map(
    ({ field, kind, subjects }) => `${field} (${plural(subjects, ...SUBJECT_WORDS[kind])})`,
  );
  const text = `Unknown, so that what needs it was not used: ${facts.join(', ')}`;
  return wrap(text, width - 4, '  ').map((line) => `  ${line}`);
}
