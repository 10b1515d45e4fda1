import type { Observation, SubjectKind } from '../model/index.js';
import type { Beat, BucketTask, IsolatedPolicy } from './bucket-task.js';
import { losesOnTheQuickWay } from './quick-answers.js';
import { type Reading, readingsOf } from './readings.js';
import { settleElements, settleUnreadElements } from './settle-elements.js';
import { type EvaluatedSubject, errorObservation, toObservation } from './to-observation.js';
import { unreadOf } from './unread.js';

/** Runs an entrypoint on a dossier's JSON bytes. @throws what the engine throws. */
export type Run = (dossier: Uint8Array, entrypoint: string) => unknown;

/** The two ways to get an answer. */
export type Runs = {
  /** The fast one: sets as lists in no order, integers beyond 53 bits without their last digits. */
  quick: Run;
  /** Sets as lists in OPA's order, such integers as text with every digit. */
  exact: Run;
};

/** A module that is ready to run, or the sentence that states why it is not. */
export type ReadyModule = Runs | string;

/** Everything `evaluateBucket` works with; the engines come from outside so that the loop can be read and tested alone. */
export type BucketWork = {
  task: BucketTask;
  /** Lines of the bucket file. */
  dossiers: Iterable<Uint8Array>;
  /** Policies of this kind of subject, sorted by id. */
  policies: IsolatedPolicy[];
  /** The modules they are in. */
  modules: readonly ReadyModule[];
  /** Progress and life sign. */
  beat: Beat;
};

/** The policies of one module that is ready to run. */
type Group = {
  run: Runs;
  policies: IsolatedPolicy[];
  /** Whether one of them was given up, so that running all together would end the worker again. */
  apart: boolean;
};

/** What is known of a bucket before its first subject. */
type Known = {
  work: BucketWork;
  groups: Group[];
  /** Policies whose module does not load. */
  unready: { policy: IsolatedPolicy; error: string }[];
  isolated: ReadonlySet<number>;
  blocked: ReadonlyMap<string, string>;
  givenUp: ReadonlyMap<string, string>;
};

/**
 * Evaluates every dossier of a bucket with every policy of its kind: those of a module all at once if that works, one by one if
 * not.
 */
export function* evaluateBucket(work: BucketWork): Generator<Observation> {
  const known = knownOf(work);
  let place = 0;
  for (const dossier of work.dossiers) {
    work.beat[0] = place + 1;
    for (const group of known.groups) {
      yield* evaluateGroup(known, group, dossier, place);
    }
    yield* fromUnready(known, dossier);
    place += 1;
  }
}

/**
 * Evaluates the policies of a module; if records of the subject contradict each other, by every reading of them, and with every value
 * that is tried for what could not be read.
 */
function evaluateGroup(known: Known, group: Group, dossier: Uint8Array, place: number): Observation[] {
  const unknown = evaluateReadings(known, group, dossier, place);
  const unread = unreadOf(dossier);
  if (unread === null) return unknown;
  const read = unread.readings.map((reading) => ({
    reading,
    found: evaluateReadings(known, group, reading.dossier, place),
  }));
  return unknown.flatMap((observation, n) => {
    const policy = group.policies[n];
    return policy ? [settleUnreadElements(policy, observation, unread, nth(read, n))] : [];
  });
}

function evaluateReadings(known: Known, group: Group, dossier: Uint8Array, place: number): Observation[] {
  const evaluated = (bytes: Uint8Array): Observation[] => {
    known.work.beat[1] = 0;
    const together = !group.apart && !known.isolated.has(place);
    return (together ? tryTogether(known, group, bytes) : null) ?? oneByOne(known, group, bytes, place);
  };
  const unknown = evaluated(dossier);
  const readings = readingsOf(known.work.task.bucket.kind, dossier);
  if (readings === null) return unknown;
  const read = (some: readonly Reading[]) =>
    some.map((reading) => ({ reading, found: evaluated(reading.dossier) }));
  const [whole, partial] = [read(readings.whole), read(readings.partial)];
  return unknown.flatMap((observation, n) => {
    const policy = group.policies[n];
    return policy
      ? [settleElements(policy, observation, readings, { whole: nth(whole, n), partial: nth(partial, n) })]
      : [];
  });
}

