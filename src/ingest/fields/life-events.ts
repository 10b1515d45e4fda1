import type { AuditEventRecord, RotationRecord } from '../../model/index.js';
import type { Emit } from '../adapter.js';
import type { Draft, Reading } from './record-reader.js';

/** What an event of a log means for a key. */
export type Meaning = {
  /** Kind of event. */
  category: NonNullable<AuditEventRecord['category']>;
  /** Step in the life of the key that it is, if it succeeded. */
  step?: RotationRecord['step'];
};

/** Completes what a log holds if some of its calls may be steps in the life of any key. */
export const UNPROVED_STEP =
  'holds calls that make, replace or revoke a secret without stating which, or whether they succeeded';

/** Returns whether a call may have been a step, of a key that it does not name or with a result that it does not state. */
export function isStepUnproved(
  step: Meaning['step'],
  key: string | null,
  outcome: AuditEventRecord['outcome'],
): boolean {
  if (step === undefined || (outcome === 'failure' && step !== 'failed')) return false;
  return key === null || outcome === null;
}

/**
 * Returns an event of an audit log, and the rotation step that it is if it succeeded: a call that failed, or of which the
 * log does not say how it ended, changed nothing that is proved, and a key without a name joins to nothing. An event that
 * reports a failed rotation is the step `failed`. What may be a step of any key, or may have succeeded, is a gap of the file.
 * @param version version of the key after the step; null if the log does not state it
 */
export function lifeEvent(
  r: Reading,
  { category, step }: Meaning,
  event: Draft<'events'> & { key_id: string | null },
  version: string | null = null,
): Emit[] {
  const emits = r.emit('events', { ...event, category });
  const [emitted] = emits;
  const isFailure = step === 'failed';
  const outcome = emitted?.kind === 'events' ? (emitted.record.outcome ?? null) : 'failure';
  const succeeded = outcome === 'success';
  if (isStepUnproved(step, event.key_id, outcome)) r.lacks('rotations', UNPROVED_STEP);
  if (step === undefined || event.key_id === null || (!succeeded && !isFailure)) return emits;
  const status = isFailure ? 'failure' : 'success';
  const { key_id, at, actor, actor_type, ticket } = event;
  return [...emits, ...r.emit('rotations', { key_id, step, at, actor, actor_type, ticket, status, version })];
}
