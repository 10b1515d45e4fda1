/** Time within which what a store logs and what the pipeline logs are one act, ms; the same as in log-key-lifecycle. */
const ONE_ACT_MS = 5 * 60_000;

/** A rotation `g` of the pipeline put its secret in place, so that its own steps state that the key was replaced. */
const IN_PLACE = `EXISTS (FROM rotations c WHERE c.key_id = g.key_id AND c.rotation_id = g.rotation_id
  AND (c.step = 'deployed' AND (c.status = 'failure') IS NOT TRUE OR c.step = 'verified' AND c.status = 'success'))`;

/** The row is of the audit log or the inventory of a store: its file gives events or keys as well, which the log of a pipeline does not. */
const ofStore = (row: string): string =>
  `${row}.source.file IN (SELECT file FROM supplied WHERE kind IN ('events', 'keys') AND records > 0)`;

/** The pipeline states, too, that the secret of the rotation `g` was generated, in whichever file of its log. */
const GENERATED_BESIDES = `EXISTS (FROM rotations c WHERE c.key_id = g.key_id AND c.rotation_id = g.rotation_id
  AND c.step = 'generated' AND NOT ${ofStore('c')})`;

/** What a store logs of a new value `r`: of no rotation, or with the token of the rotation `g`. */
const OF_STORE = `(r.step = 'rotated' AND r.rotation_id IS NULL OR r.step = 'generated' AND r.rotation_id = g.rotation_id
  AND ${ofStore('r')} AND ${GENERATED_BESIDES})`;

/**
 * Statement by which a new value that a store logged is the step `stored` of the pipeline's rotation of that key at that
 * moment. It would else be another rotation, or another making of the secret, by an actor whose approvers nobody states.
 */
export const JOIN_STEPS_SEEN_BY_STORES = `UPDATE rotations SET rotation_id = seen.rotation_id, step = 'stored' FROM (
    SELECT r.ordinal, arg_min(g.rotation_id, {'apart': abs(r."at"."ms" - g."at"."ms"), 'id': g.rotation_id}) AS rotation_id
    FROM rotations r JOIN rotations g ON g.key_id = r.key_id AND g.step = 'stored' AND g.rotation_id IS NOT NULL
      AND abs(r."at"."ms" - g."at"."ms") <= ${ONE_ACT_MS}
    WHERE r.status = 'success' AND ${OF_STORE} AND ${IN_PLACE} GROUP BY r.ordinal
  ) seen WHERE rotations.ordinal = seen.ordinal`;
