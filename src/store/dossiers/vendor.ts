import { jsonRecord, jsonValue } from '../json-text.js';
import { keyOrder, keySummary } from '../terms/summaries.js';
import { contradictions } from './contradictions.js';
import { documents } from './documents.js';
import { type Dossier, dossier, list, member, ownRecord } from './dossier.js';
import { statedUntil } from './stated-until.js';

/** The dossiers of vendors. */
export const VENDOR_DOSSIER: Dossier = dossier('vendor', 'v', {
  members: {
    vendor: ownRecord('vendors', 'v'),
    /** Active ones first, then those whose status is not stated. */
    keys: list({ from: ['keys'], beside: ['rotations'], silence: { keys: 'kind' } }, () => ({
      group: 'k.vendor_id',
      record: keySummary('k'),
      order: [
        `CASE WHEN k.status = 'active' THEN 0 WHEN k.status IS NULL THEN 1 ELSE 2 END`,
        'coalesce(-k.revoked."ms", -9223372036854775807)',
        ...keyOrder('k'),
      ],
      from: 'subject s JOIN keys k USING (vendor_id)',
    })),
    routes: list({ from: ['routes'], silence: { routes: 'kind' } }, () => ({
      group: 'r.vendor_id',
      record: jsonRecord('routes', 'r'),
      order: ['r.ordinal'],
      from: 'subject s JOIN routes r USING (vendor_id)',
    })),
    first_key_created: member({ beside: ['keys'] }, () => ({
      queries: {
        begun: `SELECT vendor_id AS id, arg_min(k.created, k.created."ms") AS "at" FROM subject s JOIN keys k USING (vendor_id)
          WHERE k.created."state" = 'known' GROUP BY vendor_id`,
      },
      joined: ['begun'],
      value: jsonValue('begun."at"'),
    })),
    attestations: documents('vendor'),
    stated_until: statedUntil('vendor', 'v'),
    contradictions: contradictions('vendor'),
  },
});
