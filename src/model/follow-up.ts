/** What people wrote in a checklist about one of its rows: carried from one audit to the next by its id. */
export type FollowUp = {
  /** Id of the row: a rule of the plan of work, a finding, `<framework>/<control>`, `missing/<path>` or `questions/<framework>` of the gap checklist. */
  id: string;
  /** Who does it; null if not stated. */
  owner: string | null;
  /** Day by when, ISO; null if not stated. */
  due: string | null;
  /** State, in the words of whoever wrote it; null if not stated. */
  status: string | null;
  /** Notes; null if there are none. */
  notes: string | null;
  /** What an assessor concluded on a control; absent if nothing is stated. */
  conclusion?: string;
};

/** A follow-up in an assessment. */
export type CarriedFollowUp = FollowUp & {
  /** Whether its row is still on a list; otherwise its rule does not fail or its control is supported now, or it is unknown. */
  listed: boolean;
};

/** A checklist as it was read. */
export type Checklist = {
  /** Rows in which a person wrote something, sorted by id. */
  followUps: FollowUp[];
  /** What could not be used, one sentence each. */
  notes: string[];
};
