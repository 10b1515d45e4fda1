import type { Instant } from './instant.js';
import type { SourceRef } from './provenance.js';
import type {
  AttestationRecord,
  AuditEventRecord,
  ChangeRecord,
  ControlRunRecord,
  EntityFacts,
  Environment,
  ExtractRecord,
  GrantRecord,
  IncidentRecord,
  KeyRecord,
  LogSourceRecord,
  NotificationRecord,
  PrincipalRecord,
  RegisterItemRecord,
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
  /** Newest first, at most 250 (dates unknown last, then by file and record); if the list has `open`, those come first. */
  records: T[];
  /** How many there are in the evidence. */
  total: number;
  /** How many of them a rule may object to; the others are settled. Only lists of findings have it. */
  open?: number;
};

/** Documents on record, at most 250 of each rule. */
export type BoundedDocuments = Bounded<AttestationRecord> & {
  /** Rules of which there are more. */
  cut_rules: string[];
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
  /**
   * Members from whose silence nothing may be concluded for this subject, each with the reasons: no export covers it, or
   * records are known to be missing. A member that holds nothing for the subject is null then. A member left out is covered.
   */
  not_covered?: {
    /** Reasons by member, one sentence each. */
    [member: string]: string[];
  };
  /**
   * Members of which records are known to be lost that may concern this subject, each with the reasons: a file was not supplied, breaks off,
   * has rejected records. What such a member lacks may stand there, so that no violation may rest on it. A member left out has lost nothing.
   */
  lost?: {
    /** Reasons by member, one sentence each. */
    [member: string]: string[];
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
  /** Where the secret value is kept. */
  storage: KeyRecord['storage'];
  /** When it was created. */
  created: Instant | null;
  /** Last rotation: the later of the inventory's date and the rotation log's. */
  last_rotated: Instant | null;
  /** When it was revoked. */
  revoked: Instant | null;
  /** Fields that its records state and that cannot be read, or on which they contradict each other. */
  unclear?: string[] | null;
  /** Inventory record. */
  source: SourceRef;
  /** Last moment that the inventory speaks for in `status` and `last_rotated`, epoch ms, UTC; null if it is not known to be taken more than a day before the as-of date. */
  stated_until_ms?: number | null;
};

/** A key with what happened to it after a moment from which its secret was no longer safe. */
export type ExposedKey = KeySummary & {
  /** First replacement of its secret at that moment or later; if only the inventory shows one, which is the last, any time from that moment up to it; null if none is known. */
  replaced: Instant | null;
  /** First revocation of the old secret in the rotation that replaced it; `never` if the log shows the single steps of that rotation and no revocation up to the as-of date; null if no log tells. */
  old_revoked: Instant | null;
  /** Newest use, read or login, from the log or the inventory. */
  last_used: Instant | null;
  /** Uses, reads and logins after that moment, failed ones left out; null if no audit log was supplied. */
  uses_after: number | null;
};

/**
 * Last moment that exports speak for in fields of the subject's own record, epoch ms, UTC: what came after it is not known. Null if none is
 * known to be taken more than a day before the as-of date, or if a log that is complete for the subject covers the rest.
 */
export type StatedUntil<F extends string> = { [N in F]: number | null };

/** The ticket that a record names, looked up among the changes supplied. */
export type LinkedChange = {
  /** Whether a change of that id was supplied. */
  found: boolean;
  /** The change, if found. */
  change: ChangeRecord | null;
};

/** A record beside the subject's own, with the last moment that it speaks for. */
export type Dated<T> = T & {
  /** Last moment that its file speaks for, epoch ms, UTC; null if it is not known to be taken more than a day before the as-of date. */
  stated_until_ms?: number | null;
};

/** A grant with its holder. */
export type HeldGrant = Dated<GrantRecord> & {
  /** The holder, if a principal export names it. */
  principal: PrincipalRecord | null;
  /** The ticket of the grant; null if it names none or no changes were supplied. */
  change: LinkedChange | null;
  /** What its last reviewer is; null if no principal export names the reviewer. */
  reviewer_kind: PrincipalRecord['kind'];
};

/** A grant with the key it reaches. */
export type ReachingGrant = GrantRecord & {
  /** The key, if the inventory has it; null for a `*` grant and for an unknown key. */
  key: KeySummary | null;
};

/** Somebody who left while holding a grant. */
export type Leaver = {
  /** Who left. */
  principal: PrincipalRecord;
  /** The grant they had. */
  grant: GrantRecord;
  /** Last moment that the list of the grant speaks for, epoch ms, UTC; null if it is not known to be taken more than a day before the as-of date. */
  grant_stated_until_ms?: number | null;
};

/** A secret found at one place, by one tool or several. */
export type FoundSecret = SecretFindingRecord & {
  /** Tools that report it, sorted. */
  tools: string[];
  /** Records that report it, in the order of files and records; `source` is one of them. */
  sources: SourceRef[];
};

/** Where a secret was found that its report does not show. */
export type HiddenSecret = Pick<SecretFindingRecord, 'channel' | 'path' | 'client_side'>;

/** A leaked secret with the key it is. */
export type KnownSecretFinding = FoundSecret & {
  /** The key, if its hash or name is in the inventory, exposed since the secret was first seen. */
  key: ExposedKey | null;
};

/** A stretch of time. */
export type Span = {
  /** First moment, epoch ms, UTC. */
  from_ms: number;
  /** Last moment, epoch ms, UTC. */
  to_ms: number;
};

/** Something in the log of a key that somebody should have looked at. */
export type Anomaly = {
  /** What was noticed: five failures or more within ten minutes; a day of 20 events or more, more than three times as many as on the busiest of the 14 days before, of a key in use for as long; a use after the key was revoked; a day on which calls were about 20 accounts or more, or went to 10 routes or more, refused calls included, more than three times as many as on any of the 14 days before, of a key in use for as long. */
  detector: 'repeated-failures' | 'volume-spike' | 'use-after-revocation' | 'many-accounts' | 'many-routes';
  /** When it began. */
  at: Instant;
  /** Events concerned; of many accounts or routes, how many of these. */
  count: number;
  /** First event concerned. */
  source: SourceRef;
  /** Whether an incident names the key and was detected from then on. */
  answered: boolean;
  /** The incident that names the key and was detected from then on, the earliest; null if there is none. */
  incident: Pick<IncidentRecord, 'incident_id' | 'severity' | 'detected_at' | 'triaged_at' | 'source'> | null;
};

/** A field on which two records of one thing disagree, and which is unknown therefore; or a key whose inventory states an older rotation than a log. */
export type Conflict = {
  /** Table. */
  kind: string;
  /** Id of the thing. */
  id: string;
  /** Field. */
  field: string;
  /** The two values as text. */
  values: string[];
  /** The two records, in the same order. */
  records: SourceRef[];
};

/** A field of a subject's own record that is unknown (null) because records of the subject contradict each other on it. */
export type Contradiction = {
  /** Field. */
  field: string;
  /** Whether other members of the dossier are found by the field, so that they are unknown as well. */
  joined: boolean;
  /** What the records state, each different value once, in the order of files and records. */
  readings: {
    /** Value, as the field would hold it. */
    value: string | number | boolean | string[] | Instant;
    /** First record that states it. */
    source: SourceRef;
  }[];
};

/** A right that was given or taken away. */
export type GrantChange = GrantRecord & {
  /** Which of the two. */
  change: 'given' | 'taken away';
  /** When, as the list of rights dates it. */
  changed_at: Instant;
};

/** Who or what reads a secret, people aside. */
export type SecretReader = {
  /** Actor that the log names; null if it names none. */
  actor: string | null;
  /** Workload that the log names; null if it names none. */
  workload: string | null;
  /** Whether it is known to be a program; null if the kind of actor is not stated. */
  actor_type: 'automation' | 'service' | null;
  /** Whether a record of people and programs has the actor or the workload by that name. */
  on_record: boolean;
  /** Reads. */
  count: number;
  /** Last read with a known time. */
  last: Instant | null;
  /** First read in the order of files and records. */
  source: SourceRef;
};

/** A route that a log names and the list of routes lacks. */
export type UnknownRoute = {
  /** Id as the log has it. */
  route_id: string;
  /** How many calls name it; refused ones are left out, as anybody can call what does not exist. */
  count: number;
  /** First call. */
  source: SourceRef;
};

/** A key that records name and the inventory lacks. */
export type UnknownKey = {
  /** Id as the record has it. */
  key_id: string;
  /** Table it was seen in. */
  seen_in: 'rotations' | 'grants' | 'events' | 'secret_findings' | 'routes';
  /** How many records name it; calls that were refused are left out, as anybody can make one up. */
  count: number;
  /** The first record that names it. */
  source: SourceRef;
};

/** A name that was joined to none of the keys it may mean. */
export type UndecidedKey = Omit<UnknownKey, 'seen_in'> & {
  /** Table it was seen in; `keys` for an inventory record that may be of the same key as others. */
  seen_in: UnknownKey['seen_in'] | 'keys';
  /** Ids of the keys it may mean, at most five: those that share the name, or the same name under a Google project that only one of the two calls by its number. */
  candidates: string[];
};

/** Everything rules need to know about one key. A list is null if no export of that kind was supplied, or it is empty and no export covers the key (`not_covered`). */
export type KeyDossier = DossierBase<'key'> & {
  /** The key. */
  key: KeyRecord;
  /** Whether the inventory itself fills in the dates for which a log may stand in: known, `never` or `not-tracked`. */
  filled_in: {
    /** Whether it has a value for `last_rotated`. */
    last_rotated: boolean;
    /** Whether it has a value for `last_used`. */
    last_used: boolean;
  };
  /** The principal that `key.owner` names; `found` false if a directory was supplied and nobody of that name is in it; null if there is no directory and nobody is known by that name. */
  owner: {
    /** Whether the owner was found among the principals. */
    found: boolean;
    /** The record, if found. */
    principal: PrincipalRecord | null;
  } | null;
  /** Rotation steps of this key, at most 364. */
  rotations: Bounded<RotationRecord> | null;
  /** Grants on this key, each with its holder's record if known: denials first, then those whose approval is doubtful. */
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
    /** Distinct source addresses of events other than those that manage the key, sorted, at most 250. */
    source_ips: string[];
    /** Distinct environments the events came from, sorted. */
    environments: string[];
    /** Secret reads by people outside break-glass, newest first, at most 50. */
    human_reads: AuditEventRecord[];
    /** Secret reads outside break-glass of which it is not stated whether a person or a program read, failed ones left out. */
    unknown_reads: number;
    /** Number of uses, reads and logins after the last moment at which the key may have been revoked, failed ones left out. */
    after_revocation: number;
    /** Oldest event, epoch ms, UTC; null if there is none. */
    first_ms: number | null;
    /** Newest event, epoch ms, UTC; null if there is none. */
    last_ms: number | null;
    /** Calls with the key: events of use, logins, and those whose kind is not stated. Fetching the secret from its store and managing it are none. */
    calls: number;
    /** Days (UTC) on which there was a call. */
    days: number;
    /** Calls of which the log states how long they took. */
    with_latency: number;
    /** Calls of which the log states how they ended. */
    with_outcome: number;
    /** Calls of which the log states the scopes used. */
    with_scopes: number;
    /** Distinct scopes that calls used, failed calls left out, sorted, at most 250. */
    scopes_used: string[];
    /** First call of which the scopes are stated, epoch ms, UTC; null if there is none. */
    scopes_since_ms: number | null;
    /** Calls of which the log states the account they were about. */
    with_account: number;
    /** Calls of which the log states the route. */
    with_route: number;
    /** Distinct workloads that used the key in the period up to the as-of date, or in the 30 days before the as-of date if there is no period, sorted, at most 50. */
    recent_workloads: string[];
    /** Calls in the same time of which no log names the workload, reads of which none names an actor either, and events whose kind is not stated; failed ones left out. */
    recent_unnamed: number;
    /** Calls by kind of program, failed ones left out; a browser or an app that fetches the secret counts as well. */
    clients: {
      /** By servers. */
      server: number;
      /** By browsers. */
      browser: number;
      /** By apps on phones. */
      mobile: number;
      /** Nobody says. */
      unknown: number;
    };
  } | null;
  /** Steps of the rotation log that a store carries out (created, generated, stored, rotated, revoked), in the time the audit logs cover, without an event of key management within five minutes; null if either was not supplied. */
  unlogged_steps: Bounded<RotationRecord> | null;
  /** Reads of the secret and management of the key by people, or by actors whose kind is not stated, failed ones left out. */
  hand_events: Bounded<AuditEventRecord> | null;
  /** Actors and workloads that read the secret, people and failed reads left out, the most reads first. */
  secret_readers: Bounded<SecretReader> | null;
  /** Grants on it, `*` aside, that were given or taken away in the time the audit logs cover, with no event of key management or administration on the key within an hour of it; null if either was not supplied. */
  unlogged_grants: Bounded<GrantChange> | null;
  /** What in its log somebody should have looked at; null if no audit log or no incidents were supplied. */
  anomalies: Bounded<Anomaly> | null;
  /** Secrets found in repositories that are this key (same hash, or named by the export). */
  leaks: Bounded<FoundSecret> | null;
  /** Places of secrets of which the reports show neither the secret nor its key, so that each may be any key: the first 25, those that may be in client code first. */
  hidden_leaks: Bounded<HiddenSecret>;
  /** Other inventory records with the same fingerprint, at most 50; null if there is none and records of keys are known to be missing. */
  twins: KeySummary[] | null;
  /** Leavers who could read or use this key when they left. Null if no directory of principals or no grants were supplied. */
  leavers: Bounded<Leaver> | null;
  /** The vendor the key belongs to, if a vendor export names it. */
  vendor: VendorRecord | null;
  /** The key that `key.standby_key` names; null if it names none. */
  standby: {
    /** Whether the inventory has it. */
    found: boolean;
    /** The key, if found, with what it may do. */
    key: (KeySummary & Pick<KeyRecord, 'scopes'>) | null;
  } | null;
  /** Sign-offs of the sandbox for the integration that the key serves; null if no changes were supplied. */
  signoffs: Bounded<ChangeRecord> | null;
  /** Documents on record for rules about keys that rest on one and speak for this key; null if none of any kind were supplied. */
  attestations: BoundedDocuments | null;
  /** Until when exports speak of fields of its own record that time makes worse. */
  stated_until: StatedUntil<
    'owner' | 'status' | 'last_rotated' | 'last_used' | 'need_reviewed_at' | 'standby_tested_at'
  >;
  /** Fields of its own record that are unknown because its records contradict each other. */
  contradictions: Contradiction[];
};

