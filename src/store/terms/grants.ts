import { newestFirst, type Order } from '../bounded.js';

/**
 * Returns the order of grants: denials, as they cancel others, then those that a rule may object to, then those reviewed longest ago, then by
 * the date they were granted, or else approved.
 *
 * @param worst condition on a grant that a rule on its holder or key may object to.
 */
export function grantOrder(row: string, worst = 'false'): Order {
  return [
    `CASE WHEN ${row}.effect = 'deny' THEN 0 WHEN ${worst} THEN 1 WHEN ${doubtful(row)} THEN 2 ELSE 3 END`,
    `CASE ${row}.reviewed_at."state" WHEN 'known' THEN ${row}.reviewed_at."ms" WHEN 'never' THEN -9223372036854775807 ELSE 9223372036854775807 END`,
    ...newestFirst(`coalesce(${row}.granted_at."ms", ${row}.approved_at."ms")`, row),
  ];
}

/**
 * Returns the condition that a grant which nobody took away is approved by whoever asked for or holds it, late, or not, or reviewed by its
 * holder or without a decision.
 */
function doubtful(row: string): string {
  const blank = ['ticket', 'requested_by', 'justification', 'approved_by', 'reviewer'].map(
    (name) => `${row}.${name} = ''`,
  );
  return `((${row}.removed_at."state" = 'known') IS NOT TRUE AND (${blank.join(' OR ')}
    OR ${row}.approved_by IN (${row}.requested_by, ${row}.principal_id) OR ${row}.approved_at."state" = 'never'
    OR ${row}.approved_at."ms" > ${row}.granted_at."ms" + ${row}.granted_at."tolerance_ms" OR ${row}.reviewer = ${row}.principal_id
    OR ${row}.decision IN ('revoke', 'none')))`;
}

/**
 * Returns the condition that grant `row` allows something at a moment (epoch ms). A listed grant is in force unless its
 * record states otherwise.
 */
export function inForce(row: string, ms: number): string {
  return `((${row}.effect = 'deny') IS NOT TRUE AND ${stands(row, ms)})`;
}

/** Returns the condition that a grant was neither taken away by a moment (epoch ms) nor begins later. */
export function stands(row: string, ms: number): string {
  const removed = `${row}.removed_at`;
  return `((${removed}."ms" + ${removed}."tolerance_ms" <= ${ms}) IS NOT TRUE AND (${row}.granted_at."ms" > ${ms}) IS NOT TRUE)`;
}

/** Returns the condition that another grant denies the holder of grant `row` the same right on the same key at a moment (epoch ms). */
export function isDenied(row: string, ms: number): string {
  return `EXISTS (FROM grants denial WHERE denial.effect = 'deny' AND denial.key_id = ${row}.key_id
    AND denial.principal_id = ${row}.principal_id AND denial.action = ${row}.action AND ${stands('denial', ms)})`;
}

/** Actions that let their holder see or use the secret; an action that is not stated is not ruled out. */
const SEES_KEY = ['read', 'use', 'admin'];

/**
 * Returns the condition that principal `p` left, by one of its records at least, and grant `g` allowed reading or using when it did. If an export does
 * not give a time exactly, or at all, the grant counts unless the times rule it out: granted after the last moment at
 * which the person may have left, or removed before the first. So does a right that was denied when the person left, if the denial is dated:
 * one without a date may be how the right was taken away.
 */
export function heldWhenLeft(g: string, p: string): string {
  const left = `${p}.departed_at`;
  const removed = `${g}.removed_at`;
  return `${p}.may_have_left
    AND (${g}.effect = 'deny') IS NOT TRUE
    AND (${g}.action IS NULL OR ${g}.action IN (${SEES_KEY.map((action) => `'${action}'`).join(', ')}))
    AND NOT coalesce(${g}.granted_at."ms" > ${left}."ms" + ${left}."tolerance_ms", false)
    AND NOT coalesce(${removed}."ms" + ${removed}."tolerance_ms" < ${left}."ms", false)
    AND NOT ${wasDenied(g, left)}`;
}

/** Returns the condition that another grant denied the holder of grant `row` the same right on the same key at an uncertain moment. */
function wasDenied(row: string, moment: string): string {
  const [from, until] = ['denial.granted_at', 'denial.removed_at'];
  return `EXISTS (FROM grants denial WHERE denial.effect = 'deny' AND denial.key_id = ${row}.key_id
    AND denial.principal_id = ${row}.principal_id AND denial.action = ${row}.action
    AND ${from}."ms" + ${from}."tolerance_ms" <= ${moment}."ms"
    AND (${until}."ms" <= ${moment}."ms" + ${moment}."tolerance_ms") IS NOT TRUE)`;
}

/** Returns the order of leavers: latest departure first. */
export function leaverOrder(g: string, p: string): Order {
  return newestFirst(`${p}.departed_at."ms"`, g);
}
