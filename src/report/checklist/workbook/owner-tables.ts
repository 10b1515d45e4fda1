import {
  type Action,
  type Assessment,
  type CorePack,
  type JudgedObservation,
  SUBJECT_WORDS,
} from '../../../model/index.js';
import { formatCount, plural } from '../../../text/format.js';
import { type Column, ENTRIES } from '../../table/column.js';
import { type Table, tableOf } from '../../table/table.js';
import { ruleTitles } from '../../text/action-text.js';
import { dueDayOf } from '../../text/due-day.js';
import { fileWith } from '../../text/file-with.js';
import { SEVERITY_WORDS } from '../../text/words.js';
import { entriesOf, type Followed } from '../entries.js';
import { type OwnedFindings, ownedFindings } from './owned-findings.js';

/** Number of owners with a sheet of their own. */
const MOST_OWNERS = 20;

/** Number of findings in a sheet: more is no list that a person works through, and another file has all. */
const MOST_FINDINGS = 1000;

/** A failure with its action, and whose it is. */
type Row = Followed & {
  finding: JudgedObservation;
  owner: string | null;
  action: Action | undefined;
  due: string | null;
  /** Title of the rule: the good case. */
  tested: string;
};

const COLUMNS: readonly Column<Row>[] = [
  { name: 'ID', width: 19, value: ({ finding }) => finding.id },
  { name: 'Priority', width: 8, kind: 'count', value: ({ action }) => action?.priority ?? null },
  {
    name: 'Severity',
    width: 10,
    kind: 'severity',
    value: ({ finding }) => SEVERITY_WORDS[finding.severity ?? 'low'],
  },
  { name: 'Subject', width: 40, value: ({ finding }) => finding.subject.id },
  {
    name: 'What was found',
    width: 60,
    value: ({ finding }) => finding.violations.map(({ message }) => message).join('\n'),
  },
  { name: 'Action', width: 44, value: ({ action }) => action?.title ?? '' },
  { name: 'What to do', width: 50, value: ({ action }) => action?.remedy ?? '' },
  { name: 'Suggested due date', width: 12, kind: 'day', value: ({ due }) => due },
  { name: 'Owner in the exports', width: 24, value: ({ owner }) => owner },
  ...ENTRIES,
  { name: 'Kind', width: 12, value: ({ finding }) => SUBJECT_WORDS[finding.subject.kind][0] },
  { name: 'Record', width: 40, value: ({ finding }) => recordText(finding) },
  { name: 'What is tested', width: 44, value: ({ tested }) => tested },
  { name: 'Policy', width: 28, value: ({ finding }) => finding.ruleId },
];

/** Returns a table for each of the owners with most failures, one for all other owners, and one for what has no owner. */
export async function ownerTables(pack: CorePack): Promise<Table[]> {
  const all = await ownedFindings(pack, MOST_FINDINGS);
  const named = all.filter(({ owner }) => owner !== null);
  const others = named.slice(MOST_OWNERS);
  return [
    ...named.slice(0, MOST_OWNERS).map((own) => ownerTable(own, pack.assessment)),
    ...(others.length > 0 ? [othersTable(others, pack.assessment)] : []),
    ...all.filter(({ owner }) => owner === null).map((own) => unownedTable(own, pack.assessment)),
  ];
}

function ownerTable(own: OwnedFindings, assessment: Assessment): Table {
  const about = `Failures of what ${own.owner} owns, by the priority of their action.`;
  return findingsTable(`Owner ${own.owner}`, about, [own], assessment);
}

function othersTable(others: readonly OwnedFindings[], assessment: Assessment): Table {
  const about = `Failures of what ${plural(others.length, 'other owner')} own: the ${MOST_OWNERS} owners with most failures have a sheet each.`;
  return findingsTable('Other owners', about, others, assessment);
}

function unownedTable(own: OwnedFindings, assessment: Assessment): Table {
  const about = 'Failures of what no export states an owner of, and of the organisation as a whole.';
  return findingsTable('No owner stated', about, [own], assessment);
}

function findingsTable(
  name: string,
  about: string,
  owned: readonly OwnedFindings[],
  assessment: Assessment,
): Table {
  const rows = owned.flatMap(({ owner, findings }) => rowsOf(findings, owner, assessment)).sort(byPriority);
  const shown = rows.slice(0, MOST_FINDINGS);
  const failed = owned.reduce((sum, own) => sum + own.failed, 0);
  const note =
    failed > shown.length
      ? `First ${formatCount(shown.length)} of ${formatCount(failed)} failures; all of them are in ${fileWith('failures', assessment.plan)}.`
      : null;
  return tableOf({ name, about, frozen: 4, note }, COLUMNS, shown);
}

function rowsOf(findings: readonly JudgedObservation[], owner: string | null, assessment: Assessment): Row[] {
  const { actions, plan, policies } = assessment;
  const titles = ruleTitles(policies);
  const byRule = new Map(actions.map((action) => [action.ruleId, action]));
  const entryOf = entriesOf(assessment);
  return findings.map((finding) => ({
    ...entryOf(finding.id),
    finding,
    owner,
    action: byRule.get(finding.ruleId),
    due: dueDayOf(finding, plan),
    tested: titles.get(finding.ruleId) ?? '',
  }));
}

/** Orders rows by the priority of their action; rows of one action keep their order, the worst first. */
function byPriority(a: Row, b: Row): number {
  return (a.action?.priority ?? Number.MAX_SAFE_INTEGER) - (b.action?.priority ?? Number.MAX_SAFE_INTEGER);
}

function recordText({ violations }: JudgedObservation): string {
  const [first] = violations.flatMap(({ records }) => records);
  return first === undefined ? '' : `${first.file}, ${first.record}`;
}
