import type { Assessment, PartialInput, RecordKind } from '../../model/index.js';
import { formatCount } from '../../text/format.js';

type Partial = Pick<Assessment, 'partialInputs'>;

const MOST = 5;
/** Problems that a row of the population names: a merged pack may have dozens, each about every kind of record. */
const MOST_OF_KIND = 2;

/** Returns what is wrong with inputs that are not whole, a sentence each: the first five, and how many more. */
export function partialInputLines({ partialInputs = [] }: Partial, most = MOST): string[] {
  const problems = [...new Set(partialInputs.map(({ problem }) => problem))];
  const more = problems.length - most;
  return [
    ...problems.slice(0, most).map((problem) => `${problem}.`),
    ...(more > 0 ? [`${formatCount(more)} more: see the population.`] : []),
  ];
}

/** Returns what is wrong with the inputs of a kind of record, the first two and how many more; an input of which no kind is known may hold any. */
export function problemsOfKind({ partialInputs = [] }: Partial, kind: RecordKind): string {
  const concerns = ({ kinds }: PartialInput) => kinds.length === 0 || kinds.includes(kind);
  const problems = [...new Set(partialInputs.filter(concerns).map(({ problem }) => problem))];
  const more = problems.length - MOST_OF_KIND;
  const rest = more > 0 ? [`${formatCount(more)} more, all in assessment.json`] : [];
  return [...problems.slice(0, MOST_OF_KIND), ...rest].join('; ');
}

/** Sentence that begins the list of inputs that are not whole. */
export const IN_THE_PART_TESTED =
  'What passes by these inputs passes in the part tested: they are not whole, or contradict each other.';

/** Returns how much of the population was tested. */
export function extentText({ partialInputs = [] }: Partial): string {
  return partialInputs.length === 0
    ? 'every policy on every subject of its kind; nothing was sampled'
    : 'every policy on every subject supplied; some inputs are not whole, so that this is the part tested';
}
