import type { Observation, SubjectKind } from '../model/index.js';
import type { Beat, BucketTask, IsolatedPolicy } from './bucket-task.js';
import { losesOnTheQuickWay } from './quick-answers.js';
import { type EvaluatedSubject, errorObservation, toObservation } from './to-observation.js';

/** Runs an entrypoint on a dossier's JSON bytes. Throws what the engine throws. */
export type Run = (dossier: Uint8Array, entrypoint: string) => unknown;

/** The two ways to an answer. */
export type Runs = {
  /** The fast one: sets as lists in no order, integers beyond 53 bits without their last digits. */
  quick: Run;
  /** Sets as lists in OPA's order, such integers as text with every digit. */
  exact: Run;
};

/** Everything `evaluateBucket` works with; the engine comes from outside so that the loop can be read and tested alone. */
export type BucketWork = {
  task: BucketTask;
  /** Lines of the bucket file. */
  dossiers: Iterable<Uint8Array>;
  /** Policies of this kind of subject, sorted by id. */
  policies: IsolatedPolicy[];
  /** Evaluates. */
  run: Runs;
  /** Progress and life sign. */
  beat: Beat;
};

/** Evaluates every dossier of a bucket with every policy of its kind, all at once where that works, one by one where not. */
export function* evaluateBucket(work: BucketWork): Generator<Observation> {
  const isolated = new Set(work.task.isolated);
  const together = work.task.disabled.size === 0;
  let place = 0;
  for (const dossier of work.dossiers) {
    work.beat[1] = 0;
    work.beat[0] = place + 1;
    const all = together && !isolated.has(place) ? tryTogether(work, dossier) : null;
    yield* all ?? oneByOne(work, dossier, place);
    place += 1;
  }
}

function tryTogether(work: BucketWork, dossier: Uint8Array): Observation[] | null {
  try {
    const answer = asEvaluation(
      work.run.quick(dossier, `keyproof/subject/${work.task.bucket.kind}/evaluation`),
    );
    if (answer === null) return null;
    const subject: EvaluatedSubject = { kind: work.task.bucket.kind, id: answer.id };
    return work.policies.map((policy) =>
      policy.fault === null
        ? toObservation(policy, subject, exactly(work, policy, dossier, answer.results[policy.id]))
        : errorObservation(policy, subject, policy.fault),
    );
  } catch {
    return null;
  }
}

/** Few answers have anything in them that the quick way could not give. */
function exactly(work: BucketWork, policy: IsolatedPolicy, dossier: Uint8Array, answer: unknown): unknown {
  const safe = policy.listsSorted || !losesOnTheQuickWay(answer);
  return safe ? answer : work.run.exact(dossier, policy.entrypoint);
}

function oneByOne(work: BucketWork, dossier: Uint8Array, place: number): Observation[] {
  const subject: EvaluatedSubject = { kind: work.task.bucket.kind, id: subjectId(dossier) };
  return work.policies.map((policy, index) => {
    work.beat[1] = index + 1;
    return isolate(work, policy, subject, dossier, place);
  });
}

function isolate(
  work: BucketWork,
  policy: IsolatedPolicy,
  subject: EvaluatedSubject,
  dossier: Uint8Array,
  place: number,
): Observation {
  if (policy.fault !== null) return errorObservation(policy, subject, policy.fault);
  const known = work.task.disabled.get(policy.id) ?? work.task.blocked.get(`${place}:${policy.id}`);
  if (known !== undefined) return errorObservation(policy, subject, known);
  try {
    return toObservation(policy, subject, work.run.exact(dossier, policy.entrypoint));
  } catch (error) {
    return errorObservation(policy, subject, error instanceof Error ? error.message : String(error));
  }
}

function asEvaluation(value: unknown): { id: string; results: Record<string, unknown> } | null {
  if (typeof value !== 'object' || value === null || !('id' in value) || !('results' in value)) return null;
  if (typeof value.id !== 'string' || typeof value.results !== 'object' || value.results === null)
    return null;
  return { id: value.id, results: value.results as Record<string, unknown> };
}

function subjectId(dossier: Uint8Array): string {
  const value = JSON.parse(new TextDecoder().decode(dossier)) as {
    subject: { kind: SubjectKind; id: string };
  };
  return value.subject.id;
}
