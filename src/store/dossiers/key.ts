import { type JsonMember, type JsonText, jsonConstant, jsonObject, jsonRecord } from '../json-text.js';
import { boundedMember, recordsMember } from './bounded.js';
import { documents, documentsMember } from './documents.js';
import { baseMembers, type DossierPlan, whereSupplied } from './dossier-plan.js';
import { keyAnomalies } from './key-anomalies.js';
import { eventsMember, keyEvents } from './key-events.js';
import { keyGrants, keyLeavers } from './key-grants.js';
import { keyLeaks, keyRotations, keySignoffs, keyTwins, keyUnloggedSteps } from './key-lists.js';
import { keySummary } from './key-summary.js';
import { dossierSelect } from './select.js';

/** SELECT of the key dossiers of one bucket. */
export function keyDossiers(context: DossierPlan, bucket: number): string {
  return dossierSelect({
    lists: {
      subject: `SELECT * FROM keys WHERE bucket = ${bucket}`,
      rotation: keyRotations(bucket),
      held: keyGrants(context, bucket),
      event: keyEvents(context, bucket),
      leak: keyLeaks(),
      twin: keyTwins(),
      leaver: keyLeavers(bucket),
      unlogged: keyUnloggedSteps(bucket),
      anomaly: keyAnomalies(bucket),
      signoff: keySignoffs(),
      document: documents(context, 'key', 'key_id'),
    },
    members: members(context),
    from: `subject k
      LEFT JOIN rotation ON rotation.id = k.key_id LEFT JOIN held ON held.id = k.key_id
      LEFT JOIN event ON event.id = k.key_id LEFT JOIN leak ON leak.id = k.key_id
      LEFT JOIN twin ON twin.id = k.key_id LEFT JOIN leaver ON leaver.id = k.key_id
      LEFT JOIN unlogged ON unlogged.id = k.key_id LEFT JOIN anomaly ON anomaly.id = k.key_id
      LEFT JOIN signoff ON signoff.id = k.key_id LEFT JOIN document ON document.id = k.key_id
      LEFT JOIN keys standby ON standby.key_id = k.standby_id
      LEFT JOIN principals p ON p.principal_id = k.owner_id LEFT JOIN vendors v ON v.vendor_id = k.vendor_id`,
    id: 'k.key_id',
  });
}

function members(context: DossierPlan): JsonMember[] {
  return [
    ...baseMembers(context, 'key', 'k.key_id'),
    ['key', jsonRecord('keys', 'k')],
    ['owner', ownerMember(context)],
    ['rotations', whereSupplied(context, ['rotations'], boundedMember('rotation'))],
    ['grants', whereSupplied(context, ['grants'], boundedMember('held'))],
    ['events', whereSupplied(context, ['events'], eventsMember('event'))],
    ['unlogged_steps', whereSupplied(context, ['rotations', 'events'], boundedMember('unlogged'))],
    ['anomalies', whereSupplied(context, ['events', 'incidents'], boundedMember('anomaly'))],
    ['leaks', whereSupplied(context, ['secret_findings'], boundedMember('leak'))],
    ['twins', recordsMember('twin')],
    [
      'leavers',
      context.directory ? whereSupplied(context, ['grants'], boundedMember('leaver')) : jsonConstant(null),
    ],
    ['vendor', `coalesce(v.json, 'null')`],
    ['standby', `CASE WHEN coalesce(k.standby_key, '') = '' THEN 'null' ELSE ${STANDBY} END`],
    ['signoffs', whereSupplied(context, ['changes'], boundedMember('signoff'))],
    ['attestations', documentsMember(context, 'document')],
  ];
}

const STANDBY = jsonObject([
  ['found', 'standby.key_id IS NOT NULL'],
  ['key', keySummary('standby')],
]);

/** Without a directory, a name nobody has is unknown, not nobody's. */
function ownerMember({ directory }: DossierPlan): JsonText {
  const owner = jsonObject([
    ['found', 'p.principal_id IS NOT NULL'],
    ['principal', `coalesce(p.json, 'null')`],
  ]);
  return directory ? owner : `CASE WHEN p.principal_id IS NULL THEN 'null' ELSE ${owner} END`;
}
