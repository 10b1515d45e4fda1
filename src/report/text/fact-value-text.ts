import type { GivenFact } from '../../model/index.js';
import { paramText } from './param-text.js';

/** Returns the value of a fact as printed: yes or no if it is true or false. */
export function factValueText(value: GivenFact['value']): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return paramText(value);
}
