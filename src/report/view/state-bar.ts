import type { FrameworkResult } from '../../model/index.js';
import { controlStates } from '../text/control-states.js';
import { type Bar, stackedBar } from './bar.js';

/** Returns the bar of a framework's controls by state, worst first. */
export function stateBar(framework: FrameworkResult): Bar {
  return stackedBar(
    controlStates(framework).map(({ key, label, controls }) => ({ key, label, count: controls.length })),
  );
}