/** Everything rules need to know about one principal. */
export type PrincipalDossier = DossierBase<'principal'> & {
  /** The principal. */
  principal: PrincipalRecord;
  /** Grants it holds, each with the key it reaches. */
  grants: Bounded<ReachingGrant> | null;
  /** Keys it owns. */
  owned_keys: Bounded<KeySummary> | null;
  /** Fields of its own record that are unknown because its records contradict each other. */
  contradictions: Contradiction[];
};

/** Everything rules need to know about one repository. */
export type RepositoryDossier = DossierBase<'repository'> & {
  /** The repository. */
  repository: RepositoryRecord;
  /** Secrets found in it, each with the inventory key it is, if known. What was found elsewhere (logs, chat) or is no secret is left out. */
  findings: Bounded<KnownSecretFinding> | null;
  /** Until when exports speak of fields of its own record that time makes worse. */
  stated_until: StatedUntil<'last_scanned'>;
  /** Fields of its own record that are unknown because its records contradict each other. */
  contradictions: Contradiction[];
};

/** Everything rules need to know about one route. */
export type RouteDossier = DossierBase<'route'> & {
  /** The route. */
  route: RouteRecord;
  /** The partner it serves, if a vendor export names it. */
  vendor: VendorRecord | null;
  /** Log events of calls to it; null if no audit log was supplied. */
  requests: {
    /** Events. */
    total: number;
    /** Events that ended well. */
    successes: number;
    /** Events that failed. */
    failures: number;
    /** Events whose address shows a credential. */
    credential_in_url: number;
    /** Events that say whether the address shows one. */
    url_examined: number;
    /** Events between `route.calls_from` and `route.calls_to`; null if either is unknown. */
    in_window: number | null;
    /** Longest silence between two events in that window, its ends included; null if the window is unknown. */
    longest_silence: Span | null;
    /** First event whose address shows a credential. */
    example: SourceRef | null;
    /** Events that state the HTTP status of the answer. */
    with_status: number;
    /** Calls that a limit refused (HTTP status 429). */
    refused: number;
    /** First call that a limit refused. */
    refused_example: SourceRef | null;
  } | null;
  /** The ticket of the last change of its configuration; null if it names none or no changes were supplied. */
  change: LinkedChange | null;
  /** Until when exports speak of fields of its own record that time makes worse. */
  stated_until: StatedUntil<'client_certificate_expires'>;
  /** Fields of its own record that are unknown because its records contradict each other. */
  contradictions: Contradiction[];
};

