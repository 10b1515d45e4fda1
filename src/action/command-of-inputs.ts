import type { ActionInputs } from './inputs.js';

const OPTIONS: readonly [option: string, input: keyof ActionInputs][] = [
  ['--config', 'config'],
  ['--framework', 'frameworks'],
  ['--policy', 'policies'],
  ['--as-of', 'asOf'],
  ['--period', 'period'],
  ['--format', 'formats'],
  ['--output', 'outputDir'],
  ['--fail-on', 'failOn'],
  ['--workers', 'workers'],
];

/** Returns the arguments that the command line would be given for the inputs, for the record of the run. */
export function commandOfInputs(inputs: ActionInputs): string[] {
  const options = OPTIONS.flatMap(([option, name]) => {
    const value = inputs[name];
    return value === null ? [] : [`${option}=${String(value)}`];
  });
  return ['audit', ...inputs.paths, ...options];
}
