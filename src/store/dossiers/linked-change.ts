import { type JsonText, jsonConstant, jsonRecord } from '../json-text.js';
import type { DossierPlan } from './dossier-plan.js';

/** The `LinkedChange` of a ticket: an expression over `c`, the row of `changes` that was joined by it. */
export function linkedChange({ supplied }: DossierPlan, ticket: string): JsonText {
  if (!supplied.has('changes')) return jsonConstant(null);
  return `CASE WHEN coalesce(${ticket}, '') = '' THEN 'null' WHEN c.change_id IS NULL THEN '{"found":false,"change":null}'
    ELSE concat('{"found":true,"change":', ${jsonRecord('changes', 'c')}, '}') END`;
}