/** Everything rules need to know about one vendor. */
export type VendorDossier = DossierBase<'vendor'> & {
  /** The vendor. */
  vendor: VendorRecord;
  /** Its keys, active ones first. */
  keys: Bounded<KeySummary> | null;
  /** Routes that serve it. */
  routes: Bounded<RouteRecord> | null;
  /** When the first of its keys was created; null if no key states it. */
  first_key_created: Instant | null;
  /** Documents on record for rules about vendors that rest on one and speak for this vendor; null if none of any kind were supplied. */
  attestations: BoundedDocuments | null;
  /** Until when exports speak of fields of its own record that time makes worse. */
  stated_until: StatedUntil<
    'reviewed_at' | 'contract_expires' | 'certification_expires' | 'aoc_expires' | 'pentest_at'
  >;
  /** Fields of its own record that are unknown because its records contradict each other. */
  contradictions: Contradiction[];
};

/** Everything rules need to know about one incident. */
export type IncidentDossier = DossierBase<'incident'> & {
  /** The incident. */
  incident: IncidentRecord;
  /** The keys it names, exposed since the incident was detected. */
  keys: Bounded<ExposedKey> | null;
  /** Other keys that are used from the same repository, or have the same owner and store, exposed since then; the worst first: never replaced, then the latest replaced. */
  related_keys: Bounded<ExposedKey> | null;
  /** Whether repositories, owner and store are known of every key it names: only then are all related keys known. Null if no inventory was supplied. */
  relations_known: boolean | null;
  /** Keys of the vendor concerned, exposed since its notice arrived or else the incident was detected; null if it names no vendor. */
  vendor_keys: Bounded<ExposedKey> | null;
  /** Decisions to notify, or not to; null if no such record was supplied. */
  notifications: Bounded<NotificationRecord> | null;
  /** Facts about the audited entity; null if they are not stated. */
  entity: { [F in keyof EntityFacts]: EntityFacts[F] | null };
  /** Documents on record for rules about incidents that rest on one and speak for this incident; null if none of any kind were supplied. */
  attestations: BoundedDocuments | null;
  /** Fields of its own record that are unknown because its records contradict each other. */
  contradictions: Contradiction[];
};

