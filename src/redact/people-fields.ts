/** What a person does where a name stands, by the name of the fact; the first that a person has is shown. */
const ROLES: readonly (readonly [role: string, facts: readonly string[]])[] = [
  ['owner', ['owner', 'owners']],
  ['approver', ['approver', 'approvers', 'approved_by', 'decided_by']],
  ['reviewer', ['reviewer', 'reviewers', 'reviewed_by']],
  ['requester', ['requester', 'requesters', 'requested_by']],
  ['author', ['author', 'authors', 'committer', 'committers', 'created_by']],
  ['attestor', ['attestor', 'assessor', 'signatory', 'signed_by']],
  ['administrator', ['administrator', 'administrators', 'admins', 'deleters', 'readers']],
  ['participant', ['participants', 'notified', 'extractor', 'contacts']],
  ['actor', ['actor', 'actors', 'identity', 'by', 'done_by', 'changed_by', 'used_by']],
  [
    'account holder',
    ['principal', 'principals', 'principal_id', 'person', 'people', 'holder', 'holders', 'leaver', 'user'],
  ],
  ['account holder', ['untrained_listed']],
];

/** Roles in the order in which one is chosen for a person who has several. */
export const ROLE_ORDER: readonly string[] = [...new Set(ROLES.map(([role]) => role))];

const BY_FACT = new Map(ROLES.flatMap(([role, facts]) => facts.map((fact) => [fact, role] as const)));

/** Returns the role of the person whom a fact names, such as `approver` for `approved_by`; null if it names none. */
export function roleOfFact(fact: string): string | null {
  const exact = BY_FACT.get(fact);
  if (exact !== undefined) return exact;
  const ending = [...BY_FACT.keys()].find((name) => name !== 'by' && fact.endsWith(`_${name}`));
  return ending === undefined ? null : (BY_FACT.get(ending) ?? null);
}
