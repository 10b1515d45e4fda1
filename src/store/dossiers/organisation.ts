import { TABLES } from '../columns.js';
import { recordStruct } from '../record-struct.js';
import { quoteText, struct } from '../sql.js';
import { boundedList, boundedMember } from './bounded.js';
import { baseMembers, type DossierPlan, type Member, whereSupplied } from './dossier-plan.js';
import { logQuality } from './log-quality.js';
import { newestFirst } from './orders.js';
import { dossierSelect } from './select.js';
import { unknownKeys, unknownKeysSupplied } from './unknown-keys.js';

/** SELECT of the one dossier of the organisation. */
export function organisationDossier(context: DossierPlan): string {
  const name = quoteText(context.plan.entity);
  return dossierSelect({
    lists: {
      attested: boundedList({
        group: '1',
        record: recordStruct('attestations', 'a'),
        order: newestFirst('coalesce(a.attested_on."ms", a.approved_on."ms")', 'a'),
        from: 'attestations a',
      }),
      logs: `SELECT 1 AS id, list(log ORDER BY log.log) AS records FROM (${logQuality()})`,
      unknown: unknownKeys(),
    },
    members: [
      ...baseMembers(context, 'organisation', name),
      ['organisation', `{'name': ${name}}`],
      ['attestations', whereSupplied(context, ['attestations'], boundedMember('attested'))],
      ['logs', whereSupplied(context, ['events'], 'coalesce(logs.records, [])')],
      ['unknown_keys', unknownKeysSupplied(context) ? boundedMember('unknown') : 'NULL'],
      ['supplied', supplied(context)],
    ],
    from: `(SELECT 1 AS id) o LEFT JOIN attested USING (id) LEFT JOIN logs USING (id) LEFT JOIN unknown USING (id)`,
    order: 'o.id',
  });
}

function supplied(context: DossierPlan): string {
  const count = (kind: string) =>
    `(SELECT sum(records)::BIGINT FROM supplied WHERE kind = ${quoteText(kind)})`;
  return struct(
    [...TABLES.keys()].map((kind): Member => [kind, whereSupplied(context, [kind], count(kind))]),
  );
}
