import { type Assessment, SUBJECT_KINDS, SUBJECT_WORDS } from '../../model/index.js';
import { formatCount, formatMoment, joinWords, plural } from '../../text/format.js';
import { severitiesText } from './policy-view.js';

/** Returns the number of checks: one policy on one subject is one check. */
export function checkCount({ outcomes }: Pick<Assessment, 'outcomes'>): number {
  return Object.values(outcomes).reduce((sum, count) => sum + count, 0);
}

/** Returns `2,000 keys, 60 principals and 1 organisation`, without kinds that have no subject. */
export function subjectsText({ subjects }: Assessment): string {
  const present = SUBJECT_KINDS.filter((kind) => subjects[kind] > 0);
  return joinWords(present.map((kind) => plural(subjects[kind], ...SUBJECT_WORDS[kind])));
}

/** Returns the result in one line. */
export function headline(assessment: Assessment): string {
  const { outcomes } = assessment;
  if (checkCount(assessment) === 0) return 'Nothing was evaluated, so nothing can be said.';
  if (outcomes.fail > 0)
    return `${formatCount(outcomes.fail)} of ${plural(checkCount(assessment), 'check')} failed.`;
  const undecided = outcomes['no-evidence'] + outcomes.error;
  if (undecided > 0) return `No check failed; ${formatCount(undecided)} could not be decided.`;
  if (outcomes.pass === 0) return 'No check failed, and none passed.';
  return 'No check failed on the records supplied.';
}

/** Returns the result in a few sentences for a reader who knows no framework. */
export function summarySentences(assessment: Assessment): string[] {
  const { outcomes, plan, policies, severities } = assessment;
  if (checkCount(assessment) === 0)
    return [
      'No subject was found in the files supplied that a policy could be evaluated on. See the population table.',
    ];
  const said = [
    `keyproof examined ${subjectsText(assessment)} against ${plural(policies.length, 'policy', 'policies')} as of ${formatMoment(plan.asOf)}. Each policy was evaluated on every subject of its kind, ${plural(checkCount(assessment), 'check')} in all; nothing was sampled.`,
  ];
  if (outcomes.fail > 0)
    said.push(
      `${plural(outcomes.fail, 'check')} failed (${severitiesText(severities)}), each resting on records named with the finding.`,
    );
  return [...said, ...undecidedSentences(assessment), ...restSentences(assessment)];
}

function undecidedSentences({ outcomes }: Assessment): string[] {
  const parts: string[] = [];
  if (outcomes['no-evidence'] > 0)
    parts.push(
      `${plural(outcomes['no-evidence'], 'check')} could not be decided because evidence is missing`,
    );
  if (outcomes.error > 0) parts.push(`${plural(outcomes.error, 'check')} ended in an error`);
  if (parts.length === 0) return [];
  return [`${joinWords(parts)}; they count neither as passed nor as failed.`];
}

function restSentences({ outcomes }: Assessment): string[] {
  const parts: string[] = [`${formatCount(outcomes.pass)} passed`];
  if (outcomes['not-applicable'] > 0)
    parts.push(`${formatCount(outcomes['not-applicable'])} did not apply for a stated reason`);
  if (outcomes.waived > 0) parts.push(`${formatCount(outcomes.waived)} are covered by an accepted exception`);
  if (outcomes.attested > 0)
    parts.push(`${formatCount(outcomes.attested)} rest on a document whose content was not tested`);
  const text = joinWords(parts);
  return [`${text}.`];
}
