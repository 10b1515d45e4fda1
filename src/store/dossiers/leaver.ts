import { type JsonText, jsonObject, jsonRecord } from '../json-text.js';
import { newestFirst, type Order } from './bounded.js';

/** Actions that let their holder see or use the secret; an action nobody stated is not ruled out. */
const SEES_KEY = ['read', 'use', 'admin'];

/**
 * Condition: principal `p` left and grant `g` allowed reading or using when it did. Where an export does not give a time
 * exactly, or at all, the grant counts unless the times rule it out: granted after the last moment at which the person
 * may have left, or removed before the first.
 */
export function heldWhenLeft(g: string, p: string): string {
  const left = `${p}.departed_at`;
  const removed = `${g}.removed_at`;
  return `(${p}.status = 'left' OR ${left}."state" = 'known')
    AND (${g}.effect = 'deny') IS NOT TRUE
    AND (${g}.action IS NULL OR ${g}.action IN (${SEES_KEY.map((action) => `'${action}'`).join(', ')}))
    AND NOT coalesce(${g}.granted_at."ms" > ${left}."ms" + ${left}."tolerance_ms", false)
    AND NOT coalesce(${removed}."ms" + ${removed}."tolerance_ms" < ${left}."ms", false)`;
}

/** Order of leavers: latest departure first. */
export function leaverOrder(g: string, p: string): Order {
  return newestFirst(`${p}.departed_at."ms"`, g);
}

/** One leaver with the grant. */
export function leaverMember(g: string, p: string): JsonText {
  return jsonObject([
    ['principal', `${p}.json`],
    ['grant', jsonRecord('grants', g)],
  ]);
}
