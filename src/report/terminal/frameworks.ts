import {
  type Assessment,
  type FrameworkResult,
  SUBJECT_WORDS,
  VERDICTS,
  type Verdict,
} from '../../model/index.js';
import { formatCount, plural } from '../../text/format.js';
import { groupBy } from '../../text/group-by.js';
import { wrap } from '../../text/wrap.js';
import type { Paint } from './paint.js';

/** What a line says of verdicts beside exceptions and missing evidence; the words of the framework itself are in the details. */
const SHORT: readonly { verdicts: readonly Verdict[]; text: string }[] = [
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
  const { title, version, controls } = framework;
  const digits = formatCount(controls.length).length;
  const lines = VERDICTS.flatMap((verdict) => verdictCounts(framework, verdict)).flatMap(([text, count]) =>
    wrap(`${formatCount(count).padStart(digits)} ${text}`, width - 2 - digits, ' '.repeat(digits + 1)).map(
      (line) => `  ${line}`,
    ),
  );
  const heading = paint.bold(`${title} ${version}: ${formatCount(controls.length)} controls`);
  return [heading, ...lines, ...unknownFacts(framework, width)];
}

/** Returns the words of a verdict with their controls: an observation has other words than missing evidence. */
function verdictCounts({ controls }: FrameworkResult, verdict: Verdict): [text: string, count: number][] {
  const texts = controls.filter((control) => control.verdict === verdict).map((one) => one.verdictText);
  return [...groupBy(texts, (text) => text)].map(([text, same]) => [text, same.length]);
}

function frameworkLine(framework: FrameworkResult): string {
  const { title, version, verdicts, vocabulary, controls } = framework;
  const own = [
    ...verdictCounts(framework, 'exception'),
    ...verdictCounts(framework, 'insufficient-data').map(([text, count]): [string, number] => [
      text === vocabulary['insufficient-data'] ? 'lack evidence' : text,
      count,
    ]),
  ];
  const others = SHORT.map(({ verdicts: counted, text }): [string, number] => [
    text,
    counted.reduce((sum, verdict) => sum + verdicts[verdict], 0),
  ]);
  const counts = [...own, ...others].filter(([, count]) => count > 0);
  const said = counts.map(([text, count]) => `${formatCount(count)} ${text}`);
  return `${title} ${version}, ${plural(controls.length, 'control')}: ${said.join(', ')}`;
}

function unknownFacts({ undecided }: FrameworkResult, width: number): string[] {
  if (undecided.length === 0) return [];
  const facts = undecided.map(
    ({ field, kind, subjects }) => `${field} (${plural(subjects, ...SUBJECT_WORDS[kind])})`,
  );
  const text = `Unknown, so that what needs it was not used: ${facts.join(', ')}`;
  return wrap(text, width - 4, '  ').map((line) => `  ${line}`);
}
