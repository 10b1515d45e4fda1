import type { CorePack, JudgedObservation, OutputFormat, Subject, SubjectOutcome } from '../model/index.js';
import { redactAssessment } from './redact-assessment.js';
import { redactObservation, redactSubject, sortedInGroups } from './redact-rows.js';
import { type Redaction, redactionOf } from './redaction.js';

/** A core pack without names of people, and how it was made so. */
export type RedactedCore = {
  /** The core, with a code wherever a person stood. */
  core: CorePack;
  /** For texts beside the core. */
  redaction: Redaction;
};

/**
 * Returns a core pack in which a code stands for every person: whatever renders it cannot name anybody. What no member tells to be a
 * person, and has not the form of an e-mail address, stays.
 * @param key decides the codes; the same person has the same code in two packs only if it is the same
 * @param formats outputs that are made of it, which its reports then name
 */
export async function redactCore(
  core: CorePack,
  key: Uint8Array,
  formats: readonly OutputFormat[],
): Promise<RedactedCore> {
  const redaction = await redactionOf(core, key);
  const redacted = {
    assessment: redactAssessment(core.assessment, redaction, formats),
    observations: (...asked: Parameters<CorePack['observations']>) =>
      sortedInGroups(observationsOf(core, redaction, asked), groupOfObservation, ({ subject }) => subject.id),
    outcomes: (kind: Subject['kind']) =>
      sortedInGroups(outcomesOf(core, redaction, kind), groupOfOutcome(kind), ({ subjectId }) => subjectId),
    subjects: (...asked: Parameters<CorePack['subjects']>) =>
      sortedInGroups(subjectsOf(core, redaction, asked), groupOfSubject, ({ id }) => id),
    close: core.close,
  };
  return { core: redacted, redaction };
}

async function* observationsOf(
  core: CorePack,
  redaction: Redaction,
  asked: Parameters<CorePack['observations']>,
): AsyncGenerator<JudgedObservation> {
  for await (const observation of core.observations(...asked))
    yield redactObservation(observation, redaction);
}

async function* outcomesOf(
  core: CorePack,
  { inText }: Redaction,
  kind: Subject['kind'],
): AsyncGenerator<SubjectOutcome> {
  for await (const outcome of core.outcomes(kind)) yield { ...outcome, subjectId: inText(outcome.subjectId) };
}

async function* subjectsOf(
  core: CorePack,
  redaction: Redaction,
  asked: Parameters<CorePack['subjects']>,
): AsyncGenerator<Subject> {
  for await (const subject of core.subjects(...asked)) yield redactSubject(subject, redaction);
}

/** Only principals are sorted again: of other subjects the id is no name. */
function groupOfObservation({ subject, ruleId, severity }: JudgedObservation): string | null {
  return subject.kind === 'principal' ? `${ruleId} ${severity}` : null;
}

function groupOfOutcome(kind: Subject['kind']): (outcome: SubjectOutcome) => string | null {
  return ({ ruleId }) => (kind === 'principal' ? ruleId : null);
}

function groupOfSubject({ kind }: Subject): string | null {
  return kind === 'principal' ? kind : null;
}
