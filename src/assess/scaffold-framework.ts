import { KeyproofError } from '../model/index.js';

/** What a new framework is to be. */
export type FrameworkScaffold = {
  /** Id and name of the file: lower-case words with hyphens. */
  id: string;
  /** Day it is written, ISO date. */
  reviewed: string;
};

/**
 * Returns the text of a new framework file with one tested and one manual control, which passes `framework check` as it is.
 * @throws KeyproofError for an id that is none.
 */
export function scaffoldFramework({ id, reviewed }: FrameworkScaffold): string {
  if (!/^[a-z][a-z0-9]*([-.][a-z0-9]+)*$/.test(id))
    throw new KeyproofError(`"${id}": a framework id is lower-case words with hyphens, such as house-rules.`);
  return `# What each key means: keyproof schema framework, and docs/frameworks.md. Use your own words; never copy a standard's text.
# Check it: keyproof framework check ${id}.yaml. Assess it: keyproof audit exports --framework ./${id}.yaml
id: ${id}
aliases: []
title: ${id.replaceAll('-', ' ')}
version: "1"
issuer: Who issues it
source: https://example.com/where-it-is-published
reviewed: ${reviewed}
state: What is in force, what changed last and what is to replace it.
read: ${reviewed}
disclaimer: Indicative only. Whether a control is in place is for the people who own it to conclude.
vocabulary:
  exception: exceptions noted
  insufficient-data: not tested (evidence incomplete)
  exception-accepted: exceptions noted, accepted by management
  evidence-supports: no exceptions noted
  partly-supported: no exceptions noted in the part tested
  attested: document on record, not tested
  not-applicable: not applicable (reason stated)
  not-tested: not tested

groups:
  - { id: K, title: Keys }

controls:
  # partial: a policy tests a part of it, and "ask" is the question for the rest.
  - id: K-1
    group: K
    title: Every key has an owner
    assessor: Key inventory
    applicability: Every key
    status: partial
    verification: L
    policies:
      - id: inv-owner-assigned
        grade: partial
        elements: [known, employed]
        limitation: Shows that an owner is stated and has not left, not that the owner knows of it.
    ask: Do the owners confirm their keys?

  # manual: nothing tests it, and "ask" is the question for a person.
  - id: K-2
    group: K
    title: Someone answers for the rules on keys
    assessor: Document
    applicability: Always
    status: manual
    verification: L
    policies: []
    ask: Who approved the rules on keys, and when?
`;
}
