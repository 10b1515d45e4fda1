import type { CoverageSetting } from './coverage.js';
import type { Checklist } from './follow-up.js';
import type { Severity } from './outcome.js';
import type { ParamValue } from './policy.js';
import type { Applicability, EntityFacts, Environment, RecordKind, RiskTier } from './records.js';
import type { TabledKind } from './tables.js';
import type { Waiver } from './waiver.js';

/**
 * Outputs that can be asked for, in the order of the help. `parquet` and `json` are the core of the pack, which is always
 * written.
 */
export const OUTPUT_FORMATS = [
  'html',
  'pdf',
  'pdf-annex',
  'actions',
  'checklist',
  'findings',
  'access',
  'sarif',
  'junit',
  'parquet',
  'json',
] as const;

/** An output that can be asked for. */
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/** Outputs that are written only if they are named. */
const ON_REQUEST: readonly OutputFormat[] = ['pdf-annex'];

/** Outputs that are written if none is named. */
export const DEFAULT_FORMATS: readonly OutputFormat[] = OUTPUT_FORMATS.filter(
  (format) => !ON_REQUEST.includes(format),
);

/** Which column of a source holds which canonical field. */
export type ColumnMapping = { [canonicalField: string]: string };

/** Pattern of a rule of `classify`, or several of which one must fit: `*` is any text, `?` one character; case does not matter. */
export type ClassifyPattern = string | string[];

/**
 * A rule that gives keys an owner, an environment or a risk tier if no record states it. Every pattern of the rule must fit. Of
 * several rules that give a field the first counts.
 */
export type ClassifyRule = {
  /** Fits the id of the key, or one of its aliases. */
  id?: ClassifyPattern;
  /** Fits its name. */
  name?: ClassifyPattern;
  /** Fits the path of the file that lists it, as `inspect` shows it. */
  path?: ClassifyPattern;
  /** Fits its store, such as `aws-sm` or `vault-kv`. */
  store?: ClassifyPattern;
  /** Fits the account of its id: of an AWS resource name, or the project of a Google resource name. */
  account?: ClassifyPattern;
  /** Owner that it gives. */
  owner?: string;
  /** Environment that it gives. */
  environment?: Environment;
  /** Risk tier that it gives. */
  risk_tier?: RiskTier;
};

/** Order of day, month and year in numeric dates: `30/09/2026` is dmy, `9/30/2026` mdy, `26/09/30` ymd. */
export type DateOrder = 'dmy' | 'mdy' | 'ymd';

/** One source of evidence named in keyproof.yaml. */
export type SourceSpec = {
  /** File or glob, relative to keyproof.yaml or the audited folder. */
  path: string;
  /** Adapter id (the table of formats in docs/formats.md has all), if the content alone does not tell. */
  as?: string;
  /** Canonical record kind, for the canonical adapter. */
  kind?: RecordKind;
  /** Canonical field -> column or property of the file. */
  columns?: ColumnMapping;
  /** Values for canonical fields the file lacks, the same for every record. */
  constants?: { [canonicalField: string]: string | number | boolean };
  /** Time zone of zone-less times in it: an offset such as `+01:00` or `Z`, or a name of the IANA database such as `Europe/Berlin`. */
  timezone?: string;
  /** Order of day, month and year in its numeric dates; years of two digits are read too then. */
  dates?: DateOrder;
  /** Day numbers of a spreadsheet in its date columns (45306) count from this year: 1900 for Excel, 1904 for old Excel for Mac. */
  dayNumbers?: 1900 | 1904;
  /** Sign before decimals in its numbers: `comma` for 1.234,5, `point` for 1,234.5. */
  decimals?: 'comma' | 'point';
  /** Words of the file, by canonical field, and the canonical value each stands for, such as `environment: {P1: production}`. */
  values?: { [canonicalField: string]: { [word: string]: string | number | boolean } };
  /** Row of a CSV file or sheet that holds the column names, as a spreadsheet numbers it; found by its look if left out. */
  header?: number;
  /** Sheet of a workbook (.xlsx) that is read; all that are not hidden if left out. */
  sheet?: string;
  /**
   * When its files were taken, as an ISO date or date-time; `file-name` reads the date in each file's name. Of files that
   * contradict each other the newest then counts.
   */
  taken?: string;
  /** What it can speak for, if its records do not tell. */
  covers?: CoverageSetting;
};

