import {
  type ControlResult,
  type MappingResult,
  type PolicyResult,
  SUBJECT_WORDS,
} from '../../../model/index.js';
import { compareText } from '../../../text/compare-text.js';
import { clip, formatCount, plural } from '../../../text/format.js';
import { missingLabel } from '../../../text/missing-label.js';
import type { ControlState } from '../../text/control-states.js';

/** What the lines of a document need to name policies and missing evidence. */
export type LineContext = {
  /** Policies by id. */
  policies: ReadonlyMap<string, PolicyResult>;
  /** What is missing in words, by dossier path. */
  labels: ReadonlyMap<string, string>;
};

const LONGEST = 210;
/** Number of missing things that a line names. */
const NAMED = 2;

/**
 * Returns what decides the verdict of a control, in one line: the test that weighs most with its count, then how many others
 * agree; nothing if nothing was tested and a person is asked instead (the questions are in questions.csv).
 */
export function decisiveLine(control: ControlResult, state: ControlState, context: LineContext): string {
  return clip(LINES[state](control, context), LONGEST);
}

const LINES: { readonly [S in ControlState]: (control: ControlResult, context: LineContext) => string } = {
  exception: (control, context) => testLine(control, context, failedOf),
  observation: (control, context) => testLine(control, context, observedOf),
  'insufficient-data': (control, context) =>
    testLine(control, context, lackingOf) + missingText(control, context),
  'exception-accepted': ({ because }) => because,
  'partly-supported': (control, context) => testLine(control, context, passedOf),
  'evidence-supports': (control, context) => testLine(control, context, passedOf),
  attested: ({ because }) => because,
  'not-applicable': ({ because }) => because,
  'not-tested': ({ ask, because }) => (ask ? '' : because),
};

/** Subjects counted, those tested if they are a part of these, and what became of them. */
type Counted = { count: number; of: number | null; verb: string };

/** Beside exceptions, failures against nothing but defaults do not decide. */
const failedOf = ({ outcomes, defaultFailures = 0 }: MappingResult): Counted => ({
  count: outcomes.fail - defaultFailures,
  of: outcomes.pass + outcomes.fail,
  verb: 'failed',
});
const observedOf = ({ outcomes }: MappingResult): Counted => ({
  count: outcomes.fail,
  of: outcomes.pass + outcomes.fail,
  verb: 'failed',
});
const passedOf = ({ outcomes }: MappingResult): Counted => ({
  count: outcomes.pass,
  of: outcomes.pass + outcomes.fail,
  verb: 'passed',
});
/** What is not tested is in no share. */
function lackingOf({ outcomes, undecided }: MappingResult): Counted {
  const count = outcomes['no-evidence'] + outcomes.error;
  if (count === 0) return { count: undecided, of: null, verb: 'of unknown scope' };
  return { count, of: null, verb: 'without evidence' };
}

function testLine(
  control: ControlResult,
  context: LineContext,
  countOf: (mapping: MappingResult) => Counted,
): string {
  const deciding = control.mappings
    .filter((mapping) => mapping.grade !== 'supporting' && countOf(mapping).count > 0)
    .sort((a, b) => byWeight(a, b) || countOf(b).count - countOf(a).count || compareText(a.ruleId, b.ruleId));
  const [first] = deciding;
  if (first === undefined) return control.because;
  const rest = deciding.length - 1;
  return `${mappingText(first, countOf(first), context)}${rest > 0 ? `; ${plural(rest, 'other test')} alike` : ''}.`;
}

/** Orders what is evidence for all of a control before what is evidence for a part. */
const byWeight = (a: MappingResult, b: MappingResult): number =>
  Number(a.grade !== 'direct') - Number(b.grade !== 'direct');

function mappingText(mapping: MappingResult, counted: Counted, { policies }: LineContext): string {
  const policy = policies.get(mapping.ruleId);
  return `${countsText(counted, policy)}: ${testedText(mapping, policy)} (${mapping.ruleId})`;
}

/** Returns the title of the policy, or those of the elements that count if they are a part of it: the whole was not what decided. */
function testedText({ ruleId, elements, inPart }: MappingResult, policy: PolicyResult | undefined): string {
  if (!inPart || elements.length === 0) return policy?.title ?? ruleId;
  const more = elements.length - NAMED;
  const titles = elements.slice(0, NAMED).map(({ title }) => title);
  return `${titles.join(', ')}${more > 0 ? ` and ${formatCount(more)} more` : ''}`;
}

function countsText({ count, of, verb }: Counted, policy: PolicyResult | undefined): string {
  if (policy?.subject === 'organisation')
    return `${verb[0]?.toUpperCase()}${verb.slice(1)}, for the organisation`;
  const [one, many] = policy === undefined ? ['subject', 'subjects'] : SUBJECT_WORDS[policy.subject];
  return of === null
    ? `${plural(count, one, many)} ${verb}`
    : `${formatCount(count)} of ${plural(of, one, many)} tested ${verb}`;
}

function missingText({ mappings }: ControlResult, { policies, labels }: LineContext): string {
  const lacking = mappings.filter(
    (mapping) => mapping.grade !== 'supporting' && lackingOf(mapping).count > 0,
  );
  const fields = lacking.flatMap(({ ruleId }) => policies.get(ruleId)?.missing ?? []);
  const names = [...new Set(fields.map(({ field }) => missingLabel(withoutReason(field), labels)))];
  if (names.length === 0) return '';
  const more = names.length > NAMED ? ` and ${formatCount(names.length - NAMED)} more` : '';
  return ` Missing: ${names.slice(0, NAMED).join(', ')}${more}.`;
}

/** The reason in brackets is in the chapter of the policy; a line has no room for it. */
function withoutReason(field: string): string {
  return field.replace(/ \(.*$/s, '');
}
