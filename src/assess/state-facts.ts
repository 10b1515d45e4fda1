/** Returns how to state a fact about the entity; few of these follow from its kind, and not in every place. */
export function stateForEntity(fact: string): string {
  return `State ${fact} under applicability in keyproof.yaml.`;
}

/**
 * Returns how to state a fact about subjects.
 * @param whose the subjects, as in `82 keys`.
 */
export function stateForSubjects(fact: string, whose: string): string {
  return `State ${fact} for ${whose}, which the report lists, in the export or under applicability in keyproof.yaml.`;
}
