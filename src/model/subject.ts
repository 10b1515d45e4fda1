import type { SubjectKind } from './dossier.js';
import type { Instant } from './instant.js';
import type { SourceRef } from './provenance.js';
import type { KeyRecord, RiskTier } from './records.js';

/** Fields of a key's record that the store may fill in from logs, up to the as-of date; they have hashes of their own. */
export const TIMED_FIELDS: readonly string[] = ['last_used', 'last_rotated'];

/**
 * What states a fact about the scope of a subject: its record, a rule of keyproof.yaml (`scope`, `constants` of a source), the keys it
 * touches, or the default of keyproof.yaml (`applicability`).
 */
export type ScopeOrigin = 'record' | 'rule' | 'keys' | 'default';

/** A fact about the scope of a subject and what states it. */
export type FactSource = {
  /** Fact, such as `pci_scope`. */
  fact: string;
  /** What states it. */
  by: ScopeOrigin;
  /** The key it is taken from; null unless it is from keys. */
  key: string | null;
  /**
   * Place in `plan.scope`, from 1, of the rule that states it of the subject, or of that key; null if none does. Null too in merged packs,
   * whose rules may differ, and absent in packs written before it was kept.
   */
  rule?: number | null;
};

/**
 * What was examined, as subjects.parquet has it, except its column `evidence`: a hash of each member of its dossier, without the places
 * of records, by which two packs are compared.
 */
export type Subject = {
  /** Kind. */
  kind: SubjectKind;
  /** Id, as observations name it. */
  id: string;
  /** Name for people; null if its record has none. */
  label: string | null;
  /** Accountable person or team: as the records of people name who the record means, else as the record names them; null if it names none. */
  owner: string | null;
  /** State, in the words of its kind of record, such as `active` or `left`; null if not stated. */
  status: string | null;
  /** Every fact that a mapping of a framework may ask for, by name; null if not stated. */
  facts: { [fact: string]: string | boolean | null };
  /** What states each fact about scope; a fact that nothing states is left out. Absent in packs written before it was kept. */
  scope?: FactSource[];
  /** Where a key is kept and what happened to it; null for every other kind of subject. */
  life: KeyLife | null;
  /** The record it was read from; null for the organisation. */
  source: SourceRef | null;
};

/** Where a key is kept and what happened to it up to the as-of date, as its record and the logs state it. */
export type KeyLife = {
  /** System the record was exported from, such as `aws-sm`; null if not stated. */
  store: string | null;
  /** Where the secret value is kept; null if not stated. */
  storage: KeyRecord['storage'];
  /** Risk tier; null if not stated. */
  tier: RiskTier | null;
  /** When it was created; null if not stated. */
  created: Instant | null;
  /** Last rotation: the later of the inventory's date and the rotation log's; null if not known. */
  rotated: Instant | null;
  /** Last use: the later of the inventory's date and the audit log's; null if not known. */
  used: Instant | null;
  /** When it stops working; null if not stated. */
  expires: Instant | null;
  /** When it was revoked or disabled; null if not stated. */
  revoked: Instant | null;
  /** Completed rotations that the logs show, newest first, at most 50, epoch ms UTC. */
  rotations: number[];
  /** Places where scans found its secret, the earliest first, at most 20; those whose date is not stated are left out. */
  exposures: KeyExposure[];
  /** Who may do what with it by the access rights supplied, sorted by name, the first 250; null if none were supplied. Absent in packs written before it was kept. */
  access?: KeyAccess[] | null;
  /** How many have access or are denied it. */
  accessTotal?: number;
};

/** What may be done with a key. Who may read a secret may use it, too; administration is all of it. */
export const ACCESS_VERBS = ['read', 'use', 'rotate', 'create', 'delete'] as const;

/** Something that may be done with a key. */
export type AccessVerb = (typeof ACCESS_VERBS)[number];

/** What a principal may do with a key, as computed from the access rights that reach it at the as-of date. */
export type KeyAccess = {
  /** Id of the principal. */
  principal: string;
  /** What it is: `human`, `service` or `workload`; null if not stated. */
  kind: string | null;
  /** What it may do. */
  can: AccessVerb[];
  /** What it may do at most: rights that may be more than it has, for the reasons given. */
  atMost: AccessVerb[];
  /** What a right allows and a denial takes away. */
  denied: AccessVerb[];
  /** Whether a right does not state what it allows. */
  unstated: boolean;
  /** The ways to the key, such as `group payments > policy read-prod > scope arn:...`, the first five. */
  paths: string[];
  /** Why it may have less than `atMost`, the first five. */
  reasons: string[];
  /** The first record of these rights. */
  source: SourceRef;
};

/** A place where a scan found the secret of a key. */
export type KeyExposure = {
  /** When the secret was first seen there, epoch ms UTC. */
  from: number;
  /** First rotation at that moment or later that the logs or the inventory show, epoch ms UTC; null if none is known. */
  replaced: number | null;
  /** Repository or other place; null if not stated. */
  place: string | null;
};
