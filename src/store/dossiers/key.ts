import { type JsonMember, type JsonText, jsonConstant, jsonObject, jsonRecord } from '../json-text.js';
import { boundedMember, recordsMember } from './bounded.js';
import { baseMembers, type DossierPlan, whereSupplied } from './dossier-plan.js';
import { eventsMember, keyEvents } from './key-events.js';
import { keyGrants, keyLeavers } from './key-grants.js';
import { keyLeaks, keyRotations, keyTwins } from './key-lists.js';
import { dossierSelect } from './select.js';

/** SELECT of the key dossiers of one bucket. */
export function keyDossiers(context: DossierPlan, bucket: number): string {
  return dossierSelect({
    lists: {
      subject: `SELECT * FROM keys WHERE bucket = ${bucket}`,
      rotation: keyRotations(bucket),
      held: keyGrants(bucket),
      event: keyEvents(bucket),
      leak: keyLeaks(),
      twin: keyTwins(),
      leaver: keyLeavers(bucket),
    },
    members: members(context),
    from: `subject k
      LEFT JOIN rotation ON rotation.id = k.key_id LEFT JOIN held ON held.id = k.key_id
      LEFT JOIN event ON event.id = k.key_id LEFT JOIN leak ON leak.id = k.key_id
      LEFT JOIN twin ON twin.id = k.key_id LEFT JOIN leaver ON leaver.id = k.key_id
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
    ['leaks', whereSupplied(context, ['secret_findings'], boundedMember('leak'))],
    ['twins', recordsMember('twin')],
    [
      'leavers',
      context.directory ? whereSupplied(context, ['grants'], boundedMember('leaver')) : jsonConstant(null),
    ],
    ['vendor', `coalesce(v.json, 'null')`],
  ];
}

/** Without a directory, a name nobody has is unknown, not nobody's. */
function ownerMember({ directory }: DossierPlan): JsonText {
  const owner = jsonObject([
    ['found', 'p.principal_id IS NOT NULL'],
    ['principal', `coalesce(p.json, 'null')`],
  ]);
  return directory ? owner : `CASE WHEN p.principal_id IS NULL THEN 'null' ELSE ${owner} END`;
}
