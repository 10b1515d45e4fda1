import {
  type JudgedObservation,
  type Severity,
  type SourceRef,
  SUBJECT_WORDS,
  type Violation,
  worstSeverity,
} from '../../model/index.js';
import { formatCount } from '../../text/format.js';
import { groupBy } from '../../text/group-by.js';
import { sha256Hex } from '../../text/sha256.js';
import { LEVELS, type Level } from './levels.js';
import { LIMITS } from './limits.js';
import { type Message, message } from './message.js';
import {
  type Inputs,
  type Place,
  placeInRepository,
  type RepositoryPlace,
  recordPlace,
  repositoryPlaceOf,
  subjectPlace,
} from './places.js';

/** A result of SARIF (§3.27). */
export type Result = {
  ruleId: string;
  ruleIndex?: number;
  kind: 'fail';
  level: Level;
  message: Message;
  locations: [Place];
  relatedLocations?: Place[];
  partialFingerprints: { primaryLocationLineHash: string; 'keyproofFinding/v1': string };
  suppressions?: { kind: 'external'; status: 'accepted' }[];
  properties: { severity: Severity; subjectKind: string; subject: string; controls: string[] };
};

/** What results are made with. */
export type ResultContext = {
  /** Index and severity of each rule, by id. */
  rules: ReadonlyMap<string, { index: number; severity: Severity }>;
  inputs: Inputs;
};

/** Violations that make one result. */
type Group = { mark: string; place: RepositoryPlace | null; violations: readonly Violation[] };

/**
 * Returns the results of an observation that failed or is waived: one for each place in a repository that its violations state,
 * because that is where somebody mends it, and one for all others together.
 */
export function resultsOf(observation: JudgedObservation, context: ResultContext): Result[] {
  return groupsOf(observation).map((group) => resultOf(observation, group, context));
}

function groupsOf({ violations, subject, id }: JudgedObservation): Group[] {
  const placed = violations.map((violation) => ({ violation, place: repositoryPlaceOf(violation, subject) }));
  const byMark = groupBy(placed, ({ violation, place }) => (place === null ? id : markOf(id, violation)));
  return [...byMark].map(([mark, members]) => ({
    mark,
    place: members[0]?.place ?? null,
    violations: members.map(({ violation }) => violation),
  }));
}

/** Returns what tells a place from the others of its observation: the finding of the scanner, as lines move. */
function markOf(id: string, { element, facts }: Violation): string {
  const { path, finding, line } = facts;
  return sha256Hex(JSON.stringify([id, element, path, finding ?? line ?? null])).slice(0, 16);
}

function resultOf(observation: JudgedObservation, group: Group, context: ResultContext): Result {
  const { ruleId, subject, outcome, controls } = observation;
  const rule = context.rules.get(ruleId);
  const severity = severityOf(observation, group.violations, rule?.severity ?? 'medium');
  const [first, ...others] = placesOf(observation, group, context.inputs);
  return {
    ruleId,
    ...(rule === undefined ? {} : { ruleIndex: rule.index }),
    kind: 'fail',
    level: LEVELS[severity],
    message: message(sentenceOf(observation, group.violations)),
    locations: [first ?? subjectPlace(subject)],
    ...(others.length === 0 ? {} : { relatedLocations: others.slice(0, LIMITS.relatedPlaces) }),
    partialFingerprints: { primaryLocationLineHash: `${group.mark}:1`, 'keyproofFinding/v1': group.mark },
    ...(outcome === 'waived' ? { suppressions: [{ kind: 'external', status: 'accepted' }] } : {}),
    properties: {
      severity,
      subjectKind: subject.kind,
      subject: subject.id,
      controls: controls.map(({ framework, control }) => `${framework} ${control}`),
    },
  };
}

function severityOf(
  { severity }: JudgedObservation,
  violations: readonly Violation[],
  ofRule: Severity,
): Severity {
  const own = worstSeverity(violations.map((violation) => violation.severity ?? ofRule));
  return own ?? severity ?? ofRule;
}

/** Returns the places of a result: in the repository if it states one, then of its records, each once. */
function placesOf({ subject }: JudgedObservation, { place, violations }: Group, inputs: Inputs): Place[] {
  const records = violations.flatMap((violation) => violation.records);
  const byRecord = new Map<string, SourceRef>();
  for (const source of records) byRecord.set(JSON.stringify([source.file, source.record]), source);
  const ofRecords = [...byRecord.values()].map((source) => recordPlace(source, subject, inputs));
  return place === null ? ofRecords : [placeInRepository(place), ...ofRecords];
}

/** Violations of one result that its message states. */
const STATED = 10;

function sentenceOf({ subject }: JudgedObservation, violations: readonly Violation[]): string {
  const stated = violations.slice(0, STATED).map((violation) => violation.message);
  const more = violations.length - stated.length;
  const rest = more > 0 ? [`${formatCount(more)} more`] : [];
  return `${SUBJECT_WORDS[subject.kind][0]} ${subject.id}: ${[...stated, ...rest].join('; ')}`;
}