/** What is fetched of an organisation on GitHub: alerts of secret scanning, repositories with their protection, the audit log. */
export type GithubExport = 'secret-scanning' | 'repositories' | 'audit-log';

/** An organisation on GitHub whose exports an audit fetches itself. */
export type GithubSource = {
  /** Name of the organisation, as in its address. */
  organisation: string;
  /** What is fetched; everything if left out. */
  what?: GithubExport[];
  /** Name of the environment variable that holds the token, never the token itself; GITHUB_TOKEN if left out. */
  token?: string;
  /** Address of the API of GitHub Enterprise Server, `https://<host>/api/v3`; that of github.com if left out. */
  baseUrl?: string;
};

/** A file that was fetched for this audit. */
export type FetchedFile = {
  /** Absolute path; null if it could not be fetched. */
  absolute: string | null;
  /** `InputFile.path`. */
  path: string;
  /** Its entry, as if keyproof.yaml had one. */
  spec: SourceSpec;
  /** Why it could not be fetched, one sentence that others may share; null if it was. */
  problem: string | null;
};

/** Kinds of entity; each has a profile of what follows from being one. */
export const ENTITY_KINDS = [
  'bank',
  'psp',
  'e-money-institution',
  'account-information-provider',
  'broker-dealer',
  'investment-adviser',
  'processor',
  'fintech',
] as const;

/** A kind of entity. */
export type EntityKind = (typeof ENTITY_KINDS)[number];

/** Where an entity can be authorised, registered or established; `eu` stands for the whole European Economic Area. */
export const JURISDICTIONS = ['eu', 'uk', 'us', 'other'] as const;

/** Where an entity is authorised, registered or established. */
export type Jurisdiction = (typeof JURISDICTIONS)[number];

/** Which preset is chosen for each conflict between practices. */
export type PresetChoices = {
  /** How long a secret may live. */
  rotation?: 'tiers' | 'strict-90' | 'flat-90';
  /** How long the old secret may work beside the new one. */
  overlap?: '48h' | 'revoke-after-verify';
  /** How often access is reviewed. */
  review?: 'quarterly' | 'half-yearly' | 'yearly';
  /** Where an environment variable or a file may be the only place of a secret. */
  environmentVariables?: 'non-production' | 'nowhere';
  /** How long logs are kept. */
  logRetention?: 'per-scope' | 'three-years';
};

/**
 * A number of days, such as `30d`; at most 9999.
 *
 * @pattern ^[1-9][0-9]{0,3}d$
 * @examples ["30d"]
 */
export type DayCount = string;

/** A rule that states facts of subjects whose records do not state them. */
export type ScopeRule = {
  /** Kind of subject; key if left out. */
  kind?: TabledKind;
  /**
   * Ids of the subjects; `*` stands for any text, `?` for one character.
   *
   * @minItems 1
   */
  ids: string[];
  /** What is stated of them. */
  facts: Partial<Applicability>;
  /** Who decided. */
  by: string;
  /** Why. */
  reason: string;
};

