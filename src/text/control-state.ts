import type { CountedState, Framework, Verdict } from '../model/index.js';

/** Returns the state of a control: an observation if it lacks nothing but a limit of the entity's own. */
export function controlState(
  { verdict, verdictText }: { verdict: Verdict; verdictText: string },
  { vocabulary }: Pick<Framework, 'vocabulary'>,
): CountedState {
  return verdict === 'insufficient-data' && verdictText !== vocabulary[verdict] ? 'observation' : verdict;
}
