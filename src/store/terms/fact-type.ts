import { SUBJECT_FACTS } from '../../model/index.js';

/** Returns the SQL type of a fact about subjects, by the values it can have. */
export function factType(fact: string): 'BOOLEAN' | 'VARCHAR' {
  return typeof SUBJECT_FACTS[fact]?.[0] === 'boolean' ? 'BOOLEAN' : 'VARCHAR';
}
