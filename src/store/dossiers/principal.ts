import { jsonRecordWith } from '../json-text.js';
import { grantOrder } from '../terms/grants.js';
import { keyOrder, keySummary } from '../terms/summaries.js';
import { contradictions } from './contradictions.js';
import { type Dossier, dossier, list, ownRecord } from './dossier.js';

/** Condition on a grant `g` on key `k`: it may reach production. */
const IN_PRODUCTION = `coalesce(k.environment, g.environment, 'production') = 'production'`;

/** The dossiers of principals. */
export const PRINCIPAL_DOSSIER: Dossier = dossier('principal', 'p', {
  named: { grants: 'coalesce(grants_list.total, 0) > 0' },
  members: {
    principal: ownRecord('principals', 'p'),
    grants: list(
      { from: ['grants'], beside: ['keys', 'rotations'], silence: { grants: 'subject' } },
      ({ bucket }) => ({
        group: 'g.principal_id',
        record: jsonRecordWith([['key', keySummary('k')]], 'grants', 'g'),
        order: grantOrder('g', IN_PRODUCTION),
        from: `held_grants g LEFT JOIN keys k ON k.key_id = g.key_id WHERE g.holder_bucket = ${bucket}`,
      }),
    ),
    owned_keys: list({ from: ['keys'], beside: ['rotations'], silence: { keys: 'kind' } }, () => ({
      group: 'k.owner_id',
      record: keySummary('k'),
      order: keyOrder('k'),
      from: 'subject s JOIN keys k ON k.owner_id = s.principal_id',
    })),
    contradictions: contradictions('principal'),
  },
});