/** keyproof.yaml as written by a person. Every key is optional. */
export type ConfigFile = {
  /** Kind of entity: its profile states what follows from being one, unless `applicability` says otherwise. The name goes to `organisation`. */
  entity?: EntityKind;
  /** Every jurisdiction where the entity is authorised, registered or established; leaving one out states that it is not there. */
  jurisdictions?: Jurisdiction[];
  /** Name of the audited entity. */
  organisation?: string;
  /** The date the audit speaks for: ISO date or date-time; a bare date means its last moment, UTC. */
  asOf?: string;
  /** Audit period: two ISO dates, both inclusive. */
  period?: {
    /** First day. */
    from: string;
    /** Last day. */
    to: string;
  };
  /** Sources, if recognition by content is not enough. */
  sources?: SourceSpec[];
  /** Rules that give keys owner, environment and risk tier by pattern, if no record states them; the first that fits counts. */
  classify?: ClassifyRule[];
  /** Organisations on GitHub whose exports an audit fetches; nothing is fetched without it. */
  github?: GithubSource[];
  /** Repositories of git to scan for secrets, with their history, as a source: folders, relative to keyproof.yaml. */
  scan?: string[];
  /** Files and globs to leave out. */
  ignore?: string[];
  /** Facts that hold for every subject whose record does not say, and facts about the entity itself. */
  applicability?: Partial<Applicability & EntityFacts>;
  /** Rules that state facts of subjects by their ids; the first that names a subject counts. A record wins over them, and they win over `applicability`. */
  scope?: ScopeRule[];
  /** Presets chosen when practices contradict each other. */
  presets?: PresetChoices;
  /** Thresholds by rule id, each with who changed it and why; they win over presets. */
  thresholds?: {
    [ruleId: string]: {
      /** Values by parameter name. */
      params: { [name: string]: ParamValue };
      /** Who decided. */
      by: string;
      /** Why. */
      reason: string;
    };
  };
  /** Accepted exceptions. */
  waivers?: Waiver[];
  /** Days by when failures are to be mended, by severity, such as `high: 30d`; the plan of work suggests dates from them. */
  due?: {
    /** Default 7d. */
    critical?: DayCount;
    /** Default 30d. */
    high?: DayCount;
    /** Default 90d. */
    medium?: DayCount;
    /** Default 180d. */
    low?: DayCount;
  };
  /** Ids of frameworks supplied with keyproof, `all` of them, and files or folders of one's own, as paths such as `./frameworks/`; all supplied if absent. */
  frameworks?: string[];
  /** Folders of further policies. */
  policies?: string[];
  /** Outputs to write. */
  formats?: OutputFormat[];
  /** Folder of the evidence pack. */
  output?: string;
  /** Lowest severity that makes the exit code 1. */
  failOn?: Severity | 'none';
  /**
   * How the documents are classified, at the foot of every printed page: `Confidential` if absent.
   *
   * @minLength 1
   * @maxLength 60
   */
  classification?: string;
};

/** The profile of a kind of entity. */
export type Profile = {
  /** Kind. */
  id: EntityKind;
  /** What it is called. */
  title: string;
  /** Who it is for, in one sentence. */
  about: string;
};

/** Value of a fact. */
export type FactValue = string | boolean | string[];

/** What states a fact: the profile of the kind of entity, the list of jurisdictions, or `applicability`. */
export type FactOrigin = 'profile' | 'jurisdictions' | 'applicability';

/** A fact the audit takes as given. */
export type GivenFact = {
  /** Name, as under `applicability` in keyproof.yaml. */
  name: string;
  /** Value in force. */
  value: FactValue;
  /** What states it. */
  origin: FactOrigin;
  /** What the profile or the jurisdictions would have given; null if nothing or the same. */
  instead: {
    /** Value that is not used. */
    value: FactValue;
    /** What gave it. */
    origin: FactOrigin;
  } | null;
};

/** A parameter of a rule as a preset sets it. */
export type PresetParam = {
  /** Rule id. */
  ruleId: string;
  /** Parameter. */
  param: string;
  /** Value. */
  value: ParamValue;
  /** Whether it is in force; false if `thresholds` in keyproof.yaml sets another value. */
  inForce: boolean;
};

/** A conflict between practices, and the preset that was audited against. */
export type ChosenPreset = {
  /** Conflict, as under `presets` in keyproof.yaml. */
  conflict: string;
  /** What it is about. */
  title: string;
  /** What the practices say, in one sentence. */
  about: string;
  /** Name of the preset. */
  preset: string;
  /** Whether keyproof.yaml names it; otherwise it is the default. */
  stated: boolean;
  /** What the preset means, in a few words. */
  meaning: string;
  /** Why one would choose it, in one sentence. */
  reason: string;
  /** Names of the other presets. */
  others: string[];
  /** What it sets. */
  sets: PresetParam[];
};

/** What sets a parameter that has not its default from the rule. */
export type ParamOrigin =
  | {
      /** The limit of another rule that is not keyproof's default, which this one is a multiple of. */
      kind: 'follows';
      /** Id of the other rule. */
      rule: string;
      /** Its parameter. */
      param: string;
      /** How many times that this one is. */
      times: number;
    }
  | {
      /** Documents of the entity that count, such as its risk analysis of rotation intervals. */
      kind: 'document';
      /** Their titles, sorted. */
      documents: string[];
      /** Names, such as tiers, of which they state the limit. */
      states: string[];
      /** Names of which no document states it, so that keyproof's default holds. */
      open: string[];
    }
  | {
      /** A preset named in keyproof.yaml. */
      kind: 'preset';
      /** Conflict it settles. */
      conflict: string;
      /** Its name. */
      preset: string;
      /** Why one would choose it. */
      reason: string;
    }
  | {
      /** A threshold in keyproof.yaml. */
      kind: 'threshold';
      /** Who decided. */
      by: string;
      /** Why. */
      reason: string;
    };

