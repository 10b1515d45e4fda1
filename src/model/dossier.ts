import type { Instant } from './instant.js';
import type { SourceRef } from './provenance.js';
import type {
  AttestationRecord,
  AuditEventRecord,
  Environment,
  GrantRecord,
  IncidentRecord,
  KeyRecord,
  PrincipalRecord,
  RepositoryRecord,
  RiskTier,
  RotationRecord,
  RouteRecord,
  SecretFindingRecord,
  VendorRecord,
} from './records.js';

/** What can be examined. */
export type SubjectKind =
  | 'key'
  | 'principal'
  | 'repository'
  | 'route'
  | 'vendor'
  | 'incident'
  | 'organisation';

/** The subject kinds in the order reports list them. */
export const SUBJECT_KINDS: readonly SubjectKind[] = [
  'key',
  'principal',
  'repository',
  'route',
  'vendor',
  'incident',
  'organisation',
];

/** One and many of each kind of subject, as readers call it. */
export const SUBJECT_WORDS: { readonly [K in SubjectKind]: readonly [one: string, many: string] } = {
  key: ['key', 'keys'],
  principal: ['principal', 'principals'],
  repository: ['repository', 'repositories'],
  route: ['route', 'routes'],
  vendor: ['vendor', 'vendors'],
  incident: ['incident', 'incidents'],
  organisation: ['organisation', 'organisations'],
};

/** A list cut to what a rule needs, with the true count beside it, so that a dossier stays small. */
export type Bounded<T> = {
  /** Newest first, at most 50 (dates unknown last, then by file and record). */
  records: T[];
  /** How many there are in the evidence. */
  total: number;
};

/** What every dossier begins with. Time is an input: a policy has no clock. */
export type DossierBase<K extends SubjectKind> = {
  /** The date the audit speaks for. */
  as_of: {
    /** Epoch ms, UTC. */
    ms: number;
    /** ISO date-time, UTC. */
    iso: string;
  };
  /** Audit period; null for an audit at a point in time. */
  period: {
    /** First moment, epoch ms, UTC. */
    start_ms: number;
    /** Last moment, epoch ms, UTC, inclusive. */
    end_ms: number;
  } | null;
  /** The subject examined. */
  subject: {
    /** What it is. */
    kind: K;
    /** Its id. */
    id: string;
  };
};

/** A key as other records see it. */
export type KeySummary = {
  /** Id. */
  key_id: string;
  /** Environment. */
  environment: Environment | null;
  /** Risk tier. */
  risk_tier: RiskTier | null;
  /** State. */
  status: KeyRecord['status'];
  /** Last rotation: the later of the inventory's date and the rotation log's. */
  last_rotated: Instant | null;
  /** When it was revoked. */
  revoked: Instant | null;
  /** Inventory record. */
  source: SourceRef;
};

/** A grant with its holder. */
export type HeldGrant = GrantRecord & {
  /** The holder, where a principal export names it. */
  principal: PrincipalRecord | null;
};

/** A grant with the key it reaches. */
export type ReachingGrant = GrantRecord & {
  /** The key, where the inventory has it; null for a `*` grant and for an unknown key. */
  key: KeySummary | null;
};

/** Somebody who left while holding a grant. */
export type Leaver = {
  /** Who left. */
  principal: PrincipalRecord;
  /** The grant they had. */
  grant: GrantRecord;
};

/** A leaked secret with the key it is. */
export type KnownSecretFinding = SecretFindingRecord & {
  /** The key, where its hash or name is in the inventory. */
  key: KeySummary | null;
};

/** A key that records name and the inventory lacks. */
export type UnknownKey = {
  /** Id as the record has it. */
  key_id: string;
  /** Table it was seen in. */
  seen_in: 'rotations' | 'grants' | 'events' | 'secret_findings';
  /** How many records name it. */
  count: number;
  /** The first record that names it. */
  source: SourceRef;
};

