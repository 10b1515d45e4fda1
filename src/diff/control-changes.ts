import {
  type Assessment,
  CHANGE_CAUSES,
  type ChangeCause,
  type ControlChange,
  type ControlResult,
  type ControlState,
  type FrameworkResult,
  type PackDifferences,
} from '../model/index.js';
import { controlState } from '../text/control-state.js';
import { sameInputs } from './pack-differences.js';

/** What may explain a change of verdict beside the framework. */
export type Reasons = {
  /** Causes of checks whose outcome changed, by rule. */
  byRule: ReadonlyMap<string, readonly ChangeCause[]>;
  /** What the packs differ in. */
  differences: PackDifferences;
};

/** Returns the controls whose state differs, observations apart from missing evidence, of the frameworks that both packs assess; in the order of the new pack. */
export function controlChanges(old: Assessment, now: Assessment, reasons: Reasons): ControlChange[] {
  return now.frameworks.flatMap((framework) => {
    const before = old.frameworks.find(({ id }) => id === framework.id);
    return before === undefined ? [] : changesOf(before, framework, reasons);
  });
}

/** Counts the controls of the same state, of the frameworks that both packs assess, that other numbers of subjects are in scope of. */
export function otherScope(old: Assessment, now: Assessment): number {
  const before = new Map(
    old.frameworks.flatMap(({ id, controls }) => controls.map((control) => [`${id} ${control.id}`, control])),
  );
  const kept = now.frameworks.flatMap(({ id, controls }) =>
    controls.filter((control) => {
      const earlier = before.get(`${id} ${control.id}`);
      return earlier?.verdictText === control.verdictText && !isSameScope(earlier, control);
    }),
  );
  return kept.length;
}

function changesOf(old: FrameworkResult, now: FrameworkResult, reasons: Reasons): ControlChange[] {
  const before = new Map(old.controls.map((control) => [control.id, control]));
  const kept = new Set(now.controls.map(({ id }) => id));
  const gone = old.controls.filter(({ id }) => !kept.has(id));
  return [
    ...now.controls.flatMap((control) => {
      const earlier = before.get(control.id);
      const isSame = earlier !== undefined && controlState(earlier, old) === controlState(control, now);
      return isSame ? [] : change(now.id, earlier, control, reasons);
    }),
    ...gone.flatMap((control) => change(now.id, control, undefined, reasons)),
  ];
}

function change(
  framework: string,
  old: ControlResult | undefined,
  now: ControlResult | undefined,
  reasons: Reasons,
): ControlChange[] {
  const any = now ?? old;
  if (any === undefined) return [];
  const causes =
    old === undefined || now === undefined ? ['framework' as const] : causesOf(old, now, reasons);
  const states = { old: stateOf(old), new: stateOf(now) };
  return [{ framework, control: any.id, title: any.title, ...states, causes }];
}

function stateOf(control: ControlResult | undefined): ControlState | null {
  return control === undefined ? null : { verdict: control.verdict, text: control.verdictText };
}

/**
 * Returns what may explain a change of verdict: the definition of the control, the causes of its checks, the facts given, and,
 * as the facts of subjects decide what is in scope, the evidence.
 */
function causesOf(old: ControlResult, now: ControlResult, { byRule, differences }: Reasons): ChangeCause[] {
  const rules = [...old.mappings, ...now.mappings].filter(({ grade }) => grade !== 'supporting');
  const causes = new Set(rules.flatMap(({ ruleId }) => byRule.get(ruleId) ?? []));
  if (old.definition === undefined || old.definition !== now.definition) causes.add('framework');
  if (differences.facts.length > 0 || differences.scope) causes.add('scope');
  if (differences.reading) causes.add('reading');
  const moved = rules.length > 0 && !isSameScope(old, now);
  if ((causes.size === 0 || moved) && !sameInputs(differences)) causes.add('evidence');
  return CHANGE_CAUSES.filter((cause) => causes.has(cause));
}

/** Returns whether as many subjects are in scope, out of scope and undecided for each mapping. */
function isSameScope(old: ControlResult, now: ControlResult): boolean {
  return now.mappings.every((mapping) => {
    const before = old.mappings.find(({ ruleId }) => ruleId === mapping.ruleId);
    return (
      before?.population === mapping.population &&
      before.undecided === mapping.undecided &&
      before.outOfScope === mapping.outOfScope
    );
  });
}
