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
import { conflicts } from './conflict.js';
import { DOCUMENT_ORDER } from './documents.js';
import { baseMembers, type DossierPlan, whereSupplied } from './dossier-plan.js';
import { inputFacts, inputsMember } from './input-facts.js';
import { keyRevokers, revocationMember } from './key-revokers.js';
import { logQuality } from './log-quality.js';
import { recurringControls } from './recurring-controls.js';
import { register, registerMember } from './register.js';
import { rotationActors, rotationActorsMember } from './rotation-actors.js';
import { IN_REPOSITORY, IS_SECRET } from './secret-finding.js';
import { dossierSelect } from './select.js';
import { training, trainingMember } from './training.js';
import { unknownKeys, unknownKeysSupplied } from './unknown-keys.js';

/** Documents of all rules are in one list, and there is one dossier. */
const MOST_DOCUMENTS = 1000;

/** Sub-queries that give at most one row of `id` 0, joined to the dossier. */
const JOINED = [
  'attested',
  'logs',
  'unknown',
  'actors',
  'untraced',
  'production',
  'few',
  'spilled',
  'live_data',
  'runs',
  'log_source',
  'ownerless',
  'open_finding',
  'open_exception',
  'trained',
  'untrained',
  'undocumented',
  'other_count',
  'other_hash',
  'documented',
  'conflict',
];

/** SELECT of the one dossier of the organisation. */
export function organisationDossier(context: DossierPlan): string {
  const { organisation } = context.plan;
  return dossierSelect({
    lists: lists(context),
    members: [
      ...baseMembers(context, 'organisation', quoteText(organisation)),
      ['organisation', jsonConstant({ name: organisation })],
      ['attestations', whereSupplied(context, ['attestations'], boundedMember('attested'))],
      ['logs', whereSupplied(context, ['events'], recordsMember('logs'))],
      ['unknown_keys', unknownKeysSupplied(context) ? boundedMember('unknown') : jsonConstant(null)],
      ['rotation_actors', whereSupplied(context, ['rotations'], rotationActorsMember())],
      ['revocation', whereSupplied(context, ['keys', 'grants', 'principals'], revocationMember())],
      ['spilled', whereSupplied(context, ['secret_findings'], boundedMember('spilled'))],
      ['live_data', whereSupplied(context, ['secret_findings'], boundedMember('live_data'))],
      ['control_runs', whereSupplied(context, ['control_runs'], recordsMember('runs'))],
      ['log_sources', whereSupplied(context, ['log_sources'], boundedMember('log_source'))],
      ['register', whereSupplied(context, ['register'], registerMember())],
      ['training', whereSupplied(context, ['grants', 'principals'], trainingMember())],
      ['inputs', inputsMember()],
      ['conflicts', boundedMember('conflict')],
      ['supplied', supplied(context)],
    ],
    from: `(SELECT 0 AS id) o ${JOINED.map((name) => `LEFT JOIN ${name} USING (id)`).join(' ')}`,
    id: 'o.id',
  });
}

function lists(context: DossierPlan): { [name: string]: string } {
  return {
    attested: boundedList({
      group: 'length(a.rule) * 0',
      record: jsonRecord('attestations', 'a'),
      order: DOCUMENT_ORDER,
      from: 'attestations a',
      bound: MOST_DOCUMENTS,
    }),
    logs: `SELECT 0 AS id, string_agg(json, ',' ORDER BY log) AS records FROM (${logQuality(context)})`,
    unknown: unknownKeys(),
    ...rotationActors(context),
    ...keyRevokers(context),
    spilled: findings(`${IS_SECRET} AND NOT ${IN_REPOSITORY}`),
    live_data: findings(`NOT ${IS_SECRET}`),
    runs: recurringControls(context),
    log_source: boundedList({
      group: 's.ordinal * 0',
      record: jsonRecord('log_sources', 's'),
      order: ['s.log'],
      from: 'log_sources s',
    }),
    ...register(),
    ...training(context),
    ...inputFacts(context),
    conflict: conflicts(),
  };
}

function findings(condition: string): string {
  return boundedList({
    group: 'f.ordinal * 0',
    record: jsonRecord('secret_findings', 'f'),
    order: newestFirst('f.first_seen."ms"', 'f'),
    from: `secret_findings f WHERE ${condition}`,
  });
}

function supplied(context: DossierPlan): JsonText {
  const count = (kind: string) =>
    jsonValue(`(SELECT sum(records)::BIGINT FROM supplied WHERE kind = ${quoteText(kind)})`);
  return jsonObject(
    [...TABLES.keys()].map((kind): JsonMember => [kind, whereSupplied(context, [kind], count(kind))]),
  );
}
