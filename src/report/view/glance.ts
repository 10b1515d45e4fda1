import {
  type Action,
  type Assessment,
  type MissingEvidence,
  SEVERITIES,
  SUBJECT_WORDS,
  type SubjectFailures,
  type Verdict,
} from '../../model/index.js';
import { formatCount, formatDay, joinWords, plural } from '../../text/format.js';
import { SEVERITY_WORDS } from '../text/words.js';
import { type Bar, stackedBar } from './bar.js';
import type { ViewContext } from './context.js';
import { checkCount, headline } from './summary.js';

/** A tile: how many checks failed at a severity, with the search for them. */
export type Tile = { key: string; label: string; count: number; href: string };

/** A framework in one row. */
export type GlanceFramework = {
  anchor: string;
  name: string;
  bar: Bar;
  controls: number;
  counts: { key: string; count: number }[];
};

/** An action in one row. */
export type GlanceAction = {
  anchor: string;
  title: string;
  severity: string;
  severityWord: string;
  share: string;
  owner: string;
  due: string;
};

/** What would decide checks. */
export type GlanceMissing = { label: string; decides: string; how: string };

/** The result on one screen. */
export type GlanceView = {
  /** Said before all else if most checks that apply are undecided; null otherwise. */
  mostUndecided: string | null;
  headline: string;
  others: string | null;
  tiles: Tile[];
  columns: string[];
  frameworks: GlanceFramework[];
  actions: GlanceAction[];
  moreActions: number;
  undecided: string | null;
  missing: GlanceMissing[];
};

const MOST_ACTIONS = 5;
const MOST_MISSING = 3;

/** Returns the result on one screen: keys, severities, frameworks, what to do first, and what could not be decided. */
export function glanceView(context: ViewContext): GlanceView {
  const { assessment } = context;
  const { actions } = assessment;
  return {
    mostUndecided: mostUndecided(assessment),
    headline: headlineInKeys(assessment),
    others: othersSentence(assessment),
    tiles: tiles(assessment),
    columns: COLUMNS.map(({ label }) => label),
    frameworks: assessment.frameworks.map((framework) => frameworkRow(framework, context)),
    actions: actions.slice(0, MOST_ACTIONS).map((action) => actionRow(action, context)),
    moreActions: Math.max(0, actions.length - MOST_ACTIONS),
    undecided: undecidedSentence(assessment),
    missing: assessment.missingEvidence
      .filter(({ alone }) => alone > 0)
      .slice(0, MOST_MISSING)
      .map(missingRow),
  };
}

/** Returns checks that apply and those of them that are undecided. */
function undecidedOf({ outcomes }: Pick<Assessment, 'outcomes'>): { undecided: number; applying: number } {
  const undecided = outcomes['no-evidence'] + outcomes.error;
  return { undecided, applying: checkCount({ outcomes }) - outcomes['not-applicable'] };
}

function mostUndecided(assessment: Assessment): string | null {
  const { undecided, applying } = undecidedOf(assessment);
  if (applying === 0 || undecided * 2 <= applying) return null;
  return `${formatCount(undecided)} of ${plural(applying, 'check')} that apply could not be decided: evidence is missing. What follows speaks for the rest only.`;
}

/** Returns the result in keys, or in the first kind of subject if there is no key. */
function headlineInKeys(assessment: Assessment): string {
  const first = assessment.subjectFailures[0];
  if (first === undefined || checkCount(assessment) === 0) return headline(assessment);
  const [one, many] = SUBJECT_WORDS[first.kind];
  const all = plural(first.subjects, one, many);
  if (first.failed === 0) return `None of ${all} has a failed check; ${undecidedText(first)}.`;
  const { critical } = first.worst;
  const some = `${formatCount(first.failed)} ${first.failed === 1 ? 'has' : 'have'} a failure of any kind`;
  return `${formatCount(critical)} of ${all} ${critical === 1 ? 'has' : 'have'} a critical failure; ${some}.`;
}

function undecidedText({ undecided }: SubjectFailures): string {
  if (undecided === 0) return 'every check of them was decided';
  return `${formatCount(undecided)} ${undecided === 1 ? 'has' : 'have'} a check that could not be decided`;
}

