import type { Policy } from '../model/index.js';

/** Members of every dossier, which state the question and no evidence. */
const EVERY_DOSSIER = ['as_of', 'period', 'subject', 'not_covered'];

/**
 * Returns the Rego for the result of a policy: what it judges (`judged`), unless that rests on members from whose silence
 * nothing may be concluded. A violation found stands. Anything else must hold without them.
 */
export function coveredResult(policy: Policy): string {
  const { reads, presence = [] } = policy;
  const members = reads === undefined ? null : membersOf(reads);
  if (members?.length === 0) return plainResult();
  const uncovered = members === null ? 'all' : `those(${namesOf(members)})`;
  return `uncovered := data.lib.coverage.${uncovered}

${doubted(presence)}
result := judged if {
	count(doubted) == 0
} else := ${withReasons(policy, 'judged')} if {
	judged.outcome == "fail"
} else := ${withReasons(policy, EXPLAINED)} if {
	judged.outcome == "no-evidence"
} else := without if {
	without := judged with input as data.lib.coverage.without(doubted)
	without.outcome in {"pass", "attested", "not-applicable"}
} else := {"outcome": "no-evidence", "missing": data.lib.coverage.reasons(doubted)} if {
	judged.outcome
}
`;
}

/** Returns the same where coverage does not matter. */
export function plainResult(): string {
  return 'result := judged\n';
}

const EXPLAINED = 'object.union(judged, {"missing": data.lib.coverage.explained(judged.missing, doubted)})';

/** An element without a violation or a gap of its own passes, so that the reasons must be missing for all of them. */
function withReasons({ elements = [] }: Policy, result: string): string {
  if (elements.length < 2) return result;
  return `data.lib.coverage.doubting(${result}, doubted)`;
}

/** A pass may rest on what was found in a member that is not covered, if METADATA says so; a reason for not applying may not. */
function doubted(presence: readonly string[]): string {
  if (presence.length === 0) return 'doubted := uncovered\n';
  return `doubted := uncovered - ${namesOf(presence)} if {
	judged.outcome in {"pass", "attested"}
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
