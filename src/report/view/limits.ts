import type { Assessment, InputFile, ParamOrigin } from '../../model/index.js';
import { formatCount, joinWords, plural } from '../../text/format.js';

/** Where a document states what was taken as given. */
export type Places = {
  /** Chapter that lists what states each fact. */
  scope: string;
  /** Place that says what set a threshold. */
  set: string;
};

const ON_THE_PAGE: Places = { scope: '“Scope and settings”', set: 'each policy’s section' };

/** Returns what the report does not show, beginning with what is true of every report. */
export function limitSentences(assessment: Assessment, places: Places = ON_THE_PAGE): string[] {
  return [
    'The results speak for the records in the listed files as of the stated date. keyproof connected to no system and cannot see what an export left out.',
    'A passed check shows that the records satisfy the policy’s condition. It does not show that a control is designed well, or operated throughout a period.',
    'Missing data is reported as “no evidence”. It is never counted as passed.',
    'A verdict on a control is indicative. It follows from graded mappings of policies to the control, each with its limitation; the assessor, auditor or management concludes.',
    ...assumed(assessment, places),
    ...changed(assessment, places),
    ...files(assessment.inputs),
  ];
}

function assumed({ plan }: Assessment, { scope }: Places): string[] {
  if (plan.facts.length === 0) return [];
  return [
    `${plural(plan.facts.length, 'fact')} about the entity, and about every subject whose record does not say, ${plan.facts.length === 1 ? 'was' : 'were'} taken as given and not tested; ${scope} lists what states each.`,
  ];
}

/** What sets thresholds, by kind of origin, and what the place that the report names says of it. */
const SETTERS: readonly { kinds: readonly ParamOrigin['kind'][]; sets: string; says: string }[] = [
  {
    kinds: ['preset', 'threshold'],
    sets: 'keyproof.yaml sets thresholds of',
    says: 'says by which preset, or by whom and why',
  },
  { kinds: ['document'], sets: 'Documents of the entity set thresholds of', says: 'names them' },
  {
    kinds: ['follows'],
    sets: 'The limits of other policies set thresholds of',
    says: 'says which',
  },
];

function changed({ policies }: Assessment, { set: place }: Places): string[] {
  return SETTERS.flatMap(({ kinds, sets, says }) => {
    const own = policies.filter(({ set }) =>
      Object.values(set).some(({ origin }) => kinds.includes(origin.kind)),
    );
    return own.length === 0 ? [] : [`${sets} ${joinWords(own.map(({ id }) => id))}; ${place} ${says}.`];
  });
}

function files(inputs: readonly InputFile[]): string[] {
  const unreadable = inputs.filter((file) => file.state === 'unreadable').length;
  const truncated = inputs.filter((file) => file.truncated).length;
  const rejected = inputs.reduce((sum, file) => sum + file.rejected, 0);
  const said: string[] = [];
  if (unreadable > 0) said.push(`${plural(unreadable, 'file')} could not be read to the end.`);
  if (truncated > 0)
    said.push(
      `${plural(truncated, 'file')} cannot prove completeness: the export continues elsewhere or ends early.`,
    );
  if (rejected > 0)
    said.push(
      `${formatCount(rejected)} malformed ${rejected === 1 ? 'record was' : 'records were'} rejected and took no part.`,
    );
  const unknown = inputs.reduce((sum, file) => sum + file.unreadableFields, 0);
  if (unknown > 0)
    said.push(`${plural(unknown, 'value')} could not be read and ${unknown === 1 ? 'is' : 'are'} unknown.`);
  return said;
}
