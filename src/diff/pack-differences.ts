import { isDeepStrictEqual } from 'node:util';
import type {
  Assessment,
  FactDifference,
  FactValue,
  InputFile,
  PackDifferences,
  RegisteredWaiver,
} from '../model/index.js';
import { compareText, distinctTexts } from '../text/compare-text.js';
import type { ComparedPack } from './compared-pack.js';
import { frameworkDifferences } from './framework-differences.js';
import { ruleDifferences } from './rule-differences.js';

/** What is compared of a pack beside its results. */
type Asked = Pick<ComparedPack, 'assessment' | 'inputs' | 'config' | 'reading'>;

/** Returns what two packs differ in beside their results. */
export function packDifferences(old: Asked, now: Asked): PackDifferences {
  return {
    time: !isDeepStrictEqual(timeOf(old.assessment), timeOf(now.assessment)),
    inputs: {
      ...inputDifferences(old.inputs, now.inputs),
      unread: unreadInputs(old, now),
    },
    rules: ruleDifferences(old.assessment.policies, now.assessment.policies),
    facts: factDifferences(givenFacts(old.assessment), givenFacts(now.assessment)),
    config: differ(old.config, now.config),
    reading: differ(old.reading, now.reading) ?? differ(old.config, now.config),
    scope: !isDeepStrictEqual(old.assessment.plan.scope, now.assessment.plan.scope),
    exceptions: exceptionDifferences(old.assessment.exceptions, now.assessment.exceptions),
    frameworks: {
      added: onlyIn(now.assessment.plan.frameworks, old.assessment.plan.frameworks),
      removed: onlyIn(old.assessment.plan.frameworks, now.assessment.plan.frameworks),
      changed: frameworkDifferences(old.assessment.frameworks, now.assessment.frameworks),
    },
    tool: old.assessment.tool.version !== now.assessment.tool.version,
  };
}

/** Returns whether two hashes differ; null if one is not recorded. */
function differ(old: string | null | undefined, now: string | null | undefined): boolean | null {
  return old === undefined || now === undefined ? null : old !== now;
}

function timeOf({ plan: { asOf, period } }: Assessment): unknown {
  return { asOf, period };
}

function onlyIn(own: readonly string[], other: readonly string[]): string[] {
  return own.filter((one) => !other.includes(one));
}

type Inputs = ReadonlyMap<string, string>;

/** Compares files by path and content. A file whose content is at another path now is no difference: it was read all the same. */
function inputDifferences(old: Inputs, now: Inputs): Omit<PackDifferences['inputs'], 'unread'> {
  const oldContents = new Set(old.values());
  const nowContents = new Set(now.values());
  const paths = (inputs: Inputs) => [...inputs.keys()].sort(compareText);
  return {
    added: paths(now).filter((path) => !old.has(path) && !oldContents.has(now.get(path) ?? '')),
    removed: paths(old).filter((path) => !now.has(path) && !nowContents.has(old.get(path) ?? '')),
    changed: paths(now).filter((path) => old.has(path) && old.get(path) !== now.get(path)),
  };
}

/** Returns the files that only the old pack read, although the new one opened them. */
function unreadInputs(old: Asked, now: Asked): string[] {
  const read = new Set(old.assessment.inputs.filter(isUsed).map(({ path }) => path));
  const unused = now.assessment.inputs.filter((file) => !isUsed(file) && read.has(file.path));
  return unused.map(({ path }) => path).filter((path) => now.inputs.has(path));
}

function isUsed({ state }: InputFile): boolean {
  return state === 'used';
}

/** Returns whether the packs read the same content. */
export function sameInputs({ inputs: { added, removed, changed, unread } }: PackDifferences): boolean {
  return added.length + removed.length + changed.length + unread.length === 0;
}

/** Compares what people wrote of the exceptions, not what the audits found of them. */
function exceptionDifferences(
  old: readonly RegisteredWaiver[],
  now: readonly RegisteredWaiver[],
): PackDifferences['exceptions'] {
  const before = new Map(old.map((waiver) => [waiver.id, asWritten(waiver)]));
  const after = new Map(now.map((waiver) => [waiver.id, asWritten(waiver)]));
  const ids = [...after.keys()];
  return {
    added: onlyIn(ids, [...before.keys()]),
    removed: onlyIn([...before.keys()], ids),
    changed: ids.filter((id) => before.has(id) && !isDeepStrictEqual(before.get(id), after.get(id))),
  };
}

function asWritten(waiver: RegisteredWaiver): object {
  const { state: _state, failures: _failures, findings: _findings, controls: _controls, ...written } = waiver;
  return written;
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
