import { newestFirst, type Order } from '../bounded.js';

/** Returns the order of grants: by the date they were granted, or else approved. */
export function grantOrder(row: string): Order {
  return newestFirst(`coalesce(${row}.granted_at."ms", ${row}.approved_at."ms")`, row);
}

/**
 * Returns the condition that grant `row` allows something at a moment (epoch ms). A listed grant is in force unless its
 * record states otherwise.
 */
export function inForce(row: string, ms: number): string {
  const removed = `${row}.removed_at`;
  return `((${row}.effect = 'deny') IS NOT TRUE AND (${removed}."ms" + ${removed}."tolerance_ms" <= ${ms}) IS NOT TRUE
    AND (${row}.granted_at."ms" > ${ms}) IS NOT TRUE)`;
}

/** Actions that let their holder see or use the secret; an action that is not stated is not ruled out. */
const SEES_KEY = ['read', 'use', 'admin'];

/**
 * Returns the condition that principal `p` left, by one of its records at least, and grant `g` allowed reading or using when it did. If an export does
 * not give a time exactly, or at all, the grant counts unless the times rule it out: granted after the last moment at
 * which the person may have left, or removed before the first.
 */
export function heldWhenLeft(g: string, p: string): string {
  const left = `${p}.departed_at`;
  const removed = `${g}.removed_at`;
  return `${p}.may_have_left
    AND (${g}.effect = 'deny') IS NOT TRUE
    AND (${g}.action IS NULL OR ${g}.action IN (${SEES_KEY.map((action) => `'${action}'`).join(', ')}))
    AND NOT coalesce(${g}.granted_at."ms" > ${left}."ms" + ${left}."tolerance_ms", false)
    AND NOT coalesce(${removed}."ms" + ${removed}."tolerance_ms" < ${left}."ms", false)`;
}

/** Returns the order of leavers: latest departure first. */
export function leaverOrder(g: string, p: string): Order {
  return newestFirst(`${p}.departed_at."ms"`, g);
}
