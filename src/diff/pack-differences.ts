import { isDeepStrictEqual } from 'node:util';
import type { Assessment, FactDifference, FactValue, PackDifferences } from '../model/index.js';
import { compareText, distinctTexts } from '../text/compare-text.js';
import type { ComparedPack } from './compared-pack.js';
import { ruleDifferences } from './rule-differences.js';

/** Returns what two packs differ in beside their results. */
export function packDifferences(old: ComparedPack, now: ComparedPack): PackDifferences {
  return {
    time: !isDeepStrictEqual(timeOf(old.assessment), timeOf(now.assessment)),
    inputs: inputDifferences(old.inputs, now.inputs),
    rules: ruleDifferences(old.assessment.policies, now.assessment.policies),
    facts: factDifferences(givenFacts(old.assessment), givenFacts(now.assessment)),
    frameworks: {
      added: onlyIn(now.assessment.plan.frameworks, old.assessment.plan.frameworks),
      removed: onlyIn(old.assessment.plan.frameworks, now.assessment.plan.frameworks),
    },
    tool: old.facts.toolVersion !== now.facts.toolVersion,
  };
}

function timeOf({ plan: { asOf, period } }: Assessment): unknown {
  return { asOf, period };
}

function onlyIn(own: readonly string[], other: readonly string[]): string[] {
  return own.filter((one) => !other.includes(one));
}

type Inputs = ReadonlyMap<string, string>;

/** Compares files by path and content. A file whose content is at another path now is no difference: it was read all the same. */
function inputDifferences(old: Inputs, now: Inputs): PackDifferences['inputs'] {
  const oldContents = new Set(old.values());
  const nowContents = new Set(now.values());
  const paths = (inputs: Inputs) => [...inputs.keys()].sort(compareText);
  return {
    added: paths(now).filter((path) => !old.has(path) && !oldContents.has(now.get(path) ?? '')),
    removed: paths(old).filter((path) => !now.has(path) && !nowContents.has(old.get(path) ?? '')),
    changed: paths(now).filter((path) => old.has(path) && old.get(path) !== now.get(path)),
  };
}

/** Returns whether the packs read the same content. */
export function sameInputs({ inputs: { added, removed, changed } }: PackDifferences): boolean {
  return added.length + removed.length + changed.length === 0;
}

type Facts = ReadonlyMap<string, FactValue>;

function givenFacts({ plan: { facts } }: Assessment): Facts {
  return new Map(facts.map(({ name, value }) => [name, value]));
}

function factDifferences(old: Facts, now: Facts): FactDifference[] {
  return distinctTexts([...old.keys(), ...now.keys()])
    .map((name) => ({ name, old: old.get(name) ?? null, new: now.get(name) ?? null }))
    .filter((fact) => !isDeepStrictEqual(fact.old, fact.new));
}
