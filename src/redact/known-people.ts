import type { Assessment, CorePack, FollowUp, Violation } from '../model/index.js';
import { type People, peopleWith } from './people.js';
import { roleOfFact } from './people-fields.js';

const HOLDER = 'account holder';

/** Returns the people whom a core pack names, with the roles in which it names them. */
export async function knownPeople(core: CorePack, key: Uint8Array): Promise<People> {
  const people = peopleWith(key);
  await addPrincipals(core, people);
  for await (const { owner, life } of core.subjects()) {
    people.add([owner], 'owner');
    people.add(
      (life?.access ?? []).map(({ principal }) => principal),
      HOLDER,
    );
  }
  addOfAssessment(core.assessment, people);
  for (const outcome of ['fail', 'waived'] as const)
    for await (const { violations } of core.observations({ outcome }))
      for (const violation of violations) addOfFacts(violation, people);
  return people;
}

/** Adds each principal by id, and by name unless two have it; lists of owners write such a name with the id. */
async function addPrincipals(core: CorePack, people: People): Promise<void> {
  const byLabel = new Map<string, Set<string>>();
  const all: { id: string; label: string | null }[] = [];
  for await (const { id, label } of core.subjects({ kind: 'principal' })) {
    all.push({ id, label });
    if (label !== null) byLabel.set(label, (byLabel.get(label) ?? new Set()).add(id));
  }
  for (const { id, label } of all) {
    const isShared = (byLabel.get(label ?? '')?.size ?? 0) > 1;
    people.add([id, isShared ? null : label, label === null ? null : `${label} (${id})`], HOLDER);
  }
  for (const label of byLabel.keys()) people.add([label], HOLDER);
}

function addOfAssessment(
  { actions, gaps, followUps, exceptions, policies, plan }: Assessment,
  people: People,
): void {
  for (const { owners } of actions) for (const { owner } of owners) people.add([owner], 'owner');
  for (const followUp of [...(followUps ?? []), ...[...actions, ...gaps].map((row) => row.followUp)])
    addOwnerOf(followUp, people);
  for (const { requestedBy, approver } of exceptions) {
    people.add([approver], 'approver');
    people.add([requestedBy], 'requester');
  }
  for (const { origin } of policies.flatMap(({ set }) => Object.values(set)))
    if (origin.kind === 'threshold') people.add([origin.by], 'approver');
  for (const { by } of plan.scope ?? []) people.add([by], 'approver');
}

function addOwnerOf(followUp: FollowUp | undefined, people: People): void {
  if (followUp !== undefined) people.add([followUp.owner], 'owner');
}

function addOfFacts({ facts }: Violation, people: People): void {
  for (const [fact, value] of Object.entries(facts)) {
    const role = roleOfFact(fact);
    if (role === null) continue;
    for (const name of [value].flat()) if (typeof name === 'string') people.add([name], role);
  }
}
