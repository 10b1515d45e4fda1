import type { RecordKind, SubjectKind } from '../../model/index.js';
import {
  COVERAGE_TABLE,
  coverageColumn,
  PLACE_COLUMNS,
  placeOf,
  sentencesText,
} from '../coverage/coverage-table.js';
import type { JsonText } from '../json-text.js';
import type { Dossier, DossierPlan, Member, Reach } from './dossier.js';

/** Alias of the row of the coverage table. */
export const COVERAGE_ROW = 'c';

/** SQL of what a dossier states about coverage. */
export type NotCovered = {
  /** Joins it needs. */
  joins: string[];
  /** The member `not_covered`. */
  value: JsonText;
  /** The member `lost`. */
  lost: JsonText;
  /** Returns the value of a member, null if it is empty, or lists what others lack, and what it lacks is not covered. */
  cover(name: string, value: JsonText, empty: string | undefined): JsonText;
};

/** Returns the SQL for the members that the evidence can tell of. */
export function notCovered(dossier: Dossier, told: readonly string[], plan: DossierPlan): NotCovered {
  const members = told.map((name) => [name, dossier.members[name]] as const);
  const texts = new Map(
    members.flatMap(([name, member]) => {
      const text = member === undefined ? null : textOf(dossier, member, plan, () => true);
      return text === null ? [] : [[name, text] as const];
    }),
  );
  const losses = members.flatMap(([name, member]) => {
    const text = member === undefined ? null : lossText(member, plan);
    return text === null ? [] : [[name, text] as const];
  });
  const isPlaced = texts.size + losses.length > 0 && silentKinds(dossier).length > 0;
  return {
    joins: isPlaced ? [joinCoverage(dossier.kind, dossier.row)] : [],
    value: sentencesByMember([...texts]),
    lost: sentencesByMember(losses),
    cover(name, value, empty) {
      const member = told.includes(name) ? dossier.members[name] : undefined;
      const conditions =
        member === undefined ? [] : nullIf(dossier, member, plan, { empty, text: texts.get(name) });
      return conditions.length === 0
        ? value
        : `CASE WHEN ${conditions.join(' OR ')} THEN 'null' ELSE ${value} END`;
    },
  };
}

/** Returns a JSON object of the members that have sentences. */
function sentencesByMember(texts: readonly (readonly [string, string])[]): JsonText {
  const parts = texts.map(
    ([name, text]) => `CASE WHEN ${text} <> '' THEN concat('"${name}":[', ${text}, ']') END`,
  );
  return parts.length === 0 ? `'{}'` : `concat('{', concat_ws(',', ${parts.join(', ')}), '}')`;
}

/** Returns why what a member lacks may be among what is lost, as SQL; null if nothing is. */
function lossText({ silence = {}, losses = {} }: Member, plan: DossierPlan): string | null {
  const texts = entriesOf({ ...silence, ...losses })
    .map(([kind, reach]) => lossOfKind(kind, reach, plan))
    .filter((text) => text !== 'NULL');
  return texts.length === 0 ? null : `concat_ws(',', ${texts.join(', ')})`;
}

function lossOfKind(kind: RecordKind, reach: Reach, { coverage }: DossierPlan): string {
  if (coverage === null || coverage.gaps(kind).length === 0) return 'NULL';
  return reach === 'subject'
    ? `${COVERAGE_ROW}.${coverageColumn(kind, 'lost')}`
    : sentencesText(coverage.gaps(kind));
}

/** Returns the kinds of record of which single subjects need to be covered. */
export function silentKinds({ members }: Dossier): RecordKind[] {
  const kinds = Object.values(members).flatMap(({ silence = {}, losses = {} }) =>
    entriesOf({ ...silence, ...losses }).flatMap(([kind, reach]) => (reach === 'subject' ? [kind] : [])),
  );
  return [...new Set(kinds)];
}

function nullIf(
  dossier: Dossier,
  member: Member,
  plan: DossierPlan,
  { empty, text }: { empty: string | undefined; text: string | undefined },
): string[] {
  const proof = textOf(dossier, member, plan, (kind) => member.provedBy?.includes(kind) === true);
  return [
    ...(text === undefined || empty === undefined ? [] : [`(${text} <> '' AND ${empty})`]),
    ...(proof === null ? [] : [`${proof} <> ''`]),
  ];
}

/** Returns the sentences of a member as SQL: JSON texts separated by commas, empty if it is covered; null if it always is. */
function textOf(
  dossier: Dossier,
  { silence = {} }: Member,
  plan: DossierPlan,
  counts: (kind: RecordKind) => boolean,
): string | null {
  const texts = entriesOf(silence)
    .filter(([kind]) => counts(kind))
    .map(([kind, reach]) => kindText(dossier, kind, reach, plan))
    .filter((text) => text !== 'NULL');
  return texts.length === 0 ? null : `concat_ws(',', ${texts.join(', ')})`;
}

function kindText(
  dossier: Dossier,
  kind: RecordKind,
  reach: Reach,
  { coverage, supplied, plan }: DossierPlan,
): string {
  if (coverage === null) return 'NULL';
  if (reach === 'gaps') return supplied.has(kind) ? sentencesText(coverage.gaps(kind)) : 'NULL';
  if (reach === 'logs') return sentencesText(coverage.ofLogs(kind));
  const named = dossier.named?.[kind];
  if (reach === 'kind' || named === undefined) return sentencesText(coverage.ofKind(kind));
  const silent = `${COVERAGE_ROW}.${coverageColumn(kind, 'silent')}`;
  const denied = dossier.denied?.[kind];
  const further =
    denied === undefined
      ? silent
      : `coalesce(${silent}, CASE WHEN ${denied.when(plan)} THEN ${sentencesText([denied.sentence])} END)`;
  return `CASE WHEN ${named} THEN ${COVERAGE_ROW}.${coverageColumn(kind, 'named')} ELSE ${further} END`;
}

/** Returns the join of the row of the coverage table that a subject has. */
export function joinCoverage(kind: SubjectKind, row: string): string {
  const place = placeOf(kind, row);
  const on = PLACE_COLUMNS.map((name) => `${COVERAGE_ROW}.${name} = ${place[name]}`);
  return `LEFT JOIN ${COVERAGE_TABLE} ${COVERAGE_ROW} ON ${[`${COVERAGE_ROW}.subject = '${kind}'`, ...on].join(' AND ')}`;
}

function entriesOf(silence: { readonly [K in RecordKind]?: Reach }): [RecordKind, Reach][] {
  return Object.entries(silence) as [RecordKind, Reach][];
}