/** A control that is to run again and again, as its runs show it. */
export type RecurringControl = {
  /** Control. */
  control: string;
  /** Where it looked, sorted; empty if no run states it. */
  channels: string[];
  /** Runs. */
  total: number;
  /** Runs that failed. */
  failures: number;
  /** Runs without a known time. */
  without_time: number;
  /** Oldest successful run, epoch ms, UTC. */
  first_ms: number | null;
  /** Newest successful run, epoch ms, UTC. */
  last_ms: number | null;
  /** Longest stretches between two successful runs, between the begin of the period and the first, and between the last and the as-of date, longest first, at most 50. */
  silences: Span[];
  /** Failed runs that were reported to nobody. */
  unalerted: Bounded<ControlRunRecord>;
  /** Its first run. */
  source: SourceRef;
};

/** A production key that too few people may revoke. */
export type KeyWithFewRevokers = KeySummary & {
  /** People of the security team who are known to have the right. */
  revokers: number;
  /** How many may have it, holders included whose roles or kind are not on record, or whose right may be less than it is listed for. */
  at_most: number;
};

/** A person as other records see them. */
export type PersonSummary = Dated<Pick<PrincipalRecord, 'principal_id' | 'name' | 'trained_at' | 'source'>>;

/** One input file with what is on record about how it was taken. */
export type InputFact = {
  /** Path below the audited folder. */
  file: string;
  /** SHA-256 as it was read. */
  sha256: string | null;
  /** Records read. */
  records: number;
  /** How it was taken; null if no such record names the file. */
  extract: ExtractRecord | null;
};

