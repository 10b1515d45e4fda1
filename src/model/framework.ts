/** How much of a control a policy's result speaks for. */
export type Grade =
  /** Tests what the control asks for, on the population in scope. */
  | 'direct'
  /** Tests a part of it. */
  | 'partial'
  /** Context an assessor would look at; never decides the control. */
  | 'supporting';

/** How far a control can be tested from exports. */
export type ControlStatus =
  /** Its mapped policies test the control as far as data can. */
  | 'automated'
  /** Part is tested, the rest needs a person. */
  | 'partial'
  /** Nothing is tested; a question for a person. */
  | 'manual'
  /** Stated not to apply to credentials, with the reason in `applicability`. */
  | 'not-applicable';

/**
 * Facts that a mapping needs before it may be used; each names a field of Applicability or KeyRecord (about a subject) or
 * of EntityFacts (about the entity), and the values allowed. `unknown` among the values: a subject whose fact is not
 * stated is used too, but the mapping then counts as `partial` at most. Without it such a subject is left undecided.
 */
export type Predicate = { [field: string]: (string | boolean)[] };

/** One policy as evidence for one control. */
export type ControlMapping = {
  /** Policy id. */
  id: string;
  /** How much it speaks for. */
  grade: Grade;
  /**
   * Ids of the policy's elements that are evidence here: outcomes, population and findings of the mapping come from these alone.
   * Needed unless the policy has one element.
   *
   * @minItems 1
   */
  elements?: string[];
  /**
   * What this evidence does not show, one sentence, printed wherever the mapping is. `{element:id}` is replaced by the title of an
   * element that the mapping takes.
   */
  limitation?: string;
  /** True if what the control is about is not seen by this evidence at all; such a mapping is `supporting`. */
  substance_unseen?: boolean;
  /**
   * The elements whose default limit is the number that the control itself gives, or a milder one, so that to miss it is no mere
   * observation; true for all that the mapping takes.
   */
  own_limit?: boolean | string[];
  /** When it may be used, beside the framework's own `when`; unknown facts leave the mapping undecided for that subject, and the report says so. */
  when?: Predicate;
};

/** One control (requirement, criterion, article) of a framework. */
export type Control = {
  /** Id as printed in the standard, never an invented sub-number. */
  id: string;
  /** Id of the group it belongs to. */
  group: string;
  /** What it asks for, in our own words. */
  title: string;
  /** Name of one of the framework's `wordings`, if its verdicts have other words. */
  wording?: string;
  /** What an assessor asks to see. */
  assessor: string;
  /** Who and when it applies to. */
  applicability: string;
  /** How far it can be tested from exports. */
  status: ControlStatus;
  /** How the id and effect were verified (code of reference/controls.md, section 0). */
  verification: string;
  /** Facts all its mappings need, beside the framework's own `when`. A fact about the entity that is stated otherwise makes the control not applicable. */
  when?: Predicate;
  /** Policies that are evidence for it. */
  policies: ControlMapping[];
  /** The question a person must ask; required for `manual` and `partial`. */
  ask?: string;
};

/** State of a control in an assessment; each framework has its own words for it. */
export type Verdict =
  /** At least one violation from a direct or partial mapping. */
  | 'exception'
  /** Needed evidence or a scope fact is missing, or a policy failed to run. */
  | 'insufficient-data'
  /** At least one violation, and an accepted exception that has not expired covers each of them. */
  | 'exception-accepted'
  /** Every direct mapping passed on the whole population in scope. */
  | 'evidence-supports'
  /** The tested part passed; the rest needs a person. */
  | 'partly-supported'
  /** Documents are on record; content not tested. */
  | 'attested'
  /** The framework file, or a fact stated about the entity, says why it does not apply. */
  | 'not-applicable'
  /** Nothing was tested: manual, no subject in scope, every subject not applicable, or only supporting evidence. */
  | 'not-tested';

/** The state of a control as reports count it: its verdict, and apart from missing evidence what fails against defaults of keyproof only. */
export type CountedState = Verdict | 'observation';

/** All verdicts, in the order reports list them. */
export const VERDICTS: readonly Verdict[] = [
  'exception',
  'insufficient-data',
  'exception-accepted',
  'partly-supported',
  'evidence-supports',
  'attested',
  'not-applicable',
  'not-tested',
];

/** What time the evidence for a framework has to cover. */
export type FrameworkPeriod = {
  /** What it asks for, one sentence in our own words. */
  asks: string;
  /** Months that evidence has to reach back, if that is a number. */
  months?: number;
};

/** A framework file: every control in scope with an honest status. */
export type Framework = {
  /** Id: file name and `--framework` value, such as `pci-dss-4.0.1`. */
  id: string;
  /** Short ids also accepted by `--framework`. */
  aliases: string[];
  /** Name. */
  title: string;
  /** Version or edition. */
  version: string;
  /** Issuer. */
  issuer: string;
  /** Where the text is published. */
  source: string;
  /** When the file was last reviewed (ISO date). */
  reviewed: string;
  /** What ids that are short stand for, by what they begin with, such as `RMF`: printed once in each chapter. */
  short_ids?: { [prefix: string]: string };
  /** State of the law or standard as the file takes it: what is in force, what was last amended and what is to replace it; one sentence or two. */
  state?: string;
  /** Day on which the state was read (ISO date). */
  read?: string;
  /** What time the evidence for it has to cover, printed beside what the run covers. */
  period?: FrameworkPeriod;
  /** Who concludes on a control, printed with every verdict. */
  disclaimer: string;
  /** True if people evaluate how severe an exception is (SOX): the gap checklist then states no severity for it. */
  severityLeftToPeople?: boolean;
  /**
   * Words for a failure against a default of keyproof. A framework whose exceptions are deviations from the entity's own control
   * (SOC 2, SOX) has them: what fails only against a default is no exception there, and the verdict has these words.
   */
  observation?: string;
  /** The framework's own words for each verdict. */
  vocabulary: { [V in Verdict]: string };
  /** Other words for verdicts, by a name that controls take: a duty is no measure. */
  wordings?: { [name: string]: { [V in Verdict]?: string } };
  /**
   * Words of the standard's own reporting template, by verdict, as a suggestion to the assessor; only verdicts that rest on evidence have one.
   */
  suggestions?: { [V in Verdict]?: string };
  /** Facts every mapping of this framework needs, such as PCI scope. A fact about the entity that is stated otherwise makes its controls not applicable. */
  when?: Predicate;
  /** Chapters. */
  groups: {
    /** Id. */
    id: string;
    /** Title in our words. */
    title: string;
  }[];
  /** Controls. */
  controls: Control[];
};
