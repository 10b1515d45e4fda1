import { type JsonText, jsonConstant, jsonRecord, jsonValue } from '../json-text.js';
import { boundedList, boundedMember, newestFirst, type Order } from './bounded.js';
import { documents, documentsMember } from './documents.js';
import { baseMembers, type DossierPlan, whereSupplied } from './dossier-plan.js';
import { exposedKeys } from './exposed-key.js';
import { dossierSelect } from './select.js';

/** SELECT of the incident dossiers of one bucket. */
export function incidentDossiers(context: DossierPlan, bucket: number): string {
  return dossierSelect({
    lists: {
      subject: `SELECT * FROM incidents WHERE bucket = ${bucket}`,
      named: `SELECT incident_id, vendor_id, detected_at AS moment, unnest(list_distinct(key_ids)) AS key_id FROM subject`,
      unrelatable: `SELECT n.incident_id FROM named n JOIN keys k USING (key_id)
        WHERE k.repositories IS NULL OR k.owner IS NULL OR k.store IS NULL`,
      ...exposedList(context, 'exposed', 'SELECT incident_id, key_id, moment FROM named'),
      ...exposedList(context, 'related', RELATED),
      ...exposedList(context, 'supplied_key', OF_VENDOR),
      notified: boundedList({
        group: 'n.incident_id',
        record: jsonRecord('notifications', 'n'),
        order: newestFirst('n.decided_at."ms"', 'n'),
        from: 'subject s JOIN notifications n USING (incident_id)',
      }),
      document: documents(context, 'incident', 'incident_id'),
    },
    members: [
      ...baseMembers(context, 'incident', 'i.incident_id'),
      ['incident', jsonRecord('incidents', 'i')],
      ['keys', whereSupplied(context, ['keys'], boundedMember('exposed_list'))],
      ['related_keys', whereSupplied(context, ['keys'], boundedMember('related_list'))],
      [
        'relations_known',
        whereSupplied(context, ['keys'], jsonValue('i.incident_id NOT IN (FROM unrelatable)')),
      ],
      ['vendor_keys', ofVendor(context)],
      ['notifications', whereSupplied(context, ['notifications'], boundedMember('notified'))],
      ['entity', jsonConstant(entityFacts(context))],
      ['attestations', documentsMember(context, 'document')],
    ],
    from: `subject i LEFT JOIN exposed_list ON exposed_list.id = i.incident_id
      LEFT JOIN related_list ON related_list.id = i.incident_id
      LEFT JOIN supplied_key_list ON supplied_key_list.id = i.incident_id
      LEFT JOIN notified ON notified.id = i.incident_id LEFT JOIN document ON document.id = i.incident_id`,
    id: 'i.incident_id',
  });
}

/** Keys that an incident does not name and that share the repository, or owner and store, of one it names. */
const RELATED = `SELECT DISTINCT n.incident_id, other.key_id, n.moment FROM named n JOIN keys k USING (key_id)
  JOIN keys other ON list_has_any(other.repositories, k.repositories)
    OR (other.store = k.store AND coalesce(other.owner_id, lower(other.owner)) = coalesce(k.owner_id, lower(k.owner)) AND k.owner <> '')
  WHERE NOT EXISTS (FROM named m WHERE m.incident_id = n.incident_id AND m.key_id = other.key_id)`;

/** Keys of the vendor concerned, from the moment its notice arrived, or else the incident was detected. */
const OF_VENDOR = `SELECT s.incident_id, k.key_id,
    CASE WHEN s.notice_received_at."state" = 'known' THEN s.notice_received_at ELSE s.detected_at END AS moment
  FROM subject s JOIN keys k USING (vendor_id)`;

/** Worst first: those never replaced, then the latest replaced. */
const WORST_FIRST: Order = ['coalesce(-x.replaced_ms, -9223372036854775807)', 'x.key_id'];

function exposedList(context: DossierPlan, name: string, keys: string): { [query: string]: string } {
  return {
    ...exposedKeys(
      context,
      name,
      `SELECT row_number() OVER (ORDER BY incident_id, key_id) AS pair, * FROM (${keys})`,
    ),
    [`${name}_list`]: boundedList({
      group: 'x.incident_id',
      record: 'x.json',
      order: WORST_FIRST,
      from: `${name} x`,
    }),
  };
}

function ofVendor(context: DossierPlan): JsonText {
  const list = whereSupplied(context, ['keys'], boundedMember('supplied_key_list'));
  return `CASE WHEN coalesce(i.vendor, '') = '' THEN 'null' ELSE ${list} END`;
}

const ENTITY_FACTS = [
  'eu_financial_entity',
  'payment_service_provider',
  'gdpr_role',
  'finra_member',
  'broker_dealer',
  'covered_institution',
  'market_access',
  'service_provider',
  'soc2_categories',
] as const;

function entityFacts({ plan }: DossierPlan): { [fact: string]: unknown } {
  return Object.fromEntries(ENTITY_FACTS.map((fact) => [fact, plan.applicability[fact] ?? null]));
}