/** Days by when failures of a severity are to be mended. */
export type DueDays = {
  /** Days from the as-of date. */
  days: number;
  /** Whether keyproof.yaml sets them; otherwise they are the default. */
  set: boolean;
};

/** What will be evaluated, on what evidence, as of when (OSCAL assessment plan). Complete: defaults filled in. */
export type AuditPlan = {
  /** Name of the audited entity; the name of the folder that was read if neither keyproof.yaml nor the command states one. */
  organisation: string;
  /** True if neither keyproof.yaml nor the command states an organisation; absent otherwise. */
  unnamed?: boolean;
  /** Profile of its kind; null if keyproof.yaml names none. */
  profile: Profile | null;
  /** Where it is authorised, registered or established; empty if keyproof.yaml does not say. */
  jurisdictions: Jurisdiction[];
  /** The date the audit speaks for, epoch ms UTC. */
  asOfMs: number;
  /** Period, epoch ms UTC, both inclusive; null for a point in time. */
  period: {
    /** First moment. */
    startMs: number;
    /** Last moment. */
    endMs: number;
  } | null;
  /** Absolute folder that paths are relative to. Never written to the pack. */
  root: string;
  /** Files and folders named on the command line, absolute. Never written to the pack. */
  paths: string[];
  /** Sources of keyproof.yaml. */
  sources: SourceSpec[];
  /** Rules of `classify` of keyproof.yaml, in their order; absent if there are none. */
  classify?: ClassifyRule[];
  /** Organisations on GitHub whose exports an audit fetches; none if left out. */
  github?: GithubSource[];
  /** Absolute folder that keeps what was fetched; a temporary one if left out. Never written to the pack. */
  saveSources?: string;
  /** What was fetched for this audit, set once it was. */
  fetched?: FetchedFile[];
  /** Absolute folders of repositories to scan. Never written to the pack. */
  scans?: string[];
  /** Globs to leave out. */
  ignore: string[];
  /** Facts that hold for every subject whose record does not say, and facts about the entity itself. */
  applicability: Partial<Applicability & EntityFacts>;
  /** The same facts with what states them; those of the profile first. */
  facts: GivenFact[];
  /** The preset of every conflict between practices. */
  presets: ChosenPreset[];
  /** Rules that state facts of subjects by their ids; none if left out. */
  scope?: readonly ScopeRule[];
  /** Parameters set by a preset or a threshold of keyproof.yaml, by rule id. */
  thresholds: {
    [ruleId: string]: {
      /** Values by parameter name. */
      params: { [name: string]: ParamValue };
      /** What sets each. */
      origins: { [name: string]: ParamOrigin };
    };
  };
  /** What people wrote in the checklist of an earlier pack; absent if none is given. */
  checklist?: Checklist;
  /** Absolute folder of the previous pack; absent if none is given. Never written to the pack. */
  previous?: string;
  /** Accepted exceptions of keyproof.yaml and `--waivers`, sorted by id; absent if there are none. */
  waivers?: Waiver[];
  /** Days by when failures are to be mended, by severity. */
  due: { [S in Severity]: DueDays };
  /** Ids or aliases of frameworks, `all`, and absolute paths of one's own files and folders; empty for all supplied. */
  frameworks: string[];
  /** Absolute folders of policies from outside. */
  policyDirs: string[];
  /** Outputs to write. */
  formats: OutputFormat[];
  /** Absolute folder of the pack. Never written to the pack. */
  output: string;
  /** Lowest severity that makes the exit code 1. */
  failOn: Severity | 'none';
  /** How the documents are classified, at the foot of every printed page. */
  classification: string;
  /** Worker threads. Does not influence any output. */
  workers: number;
  /** Memory that the database of an audit may use, MB (10^6 bytes); 500 if left out. Does not influence any output. */
  memoryMb?: number;
  /** SHA-256 of keyproof.yaml as read, lower-case hex; left out if none was read. For the run record only. */
  configSha256?: string;
  /** SHA-256 of `sources` and `classify` of keyproof.yaml, lower-case hex; left out if it states neither. For the run record only. */
  readingSha256?: string;
  /** Time limit for one subject, ms. */
  subjectTimeoutMs: number;
};
