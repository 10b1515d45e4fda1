import type { Policy } from '../model/index.js';

/** Members of every dossier, which state the question and no evidence. */
const EVERY_DOSSIER = ['as_of', 'period', 'subject', 'not_covered', 'lost', 'supposed'];

/**
 * Returns the Rego for the result of a policy: what it judges (`judged`), unless that rests on members from whose silence
 * nothing may be concluded. A violation found stands. Anything else must hold without them.
 */
export function coveredResult(policy: Policy): string {
  const { reads, elements = [], presence = [] } = policy;
  const members = reads === undefined ? null : membersOf(reads);
  if (members?.length === 0) return plainResult();
  const uncovered = members === null ? 'every_member' : `those(${namesOf(members)})`;
  return `uncovered := data.lib.coverage.${uncovered}

${doubted(presence)}
without := answer if {
	answer := judged with input as data.lib.coverage.without(doubted)
}

${elements.length > 1 ? EXCUSES : ''}
result := judged if {
	data.lib.coverage.whole
} else := judged if {
	count(doubted) == 0
} else := ${elements.length > 1 ? WEIGHED : JUDGED_WHOLE} else := {"outcome": "no-evidence", "missing": data.lib.coverage.reasons(doubted)} if {
	judged.outcome
}
`;
}

function plainResult(): string {
  return 'result := judged\n';
}

/** What is not covered for one element leaves the others, and a reason that concerns only some: one for the whole policy is said alone. */
const WEIGHED = `weighed if {
	weighed := data.lib.coverage.weighed(judged, without, doubted, excuses)
}`;

const EXCUSES = `excuses := reasons & kept if {
	judged == stated
	kept := reasons with input as data.lib.coverage.without(doubted)
} else := set()
`;

const JUDGED_WHOLE = `judged if {
	judged.outcome == "fail"
} else := {"outcome": "no-evidence", "missing": data.lib.coverage.explained(judged.missing, doubted)} if {
	judged.outcome == "no-evidence"
} else := without if {
	without.outcome in {"pass", "attested", "not-applicable"}
}`;

/** A violation or a pass may rest on what was found in a member that is not covered, if METADATA says so; a reason for not applying may not. */
function doubted(presence: readonly string[]): string {
  if (presence.length === 0) return 'doubted := uncovered\n';
  return `doubted := uncovered - ${namesOf(presence)} if {
	judged.outcome in {"pass", "attested", "fail"}
} else := uncovered
`;
}

function membersOf(reads: readonly string[]): string[] {
  const names = reads.map((path) => path.split('.')[0] ?? '');
  return [...new Set(names)].filter((name) => !EVERY_DOSSIER.includes(name));
}

function namesOf(names: readonly string[]): string {
  return `{${names.map((name) => `"${name}"`).join(', ')}}`;
}