/** Everything rules need to know about one key. A list is null where no export of that kind was supplied at all. */
export type KeyDossier = DossierBase<'key'> & {
  /** The key. */
  key: KeyRecord;
  /** The principal that `key.owner` names; `found` false where a directory was supplied and nobody of that name is in it; null where there is no directory and nobody is known by that name. */
  owner: {
    /** Whether the owner was found among the principals. */
    found: boolean;
    /** The record, where found. */
    principal: PrincipalRecord | null;
  } | null;
  /** Rotation steps of this key. */
  rotations: Bounded<RotationRecord> | null;
  /** Grants on this key, each with its holder's record where known. */
  grants: Bounded<HeldGrant> | null;
  /** Log events of this key. */
  events: {
    /** Number of events. */
    total: number;
    /** Failed events. */
    failures: number;
    /** Newest use or read. */
    last_used: Instant | null;
    /** Distinct actors, sorted, at most 50. */
    actors: string[];
    /** Distinct workloads, sorted, at most 50. */
    workloads: string[];
    /** Distinct source addresses of events other than those that manage the key, sorted, at most 50. */
    source_ips: string[];
    /** Distinct environments the events came from, sorted. */
    environments: string[];
    /** Secret reads by people outside break-glass, newest first, at most 50. */
    human_reads: AuditEventRecord[];
    /** Number of uses, reads and logins after the last moment at which the key may have been revoked, failed ones left out. */
    after_revocation: number;
  } | null;
  /** Secrets found in repositories that are this key (same hash, or named by the export). */
  leaks: Bounded<SecretFindingRecord> | null;
  /** Other inventory records with the same fingerprint, at most 50. */
  twins: KeySummary[];
  /** Leavers who could read or use this key when they left. Null where no directory of principals or no grants were supplied. */
  leavers: Bounded<Leaver> | null;
  /** The vendor the key belongs to, where a vendor export names it. */
  vendor: VendorRecord | null;
};

/** Everything rules need to know about one principal. */
export type PrincipalDossier = DossierBase<'principal'> & {
  /** The principal. */
  principal: PrincipalRecord;
  /** Grants it holds, each with the key it reaches. */
  grants: Bounded<ReachingGrant> | null;
  /** Keys it owns. */
  owned_keys: Bounded<KeySummary> | null;
};

/** Everything rules need to know about one repository. */
export type RepositoryDossier = DossierBase<'repository'> & {
  /** The repository. */
  repository: RepositoryRecord;
  /** Secrets found in it, each with the inventory key it is, where known. */
  findings: Bounded<KnownSecretFinding> | null;
};

/** Everything rules need to know about one route. */
export type RouteDossier = DossierBase<'route'> & {
  /** The route. */
  route: RouteRecord;
  /** The partner it serves, where a vendor export names it. */
  vendor: VendorRecord | null;
};

/** Everything rules need to know about one vendor. */
export type VendorDossier = DossierBase<'vendor'> & {
  /** The vendor. */
  vendor: VendorRecord;
  /** Its keys, active ones first. */
  keys: Bounded<KeySummary> | null;
  /** Routes that serve it. */
  routes: Bounded<RouteRecord> | null;
};

/** Everything rules need to know about one incident. */
export type IncidentDossier = DossierBase<'incident'> & {
  /** The incident. */
  incident: IncidentRecord;
  /** The keys it names. */
  keys: Bounded<KeySummary> | null;
};

/** Facts about the whole organisation and the evidence as a population. */
export type OrganisationDossier = DossierBase<'organisation'> & {
  /** Name of the audited entity from the plan. */
  organisation: {
    /** Entity name. */
    name: string;
  };
  /** Attestation records supplied. */
  attestations: Bounded<AttestationRecord> | null;
  /** Log quality, one entry a log; null where no audit log was supplied. */
  logs:
    | {
        /** The log: its system name, or its file. */
        log: string;
        /** Number of events. */
        total: number;
        /** Oldest event. */
        first_ms: number | null;
        /** Newest event. */
        last_ms: number | null;
        /** Events that lack an actor. */
        without_actor: number;
        /** Events that lack an action. */
        without_action: number;
        /** Events that lack a time with a zone. */
        without_time: number;
        /** Events that lack a source address or workload. */
        without_origin: number;
        /** Events that lack an outcome. */
        without_outcome: number;
        /** Events of key management (create, rotate, revoke, update, admin) that lack a ticket. */
        without_ticket: number;
        /** Events lacking at least one of actor, action, time, origin, outcome. */
        incomplete: number;
        /** Up to 20 incomplete events. */
        examples: SourceRef[];
        /** Distinct event categories, sorted. */
        categories: string[];
      }[]
    | null;
  /** Key ids seen in logs, rotation logs or grants that the inventory lacks; null where no such export was supplied. */
  unknown_keys: Bounded<UnknownKey> | null;
  /** How many records of each kind were supplied; null where no file of that kind was. */
  supplied: {
    /** Count by table name. */
    [kind: string]: number | null;
  };
};

/** Dossier by subject kind: what a policy reads as `input`. */
export type Dossiers = {
  /** One key. */
  key: KeyDossier;
  /** One principal. */
  principal: PrincipalDossier;
  /** One repository. */
  repository: RepositoryDossier;
  /** One route. */
  route: RouteDossier;
  /** One vendor. */
  vendor: VendorDossier;
  /** One incident. */
  incident: IncidentDossier;
  /** The organisation. */
  organisation: OrganisationDossier;
};
