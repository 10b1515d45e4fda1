import type { SubjectKind } from './dossier.js';
import type { Severity } from './outcome.js';

/** The rule-book groups: one folder each under `policies/`. */
export type PolicyDomain =
  | 'inventory'
  | 'repository'
  | 'storage'
  | 'transport'
  | 'rotation'
  | 'emergency'
  | 'access'
  | 'roles'
  | 'environment'
  | 'gateway'
  | 'logging'
  | 'monitoring'
  | 'incident'
  | 'vendor'
  | 'governance';

/** A threshold a policy reads from `data.params[id]`. */
export type ParamValue = string | number | boolean | string[] | { [name: string]: string | number };

/**
 * Whose limit decides an element: `none` if there is no limit, `entity` if a document or a stated value of the entity sets it,
 * the law, or parameters of the policy, whose defaults are keyproof's unless keyproof.yaml sets them.
 */
export type Criterion =
  | 'none'
  | 'entity'
  | {
      /** Citation of the law that sets the limit, such as `Regulation (EU) 2016/679 art. 33(1)`. */
      law: string;
    }
  | {
      /** Names of the parameters that hold the limit. */
      params: string[];
    };

/** Kind of work that mending a violation takes. */
export type Effort =
  /** Changing a setting of a store, gateway, log or scanner. */
  | 'configuration'
  /** Replacing or revoking a secret. */
  | 'rotation'
  /** Changing who may do what. */
  | 'access'
  /** Changing programs, repositories or pipelines. */
  | 'code'
  /** Doing what people are to do again and again, and recording it. */
  | 'process'
  /** Writing, approving or signing a document. */
  | 'document';

/** All kinds of work. */
export const EFFORTS: readonly Effort[] = [
  'configuration',
  'rotation',
  'access',
  'code',
  'process',
  'document',
];

/** Whose limit decided an element in a run. */
export type Limit = {
  /** `keyproof`: its default, since nothing else sets a limit. `none`: there is no limit. */
  whose: 'none' | 'law' | 'entity' | 'keyproof';
  /** The same as printed, such as `keyproof's default (max_age_days)`. */
  text: string;
};

/** One thing that a policy tests: it has an outcome of its own, and mappings name the elements that they take. */
export type PolicyElement = {
  /** Id inside the policy: lower-case words with hyphens, such as `deletion`. */
  id: string;
  /** A short phrase that an auditor prints, such as `deletion of entries`. */
  title: string;
  /** One sentence: what a result on it shows. */
  shows: string;
  /** Whose limit decides it. */
  criterion: Criterion;
  /** Dossier paths that this element cannot be decided without, beside those of the policy; any unknown gives it `no-evidence`. */
  requires?: string[];
  /**
   * What it rests on, for a policy whose evidence is `attestation`: `data` may pass; `attestation` is attested at best and has
   * no evidence unless a document counts; `document` is about the documents on record for the rule. Default `attestation`.
   */
  evidence?: 'data' | 'attestation' | 'document';
};