/** Returns what the policy at a place of the group found by each reading. */
function nth<R>(
  read: readonly { reading: R; found: readonly Observation[] }[],
  n: number,
): { reading: R; observation: Observation }[] {
  return read.flatMap(({ reading, found }) => {
    const observation = found[n];
    return observation ? [{ reading, observation }] : [];
  });
}

function knownOf(work: BucketWork): Known {
  const { isolated, blocked, givenUp } = work.task;
  const given = new Map(givenUp.map(({ ruleId, error }) => [ruleId, error]));
  const byModule = work.modules.map((run, index) => ({
    run,
    policies: work.policies.filter(({ module }) => module === index),
  }));
  return {
    work,
    groups: byModule.flatMap(({ run, policies }) =>
      typeof run === 'string' || policies.length === 0
        ? []
        : [{ run, policies, apart: policies.some(({ id }) => given.has(id)) }],
    ),
    unready: byModule.flatMap(({ run, policies }) =>
      typeof run === 'string' ? policies.map((policy) => ({ policy, error: policy.fault ?? run })) : [],
    ),
    isolated: new Set(isolated),
    blocked: new Map(blocked.map(({ place, ruleId, error }) => [`${place}:${ruleId}`, error])),
    givenUp: given,
  };
}

function fromUnready({ unready, work }: Known, dossier: Uint8Array): Observation[] {
  if (unready.length === 0) return [];
  const subject: EvaluatedSubject = { kind: work.task.bucket.kind, id: subjectId(dossier) };
  return unready.map(({ policy, error }) => errorObservation(policy, subject, error));
}

function tryTogether({ work }: Known, { run, policies }: Group, dossier: Uint8Array): Observation[] | null {
  const { kind } = work.task.bucket;
  try {
    const answer = asEvaluation(run.quick(dossier, `keyproof/subject/${kind}/evaluation`));
    if (answer === null) return null;
    const subject: EvaluatedSubject = { kind, id: answer.id };
    return policies.map((policy) =>
      policy.fault === null
        ? toObservation(policy, subject, exactly(run, policy, dossier, resultOf(answer, policy)))
        : errorObservation(policy, subject, policy.fault),
    );
  } catch {
    return null;
  }
}

function resultOf({ results }: Evaluation, { id }: IsolatedPolicy): unknown {
  return Object.hasOwn(results, id) ? results[id] : undefined;
}

/** Runs a policy the exact way if its quick answer may have lost something, which is rare. */
function exactly(run: Runs, policy: IsolatedPolicy, dossier: Uint8Array, answer: unknown): unknown {
  const safe = policy.listsSorted || !losesOnTheQuickWay(answer);
  return safe ? answer : run.exact(dossier, policy.entrypoint);
}

function oneByOne(known: Known, group: Group, dossier: Uint8Array, place: number): Observation[] {
  const { task, policies, beat } = known.work;
  const subject: EvaluatedSubject = { kind: task.bucket.kind, id: subjectId(dossier) };
  return group.policies.map((policy) => {
    beat[1] = policies.indexOf(policy) + 1;
    return isolate(known, group, policy, { subject, dossier, place });
  });
}

function isolate(
  { givenUp, blocked }: Known,
  { run }: Group,
  policy: IsolatedPolicy,
  { subject, dossier, place }: { subject: EvaluatedSubject; dossier: Uint8Array; place: number },
): Observation {
  const known = policy.fault ?? givenUp.get(policy.id) ?? blocked.get(`${place}:${policy.id}`);
  if (known !== undefined) return errorObservation(policy, subject, known);
  try {
    return toObservation(policy, subject, run.exact(dossier, policy.entrypoint));
  } catch (error) {
    return errorObservation(policy, subject, error instanceof Error ? error.message : String(error));
  }
}

type Evaluation = { id: string; results: Record<string, unknown> };

function asEvaluation(value: unknown): Evaluation | null {
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