/** Facts about the whole organisation and the evidence as a population. */
export type OrganisationDossier = DossierBase<'organisation'> & {
  /** Name of the audited entity from the plan. */
  organisation: {
    /** Entity name. */
    name: string;
  };
  /** Attestation records supplied. */
  attestations: BoundedDocuments | null;
  /** Log quality, one entry a log; null if no audit log was supplied. */
  logs:
    | {
        /** The log: its system name, or its file. */
        log: string;
        /** The same without the account, which it has if logs of several accounts have one name. */
        name: string;
        /** Number of events. */
        total: number;
        /** Oldest event. */
        first_ms: number | null;
        /** Newest event. */
        last_ms: number | null;
        /** Of `actor`, `action`, `time`, `origin` and `outcome` those that no event of the log states: it has no place for them. */
        unstated: string[];
        /** Events that lack an actor; not those that were refused, of which the log states the origin. */
        without_actor: number;
        /** Events that lack an action. */
        without_action: number;
        /** Events that lack a time with a zone. */
        without_time: number;
        /** Events that lack a source address or workload. */
        without_origin: number;
        /** Events that lack an outcome. */
        without_outcome: number;
        /** Events of key management (create, rotate, revoke, update, admin). */
        managing: number;
        /** Events that name a route of the gateway. */
        with_route: number;
        /** Events of key management (create, rotate, revoke, update, admin) that lack a ticket. */
        without_ticket: number;
        /** Events lacking at least one of actor, action, time, origin, outcome that other events of the log state. */
        incomplete: number;
        /** The first 20 incomplete events. */
        examples: SourceRef[];
        /** The first 20 events that manage keys without a ticket. */
        without_ticket_examples: SourceRef[];
        /** Distinct event categories, sorted. */
        categories: string[];
        /** Longest stretches without an event, longest first, at most 50; with a period, its ends count. */
        silences: Span[];
      }[]
    | null;
  /** Key ids seen in logs, rotation logs or grants that the inventory lacks; null if no such export was supplied. */
  unknown_keys: Bounded<UnknownKey> | null;
  /** Names that may mean several keys and were joined to none, in any export, the inventory included; null if no inventory was supplied. */
  undecided_keys: Bounded<UndecidedKey> | null;
  /** Routes seen in logs that the list of routes lacks; null if no list of routes or no audit log was supplied. */
  unknown_routes: Bounded<UnknownRoute> | null;
  /** Who carried out the rotations of production keys in the period, or in the 365 days before the as-of date; null if no rotation log was supplied. */
  rotation_actors: {
    /** Completed rotations. */
    total: number;
    /** By a pipeline or service. */
    automated: number;
    /** By a person. */
    manual: number;
    /** Nobody says. */
    unknown: number;
    /** Those by a person. */
    by_hand: Bounded<RotationRecord>;
    /** By a person and without a ticket: none is named, or a text without a number. */
    without_ticket: Bounded<RotationRecord>;
  } | null;
  /** Who can revoke production keys; null if no keys, grants or principals were supplied. */
  revocation: {
    /** Active production keys. */
    keys: number;
    /** Those that fewer than two people of the security team may revoke, holders of whom it is not known included, with how many may. */
    short: Bounded<KeyWithFewRevokers>;
    /** Those that nobody of the security team may audit: no right in force to audit, read or administer them. */
    unaudited: Bounded<KeySummary>;
    /** Keys that two may revoke only if holders count of whom it is not known: groups whose members no source lists, holders without roles on record. */
    rights_unknown: number;
    /** Keys that somebody may audit only if such holders count. */
    audit_unknown: number;
  } | null;
  /** Secrets found outside repositories: in logs, tickets, chat, build artefacts, what is shipped to clients; null if no findings were supplied. */
  spilled: Bounded<FoundSecret> | null;
  /** Account numbers, IBANs and national ids found where only test data belongs; null if no findings were supplied. */
  live_data: Bounded<FoundSecret> | null;
  /** Controls that run again and again, sorted by name; null if no runs were supplied. */
  control_runs: RecurringControl[] | null;
  /** How logs are kept; null if not stated. */
  log_sources: Bounded<Dated<LogSourceRecord>> | null;
  /** The bank's own register; null if it was not supplied. */
  register: {
    /** Open findings whose record states that they have no owner, and after them those whose record does not state one. */
    without_owner: Bounded<Dated<RegisterItemRecord>>;
    /** Open findings, the earliest due first, those without a date before them. */
    findings: Bounded<Dated<RegisterItemRecord>>;
    /** Open exceptions, the earliest end first, those without an end before them. */
    exceptions: Bounded<Dated<RegisterItemRecord>>;
  } | null;
  /** Training of the people who hold a right on a key; null if no grants or principals were supplied. */
  training: {
    /** People. */
    people: number;
    /** People by whole days from their last training to the as-of date, ascending. */
    by_age: {
      /** Days. */
      days: number;
      /** Days from the training to the last moment that the person's record speaks for; absent if that is the as-of date. */
      stated_days?: number | null;
      /** People. */
      people: number;
    }[];
    /** People without a training on record or with the oldest one first. */
    longest_ago: Bounded<PersonSummary>;
    /** Holders of a right, groups left out, who may be further people: their kind is not stated. */
    unknown_holders: number;
    /** Groups that hold a right and whose members no source lists: each may have any number of further people. */
    unlisted_groups: number;
  } | null;
  /** The exported files and how they were taken; each list holds at most 1,000. */
  inputs: {
    /** Files read as evidence. */
    total: number;
    /** Files of which it is not stated how they were taken. */
    undocumented: Bounded<InputFact>;
    /** Files that hold another number of records than the system says. */
    other_count: Bounded<InputFact>;
    /** Files whose SHA-256 is another than when they were taken. */
    other_hash: Bounded<InputFact>;
    /** Documented files, the earliest taken first, those without a date before them. */
    documented: Bounded<InputFact>;
  };
  /** Fields on which records of one thing disagree. */
  conflicts: Bounded<Conflict>;
  /** How many records of each kind were supplied; null if no file of that kind was. */
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