/** The `custom` block of a policy's METADATA annotation. */
export type PolicyCustom = {
  /** Rule id for ever: lower-case words with hyphens, such as `rotation-max-age`. */
  id: string;
  /** Default severity of its violations. */
  severity: Severity;
  /** Kind of subject it examines. */
  subject: SubjectKind;
  /**
   * Values of the subject's own fields that the rule concerns, such as `{status: active, environment: production}`. A subject
   * whose record states another value is `not-applicable`; an unknown value is no reason.
   */
  applies?: { [field: string]: string | boolean | string[] };
  /** Dossier paths it cannot decide without, such as `key.last_rotated`; any of them unknown gives `no-evidence`. */
  requires: string[];
  /**
   * Fields with a few values by which it chooses a limit or a duty, such as `key.risk_tier`. If one is unknown, the rule is asked
   * for every value that it may have, and what all answers have in common is its result. Leave out a field whose statement is
   * itself what the rule tests.
   */
  supposes?: string[];
  /**
   * Members of the dossier in which it looks for proof that something is there, such as `rotations`: a record more could not
   * turn its pass into a violation, so that it may pass although the evidence does not cover them. A reason for not applying
   * may not rest on them then.
   */
  presence?: string[];
  /**
   * Members of the dossier of which its violations may name one in `absent`: they rest on what it lacks. Such a violation is
   * no violation if records that the member is made of are known to be lost.
   */
  absences?: string[];
  /** Default thresholds, overridable in keyproof.yaml. */
  params?: { [name: string]: ParamValue };
  /**
   * `data` (tested on records) or `attestation` (a document is on record; outcome `attested`, never `pass`). Default `data`.
   * With `attestation` and a parameter `max_age_days` the documents on record for the rule are judged as well: one that counts
   * may state why the rule does not apply, documents that do not count are violations, and none at all is missing evidence.
   */
  evidence?: 'data' | 'attestation';
  /**
   * What it tests, each with an outcome of its own; its violations name one of them. Without it the policy is one element that has
   * the policy's id and title.
   */
  elements?: PolicyElement[];
  /** Whose limit decides, for a policy that declares no elements. Default `none`. */
  criterion?: Criterion;
  /**
   * What to do about violations, in a line that begins with a verb; without it the plan of work has the title.
   * @minLength 1
   * @maxLength 80
   */
  action?: string;
  /** What to do about a violation, in one or two sentences. */
  remediation: string;
  /** Kind of work that this takes; the plan of work states it. */
  effort?: Effort;
  /** The evidence that shows it done, in one or two sentences; without it the plan of work names what the policy requires. */
  closed_by?: string;
};

/** One Rego rule of the rule book with its metadata. */
export type Policy = {
  /** Rule id. */
  id: string;
  /** Title: states the good case. */
  title: string;
  /** Why it matters, the exact condition and the reading chosen. */
  description: string;
  /** Default severity. */
  severity: Severity;
  /** Kind of subject it examines. */
  subject: SubjectKind;
  /** Rule-book group; `custom` for a policy from outside. */
  domain: PolicyDomain | 'custom';
  /** Values of the subject's own fields that it concerns; absent if it concerns every subject of its kind. */
  applies?: { [field: string]: (string | boolean)[] };
  /** Dossier paths it cannot decide without. */
  requires: string[];
  /** Fields that are supposed to have every value they may have if they are unknown; absent if none. */
  supposes?: readonly string[];
  /**
   * Dossier paths that its source and all that this uses may read, `requires` among them: a member, or a member and a field
   * of it; sorted. Absent if it may read anything.
   */
  reads?: readonly string[];
  /** SHA-256 over its source and all that this uses, lower-case hex; absent if they were not read. */
  sourceSha256?: string;
  /** Members in which it looks for proof that something is there; absent if in none. */
  presence?: readonly string[];
  /** Members on whose silence its violations may rest; absent if on none. */
  absences?: readonly string[];
  /** Thresholds in force. */
  params: { [name: string]: ParamValue };
  /** Thresholds as METADATA has them; present if keyproof.yaml changed any. */
  defaults?: { [name: string]: ParamValue };
  /** What the policy rests on. */
  evidence: 'data' | 'attestation';
  /** The elements it declares; absent if it is one element with its own id and title. */
  elements?: PolicyElement[];
  /** Whose limit decides, if it declares no elements; absent if there is no limit. */
  criterion?: Criterion;
  /** What to do about violations, in a line; absent if METADATA does not state it. */
  action?: string;
  /** What to do about a violation. */
  remediation: string;
  /** Kind of work that this takes; absent if METADATA does not state it. */
  effort?: Effort;
  /** The evidence that shows it done; absent if METADATA does not state it. */
  closedBy?: string;
  /** Rego package, such as `policies.rotation.rotation_max_age`. */
  package: string;
  /** File of the rule, relative to the policy root it was found in. */
  file: string;
  /** The Rego it is written in; absent for v1. `v0` is that of before OPA 1.0. */
  regoVersion?: 'v0' | 'v2';
  /** Further reading. */
  relatedResources: {
    /** Link. */
    ref: string;
    /** What it is. */
    description?: string;
  }[];
};
