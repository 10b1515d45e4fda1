import type { Severity } from './outcome.js';
import type { ParamValue } from './policy.js';
import type { Applicability, EntityFacts, RecordKind } from './records.js';

/** An output the pack can contain. */
export type OutputFormat = 'html' | 'pdf' | 'checklist' | 'findings' | 'parquet' | 'json';

/** All output formats; the default of an audit. */
export const OUTPUT_FORMATS: readonly OutputFormat[] = [
  'html',
  'pdf',
  'checklist',
  'findings',
  'parquet',
  'json',
];

/** Which column of a source holds which canonical field. */
export type ColumnMapping = { [canonicalField: string]: string };

/** One source of evidence named in keyproof.yaml. */
export type SourceSpec = {
  /** File or glob, relative to keyproof.yaml or the audited folder. */
  path: string;
  /** Adapter id (see `keyproof inspect --adapters`), where content alone does not tell. */
  as?: string;
  /** Canonical record kind, for the canonical adapter. */
  kind?: RecordKind;
  /** Canonical field -> column or property of the file. */
  columns?: ColumnMapping;
  /** Values for canonical fields the file lacks, the same for every record. */
  constants?: { [canonicalField: string]: string | number | boolean };
  /** Time zone offset of zone-less times in it, such as `+01:00` or `Z`. */
  timezone?: string;
};

/** keyproof.yaml as written by a person. Every key is optional. */
export type ConfigFile = {
  /** Name of the audited entity. */
  entity?: string;
  /** The date the audit speaks for: ISO date or date-time; a bare date means its last moment, UTC. */
  asOf?: string;
  /** Audit period: two ISO dates, both inclusive. */
  period?: {
    /** First day. */
    from: string;
    /** Last day. */
    to: string;
  };
  /** Sources, where recognition by content is not enough. */
  sources?: SourceSpec[];
  /** Files and globs to leave out. */
  ignore?: string[];
  /** Facts that hold for every subject whose record does not say, and facts about the entity itself. */
  applicability?: Partial<Applicability & EntityFacts>;
  /** Thresholds by rule id, each with who changed it and why. */
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
  /** Framework ids; all that are shipped where absent. */
  frameworks?: string[];
  /** Folders of further policies. */
  policies?: string[];
  /** Outputs to write. */
  formats?: OutputFormat[];
  /** Folder of the evidence pack. */
  output?: string;
  /** Lowest severity that makes the exit code 1. */
  failOn?: Severity | 'none';
};

/** What will be evaluated, on what evidence, as of when (OSCAL assessment plan). Complete: defaults filled in. */
export type AuditPlan = {
  /** Name of the audited entity. */
  entity: string;
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
  /** Globs to leave out. */
  ignore: string[];
  /** Facts that hold for every subject whose record does not say, and facts about the entity itself. */
  applicability: Partial<Applicability & EntityFacts>;
  /** Threshold overrides. */
  thresholds: NonNullable<ConfigFile['thresholds']>;
  /** Framework ids. */
  frameworks: string[];
  /** Absolute folders of policies from outside. */
  policyDirs: string[];
  /** Outputs to write. */
  formats: OutputFormat[];
  /** Absolute folder of the pack. Never written to the pack. */
  output: string;
  /** Lowest severity that makes the exit code 1. */
  failOn: Severity | 'none';
  /** Worker threads. Does not influence any output. */
  workers: number;
  /** Time limit for one subject, ms. */
  subjectTimeoutMs: number;
};
