import { quoteText } from '../../duckdb/sql.js';
import { type RecordKind, TABLED_SUBJECTS } from '../../model/index.js';
import { type BoundedQuery, newestFirst, recordsMember, settlingMember } from '../bounded.js';
import { TABLES } from '../columns.js';
import { type JsonMember, type JsonText, jsonConstant, jsonObject, jsonValue } from '../json-text.js';
import { IN_REPOSITORY, IS_DISMISSED, IS_SECRET } from '../terms/conditions.js';
import { joinTaken } from '../terms/stated-until.js';
import { jsonDated } from './dated-record.js';
import { ALL_DOCUMENTS } from './documents.js';
import { type Dossier, type DossierPlan, dossier, list, type Member, member } from './dossier.js';
import { foundSecret } from './found-secret.js';
import { INPUTS } from './input-facts.js';
import { REVOCATION } from './key-revokers.js';
import { logQuality } from './log-quality.js';
import { recurringControls } from './recurring-controls.js';
import { REGISTER } from './register.js';
import { ROTATION_ACTORS } from './rotation-actors.js';
import { TRAINING } from './training.js';
import { UNDECIDED_KEYS, UNKNOWN_KEYS } from './unknown-keys.js';
import { UNKNOWN_ROUTES } from './unknown-routes.js';

const EVERY_KIND: readonly RecordKind[] = [...TABLES.keys()];

/** The one dossier of the organisation. */
export const ORGANISATION_DOSSIER: Dossier = dossier('organisation', 'o', {
  members: {
    organisation: member({}, ({ plan }) => ({ value: jsonConstant({ name: plan.organisation }) })),
    attestations: ALL_DOCUMENTS,
    logs: member({ from: ['events'], silence: { events: 'kind' } }, ({ plan }) => ({
      queries: { logs: `SELECT string_agg(json, ',' ORDER BY log) AS records FROM (${logQuality(plan)})` },
      joined: ['logs'],
      value: recordsMember('logs'),
      empty: 'logs.records IS NULL',
    })),
    unknown_keys: UNKNOWN_KEYS,
    undecided_keys: UNDECIDED_KEYS,
    unknown_routes: UNKNOWN_ROUTES,
    rotation_actors: ROTATION_ACTORS,
    revocation: REVOCATION,
    spilled: findings(`${IS_SECRET} AND NOT ${IN_REPOSITORY}`),
    live_data: findings(`NOT ${IS_SECRET}`),
    control_runs: member({ from: ['control_runs'], silence: { control_runs: 'kind' } }, ({ plan }) => ({
      queries: { runs: recurringControls(plan) },
      joined: ['runs'],
      value: recordsMember('runs'),
      empty: 'runs.records IS NULL',
    })),
    log_sources: list({ from: ['log_sources'], silence: { log_sources: 'kind' } }, ({ plan }) => ({
      whole: true,
      record: jsonDated('log_sources', 's', plan),
      order: ['s.log'],
      from: `log_sources s ${joinTaken('s')}`,
    })),
    register: REGISTER,
    training: TRAINING,
    inputs: INPUTS,
    conflicts: list({ beside: [...TABLED_SUBJECTS.map(({ table }) => table), 'rotations'] }, conflicts),
    supplied: member({ beside: EVERY_KIND }, (place) => ({ value: supplied(place) })),
  },
});

function findings(condition: string): Member {
  return list(
    { from: ['secret_findings'], beside: ['keys', 'repositories'], silence: { secret_findings: 'kind' } },
    () => ({
      whole: true,
      record: foundSecret('f'),
      order: newestFirst('f.first_seen."ms"', 'f'),
      from: `secret_findings f WHERE ${condition}`,
      settled: `(f.state = 'resolved' OR ${IS_DISMISSED})`,
      value: settlingMember,
    }),
  );
}

/** Returns fields on which records of one thing disagree. */
function conflicts(): BoundedQuery {
  return {
    whole: true,
    record: jsonValue(`{'kind': c.kind, 'id': c.id, 'field': c.field, 'values': [c."first", c.other],
      'records': [c.first_source, c.other_source]}`),
    order: ['c.kind', 'c.id', 'c.field', 'c.other_source.file', 'c.other_source.record'],
    from: 'conflicts c',
  };
}

function supplied({ supplied: kinds }: DossierPlan): JsonText {
  const count = (kind: string) =>
    jsonValue(`(SELECT sum(records)::BIGINT FROM supplied WHERE kind = ${quoteText(kind)})`);
  return jsonObject(
    EVERY_KIND.map((kind): JsonMember => [kind, kinds.has(kind) ? count(kind) : jsonConstant(null)]),
  );
}
