import type { CorePack, Observation, Subject } from '../../model/index.js';
import { inScopeText, scopeDecidedText } from '../text/scope-origin.js';

type Named = Observation['subject'];

/** What findings.csv states about the subjects of findings; null if it is not stated. */
export type SubjectFacts = {
  /** Returns the environment of a subject. */
  environmentOf(subject: Named): string | null;
  /** Returns what puts a subject in scope, as `icfr_relevant: true by the key prod/ledger`; null if a pack does not tell. */
  scopeOf(subject: Named): string | null;
  /** Returns who decided the scope of a subject by rules of `scope`, and why; null if no rule did. */
  scopeDecidedOf(subject: Named): string | null;
  /** Returns the owner of a subject. */
  ownerOf(subject: Named): string | null;
  /** Returns the state of the owner in the records of people; null too if several people of that name differ in it. */
  ownerStatusOf(subject: Named): string | null;
};

/** Reads the environments and owners of all subjects. Texts that occur many times are held once. */
export async function subjectFacts(pack: CorePack): Promise<SubjectFacts> {
  const environments = new Map<string, string>();
  const owners = new Map<string, string>();
  const scopes = new Map<string, string>();
  const decided = new Map<string, string>();
  const statuses = new Map<string, string | null>();
  const once = textsOnce();
  for await (const subject of pack.subjects()) {
    const { environment } = subject.facts;
    if (typeof environment === 'string') environments.set(nameOf(subject), once(environment));
    const scope = inScopeText(subject);
    if (scope !== '') scopes.set(nameOf(subject), once(scope));
    const decision = scopeDecidedText(subject, pack.assessment.plan);
    if (decision !== '') decided.set(nameOf(subject), once(decision));
    if (subject.owner !== null) owners.set(nameOf(subject), once(subject.owner));
    if (subject.kind === 'principal') addStatus(statuses, subject);
  }
  const ownerOf = (subject: Named) => owners.get(nameOf(subject)) ?? null;
  return {
    environmentOf: (subject) => environments.get(nameOf(subject)) ?? null,
    scopeOf: (subject) => scopes.get(nameOf(subject)) ?? null,
    scopeDecidedOf: (subject) => decided.get(nameOf(subject)) ?? null,
    ownerOf,
    ownerStatusOf: (subject) => {
      const owner = ownerOf(subject);
      return owner === null ? null : (statuses.get(owner) ?? null);
    },
  };
}

/** Keeps the state of a person by name and by id; two people who differ leave the name without one. */
function addStatus(statuses: Map<string, string | null>, { id, label, status }: Subject): void {
  for (const name of new Set([id, label ?? id]))
    statuses.set(name, statuses.has(name) && statuses.get(name) !== status ? null : status);
}

function textsOnce(): (text: string) => string {
  const kept = new Map<string, string>();
  return (text) => {
    const same = kept.get(text) ?? text;
    kept.set(same, same);
    return same;
  };
}

function nameOf({ kind, id }: Named): string {
  return `${kind}\n${id}`;
}
