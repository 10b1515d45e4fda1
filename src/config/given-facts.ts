import type { ConfigFile, FactOrigin, FactValue, GivenFact } from '../model/index.js';
import { EVERY_PROFILE, ONLY_IN, OUTSIDE, PROFILES } from './profiles.js';

type Given = { value: FactValue; origin: FactOrigin };
type Facts = { [name: string]: FactValue | null | undefined };

/**
 * Returns every fact the config gives, with what states it: what follows from the kind of entity, then from the
 * jurisdictions listed, then what `applicability` states, which wins.
 */
export function givenFacts(config: ConfigFile): GivenFact[] {
  const implied = new Map([...fromProfile(config), ...fromJurisdictions(config), ...fromBoth(config)]);
  const stated = given(config.applicability ?? {}, 'applicability');
  return [...new Map([...implied, ...stated])].map(([name, fact]) => ({
    name,
    ...fact,
    instead: replaced(fact, implied.get(name) ?? fact),
  }));
}

/** Whether the GDPR binds an entity outside the EU depends on whom it serves, which no profile knows. */
function fromProfile({ entity, jurisdictions = [] }: ConfigFile): [string, Given][] {
  if (!entity) return [];
  return given({ ...PROFILES[entity].facts, ...EVERY_PROFILE }, 'profile').filter(([name]) => {
    const place = ONLY_IN[name];
    return !place || jurisdictions.length === 0 || jurisdictions.includes(place);
  });
}

function fromJurisdictions({ jurisdictions = [] }: ConfigFile): [string, Given][] {
  if (jurisdictions.length === 0) return [];
  return Object.entries(OUTSIDE)
    .filter(([name]) => !jurisdictions.some((jurisdiction) => jurisdiction === name))
    .flatMap(([, facts]) => given(facts, 'jurisdictions'));
}

function fromBoth({ entity, jurisdictions = [] }: ConfigFile): [string, Given][] {
  if (!entity) return [];
  const { within = {} } = PROFILES[entity];
  return jurisdictions.flatMap((jurisdiction) => given(within[jurisdiction] ?? {}, 'profile'));
}

/** Returns the facts that have a value; `null` states nothing. */
function given(facts: Facts, origin: FactOrigin): [string, Given][] {
  return Object.entries(facts).flatMap(([name, value]): [string, Given][] =>
    value === null || value === undefined ? [] : [[name, { value, origin }]],
  );
}

function replaced(fact: Given, implied: Given): Given | null {
  return String(implied.value) === String(fact.value) ? null : implied;
}
