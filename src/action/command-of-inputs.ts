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

const INPUT_OF = new Map(
  OPTIONS.map(([option, name]) => [option, name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)]),
);

/** Returns a sentence with the names of inputs where it has those of options. */
export function withInputNames(sentence: string): string {
  return sentence.replace(/--[a-z-]+(?=[:;,.]|$)/g, (option) => INPUT_OF.get(option) ?? option);
}

/** Returns the arguments that the command line would be given for the inputs, for the record of the run. */
export function commandOfInputs(inputs: ActionInputs): string[] {
  const options = OPTIONS.flatMap(([option, name]) => {
    const value = inputs[name];
    return value === null ? [] : [`${option}=${String(value)}`];
  });
  return ['audit', ...inputs.paths, ...options];
}
