import { TABLES } from '../columns.js';
import {
  type JsonMember,
  type JsonText,
  jsonConstant,
  jsonObject,
  jsonRecord,
  jsonValue,
} from '../json-text.js';
import { quoteText } from '../sql.js';
import { boundedList, boundedMember, newestFirst, recordsMember } from './bounded.js';
import { baseMembers, type DossierPlan, whereSupplied } from './dossier-plan.js';
import { logQuality } from './log-quality.js';
import { dossierSelect } from './select.js';
import { unknownKeys, unknownKeysSupplied } from './unknown-keys.js';

/** SELECT of the one dossier of the organisation. */
export function organisationDossier(context: DossierPlan): string {
  const { organisation } = context.plan;
  return dossierSelect({
    lists: {
      attested: boundedList({
        group: 'length(a.rule) * 0',
        record: jsonRecord('attestations', 'a'),
        order: newestFirst('coalesce(a.attested_on."ms", a.approved_on."ms")', 'a'),
        from: 'attestations a',
      }),
      logs: `SELECT 0 AS id, string_agg(json, ',' ORDER BY log) AS records FROM (${logQuality()})`,
      unknown: unknownKeys(),
    },
    members: [
      ...baseMembers(context, 'organisation', quoteText(organisation)),
      ['organisation', jsonConstant({ name: organisation })],
      ['attestations', whereSupplied(context, ['attestations'], boundedMember('attested'))],
      ['logs', whereSupplied(context, ['events'], recordsMember('logs'))],
      ['unknown_keys', unknownKeysSupplied(context) ? boundedMember('unknown') : jsonConstant(null)],
      ['supplied', supplied(context)],
    ],
    from: `(SELECT 0 AS id) o LEFT JOIN attested USING (id) LEFT JOIN logs USING (id) LEFT JOIN unknown USING (id)`,
    id: 'o.id',
  });
}

function supplied(context: DossierPlan): JsonText {
  const count = (kind: string) =>
    jsonValue(`(SELECT sum(records)::BIGINT FROM supplied WHERE kind = ${quoteText(kind)})`);
  return jsonObject(
    [...TABLES.keys()].map((kind): JsonMember => [kind, whereSupplied(context, [kind], count(kind))]),
  );
}
