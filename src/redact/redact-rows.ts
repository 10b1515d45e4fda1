import type { JudgedObservation, KeyLife, Subject, Violation } from '../model/index.js';
import { compareText } from '../text/compare-text.js';
import type { Redaction } from './redaction.js';

/** Returns an observation with codes instead of people. */
export function redactObservation(observation: JudgedObservation, redaction: Redaction): JudgedObservation {
  const { id, subject, violations, reasons, error, elements, waiver } = observation;
  const { inText } = redaction;
  return {
    ...observation,
    id: redaction.finding(id),
    subject: { ...subject, id: inText(subject.id) },
    violations: violations.map((violation) => redactViolation(violation, redaction)),
    reasons: reasons.map(inText),
    error: error === null ? null : inText(error),
    elements: elements.map((element) => ({ ...element, reasons: element.reasons.map(inText) })),
    ...(waiver === undefined ? {} : { waiver: inText(waiver) }),
  };
}

const NAMES_OF_SOURCES: ReadonlySet<string> = new Set(['sha256']);

function redactViolation(violation: Violation, { inText, deep }: Redaction): Violation {
  const facts = Object.entries(violation.facts).map(([fact, value]) => [fact, deep(value)] as const);
  return {
    ...violation,
    message: inText(violation.message),
    facts: Object.fromEntries(facts),
    records: deep(violation.records, NAMES_OF_SOURCES),
  };
}

function redactLife(life: KeyLife, deep: Redaction['deep']): KeyLife {
  const access = deep(life.access, NAMES_OF_SOURCES)?.sort((a, b) => compareText(a.principal, b.principal));
  return { ...life, exposures: deep(life.exposures), ...(access ? { access } : {}) };
}

/** Returns a subject with codes instead of people. */
export function redactSubject(subject: Subject, { inText, person, deep }: Redaction): Subject {
  const { id, label, owner, scope, life, source } = subject;
  return {
    ...subject,
    id: inText(id),
    label: person(label),
    owner: person(owner),
    life: life === null ? null : redactLife(life, deep),
    source: deep(source, NAMES_OF_SOURCES),
    ...(scope === undefined
      ? {}
      : { scope: scope.map(({ key, ...rest }) => ({ ...rest, key: person(key) })) }),
  };
}

/**
 * Yields rows in an order that tells nothing of names: rows that follow each other in one group are sorted by what is shown.
 * @param group name of the group of a row; null if the row keeps its place
 */
export async function* sortedInGroups<T>(
  rows: AsyncIterable<T>,
  group: (row: T) => string | null,
  shown: (row: T) => string,
): AsyncGenerator<T> {
  let waiting: T[] = [];
  let current: string | null = null;
  const sorted = () => waiting.sort((a, b) => compareText(shown(a), shown(b)));
  for await (const row of rows) {
    const next = group(row);
    if (next === null || next !== current) {
      yield* sorted();
      waiting = [];
      current = next;
    }
    waiting.push(row);
  }
  yield* sorted();
}
