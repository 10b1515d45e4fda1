import { type Policy, SUBJECT_KINDS, type SubjectKind } from '../model/index.js';

/** Returns rules that rest on a document, by the kind of subject they are about. */
export function rulesOnDocuments(policies: readonly Policy[]): { [K in SubjectKind]?: string[] } {
  const rules = policies.filter(({ evidence }) => evidence === 'attestation');
  const of = (kind: SubjectKind) => rules.filter(({ subject }) => subject === kind).map(({ id }) => id);
  return Object.fromEntries(SUBJECT_KINDS.map((kind) => [kind, of(kind)]));
}
