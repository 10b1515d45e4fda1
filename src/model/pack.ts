import type { Assessment } from './assessment.js';
import type { SubjectKind } from './dossier.js';
import type { Manifest } from './manifest.js';
import type { JudgedObservation } from './observation.js';
import type { Outcome, Severity } from './outcome.js';
import type { OnProgress } from './progress.js';
import type { Subject } from './subject.js';

/** Which observations are asked for: those that have every value given. */
export type ObservationFilter = {
  /** Id. */
  id?: string;
  /** Policy. */
  ruleId?: string;
  /** Result. */
  outcome?: Outcome;
  /** Worst severity of the violations. */
  severity?: Severity;
};

/** Order of observations: as in their file, by rule, kind and subject; or by severity first, those without one last. */
export type ObservationOrder = 'by-rule' | 'worst-first';

/** Which subjects are asked for: those that have every value given. */
export type SubjectFilter = {
  /** Kind. */
  kind?: SubjectKind;
  /** Id. */
  id?: string;
};

/** What one policy showed on one subject. */
export type SubjectOutcome = {
  /** Policy. */
  ruleId: string;
  /** Subject id. */
  subjectId: string;
  /** Result. */
  outcome: Outcome;
};

/** What an audit found, and all that a report is made of. */
export type CorePack = {
  /** assessment.json. */
  assessment: Assessment;
  /** Observations of observations.parquet, by rule if nothing else is asked for; read as they are asked for. */
  observations(filter?: ObservationFilter, order?: ObservationOrder): AsyncIterable<JudgedObservation>;
  /** Outcomes of every policy on the subjects of a kind, by rule and subject; read as they are asked for. */
  outcomes(kind: SubjectKind): AsyncIterable<SubjectOutcome>;
  /** Subjects of subjects.parquet, sorted by kind and id; read as they are asked for. */
  subjects(filter?: SubjectFilter): AsyncIterable<Subject>;
  /** Releases what reading took. Does nothing the second time. */
  close(): Promise<void>;
};

/** A whole evidence pack. */
export type Pack = CorePack & {
  /** manifest.json. */
  manifest: Manifest;
};

/** What rendering takes from outside the pack. */
export type Surroundings = {
  /** Hears how far a renderer is that takes long. */
  onProgress: OnProgress;
  /** Environment in which a browser is looked for. */
  env: NodeJS.ProcessEnv;
  /** Ids of the frameworks that documents of one framework are asked for; all of the pack if left out. */
  frameworks?: readonly string[];
};

/** Where a renderer puts what it made. */
export type Sink = Surroundings & {
  /** Writes one file of the pack: text, bytes, or text in pieces that need not fit into memory. */
  write(file: string, content: string | Uint8Array | AsyncIterable<string>): Promise<void>;
};