function othersSentence({ subjectFailures }: Assessment): string | null {
  const others = subjectFailures.slice(1).filter(({ failed }) => failed > 0);
  if (others.length === 0) return null;
  const parts = others.map(
    ({ kind, failed, subjects }) => `${formatCount(failed)} of ${plural(subjects, ...SUBJECT_WORDS[kind])}`,
  );
  return `${joinWords(parts)} have a failure.`;
}

function tiles({ severities, outcomes }: Assessment): Tile[] {
  const failed = SEVERITIES.map((key) => ({
    key: String(key),
    label: SEVERITY_WORDS[key],
    count: severities[key],
    href: `#severity=${key}`,
  }));
  const count = outcomes['no-evidence'] + outcomes.error;
  return [...failed, { key: 'no-evidence', label: 'Undecided', count, href: '#severity=none' }];
}

/** Columns of the table of frameworks, with the verdicts that each counts. */
const COLUMNS: readonly { label: string; key: Verdict; verdicts: readonly Verdict[] }[] = [
  { label: 'Exceptions', key: 'exception', verdicts: ['exception', 'exception-accepted'] },
  { label: 'Evidence missing', key: 'insufficient-data', verdicts: ['insufficient-data'] },
  {
    label: 'Supported in part or whole',
    key: 'partly-supported',
    verdicts: ['partly-supported', 'evidence-supports'],
  },
  { label: 'Document on record', key: 'attested', verdicts: ['attested'] },
  { label: 'Not tested', key: 'not-tested', verdicts: ['not-tested'] },
  { label: 'Does not apply', key: 'not-applicable', verdicts: ['not-applicable'] },
];

function frameworkRow(
  { id, title, verdicts, controls }: Assessment['frameworks'][number],
  { frameworkAnchors }: ViewContext,
): GlanceFramework {
  const counts = COLUMNS.map(({ key, label, verdicts: counted }) => ({
    key,
    label,
    count: counted.reduce((sum, verdict) => sum + verdicts[verdict], 0),
  }));
  return {
    anchor: frameworkAnchors.get(id) ?? '',
    name: title,
    bar: stackedBar(counts),
    controls: controls.length,
    counts: counts.map(({ key, count }) => ({ key, count })),
  };
}

function actionRow(action: Action, { actionAnchors }: ViewContext): GlanceAction {
  return {
    anchor: actionAnchors.get(action.ruleId) ?? '',
    title: action.title,
    severity: action.severity,
    severityWord: SEVERITY_WORDS[action.severity],
    share: actionShare(action),
    owner: ownersText(action),
    due: shortDay(action.due.date),
  };
}

/** Returns `7 Oct 2026`. */
function shortDay(date: string): string {
  return formatDay(date).replace(/ (\p{L}{3})\p{L}* /u, ' $1 ');
}

/** Returns `13 of 48 keys tested`. */
export function actionShare({ failed, tested, kind }: Action): string {
  return `${formatCount(failed)} of ${plural(tested, ...SUBJECT_WORDS[kind])} tested`;
}

/** Returns `payments@northbridge.example (5) and 3 others`: who has most of the failures. */
export function ownersText({ owners }: Action): string {
  const named = owners.filter(({ owner }) => owner !== null);
  const [first] = named;
  if (first === undefined) return 'not stated';
  const others = named.length - 1;
  const more = others === 0 ? '' : ` and ${plural(others, 'other')}`;
  return `${first.owner} (${formatCount(first.failed)})${more}`;
}

function undecidedSentence(assessment: Assessment): string | null {
  const { undecided, applying } = undecidedOf(assessment);
  if (undecided === 0) return null;
  return `${formatCount(undecided)} of ${plural(applying, 'check')} that apply could not be decided; they count neither as passed nor as failed.`;
}

function missingRow({ label, alone, together, how }: MissingEvidence): GlanceMissing {
  const more = together > alone ? `, ${formatCount(together)} with others` : '';
  return { label, decides: `${formatCount(alone)} alone${more}`, how };
}
