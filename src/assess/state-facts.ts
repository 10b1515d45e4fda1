/** Returns how to state a fact about the entity. */
export function stateForEntity(fact: string): string {
  return `State ${fact} under applicability in keyproof.yaml, or the kind of entity it follows from.`;
}

/**
 * Returns how to state a fact about subjects.
 * @param whose the subjects, as in `82 keys`.
 */
export function stateForSubjects(fact: string, whose: string): string {
  return `State ${fact} for ${whose}, which the report lists, in the export or under applicability in keyproof.yaml.`;
}
