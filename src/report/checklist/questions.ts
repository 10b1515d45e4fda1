import type { Assessment, MissingEvidence } from '../../model/index.js';
import { formatCount, plural } from '../../text/format.js';
import { type Column, ENTRIES } from '../table/column.js';
import { controlsText } from '../text/action-text.js';
import { entriesOf, type Followed } from './entries.js';
import { type OpenControls, openControls } from './open-controls.js';

/** One thing to ask for: evidence that is missing, or a question only a person can answer. */
export type Question = Followed & {
  id: string;
  /** What answers it. */
  kind: string;
  /** What is missing, or the question. */
  asked: string;
  /** Checks that it would decide alone, and with others; null for a question that no check waits for. */
  alone: number | null;
  together: number | null;
  controls: string;
  rules: string;
  /** How to get what is missing; what is known so far about what only a person can answer. */
  how: string;
};

const KINDS: { readonly [K in MissingEvidence['kind']]: string } = {
  export: 'Export',
  field: 'Field of the records',
  fact: 'Fact for keyproof.yaml',
  document: 'Document',
};

/** Columns of the questions. */
export const QUESTION_COLUMNS: readonly Column<Question>[] = [
  { name: 'ID', width: 26, value: ({ id }) => id },
  { name: 'Kind', width: 22, value: ({ kind }) => kind },
  { name: 'Missing, or to ask', width: 50, value: ({ asked }) => asked },
  { name: 'Decides', width: 26, value: decidesText },
  { name: 'Checks decided alone', width: 10, kind: 'count', value: ({ alone }) => alone },
  { name: 'Checks decided with others', width: 10, kind: 'count', value: ({ together }) => together },
  { name: 'How to get it, or what is known', width: 60, value: ({ how }) => how },
  { name: 'Controls', width: 40, value: ({ controls }) => controls },
  { name: 'Policies', width: 34, value: ({ rules }) => rules },
  ...ENTRIES,
];

/** Returns what to ask for: what is missing first, by the checks it decides, then what only a person can answer. */
export function questionsOf(assessment: Assessment): Question[] {
  const entryOf = entriesOf(assessment);
  return [
    ...assessment.missingEvidence.map(missingQuestion),
    ...openControls(assessment).asked.map(personQuestion),
  ].map((question) => ({ ...question, ...entryOf(question.id) }));
}

/** Returns the ID under which a missing thing stands in every list. */
export function missingId({ path }: MissingEvidence): string {
  return `missing/${path}`;
}

/** Returns `decides 40 checks alone, 4 more with others`. */
export function decidesText({ alone, together }: Pick<Question, 'alone' | 'together'>): string {
  if (alone === null || together === null) return '';
  const more = together - alone;
  const parts = [
    ...(alone > 0 ? [`${plural(alone, 'check')} alone`] : []),
    ...(more > 0
      ? [alone > 0 ? `${formatCount(more)} more with others` : `${plural(more, 'check')} with others`]
      : []),
  ];
  return parts.length === 0 ? 'which controls checks count for' : parts.join(', ');
}

function missingQuestion(missing: MissingEvidence): Question {
  const { label, kind, alone, together, controls, rules, how } = missing;
  return {
    id: missingId(missing),
    kind: KINDS[kind],
    asked: `${label.charAt(0).toUpperCase()}${label.slice(1)}`,
    alone,
    together,
    controls: controlsText(controls),
    rules: rules.join(', '),
    how,
  };
}

function personQuestion({ control, ask }: OpenControls['asked'][number]): Question {
  return {
    id: control.id,
    kind: 'Question for a person',
    asked: ask,
    alone: null,
    together: null,
    controls: controlsText([control]),
    rules: control.rules.join(', '),
    how: control.gap,
  };
}
