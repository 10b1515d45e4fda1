import type { Predicate } from '../model/index.js';
import { type Facts, UNKNOWN } from './facts.js';
import { decide, split } from './predicate.js';

/**
 * SQL condition on a row of `subjects` (no organisation): every fact allows the mapping. The same as `decide` saying in or
 * in-unknown.
 * @param entity what is known of the audited entity.
 */
export function inScopeSql(predicate: Predicate, entity: Facts): string {
  const parts = split(predicate);
  if (!decide(parts.entity, entity).state.startsWith('in')) return 'FALSE';
  const conditions = Object.entries(parts.subject).map(([field, values]) =>
    values.includes(UNKNOWN) ? possible(field, values) : `"${field}" IN (${literals(values)})`,
  );
  return conditions.length > 0 ? `(${conditions.join(' AND ')})` : 'TRUE';
}

/**
 * SQL condition on a row of `subjects` (no organisation): the field is unknown, and no known fact rules the subject out.
 * @param entity what is known of the audited entity.
 */
export function undecidedSql(predicate: Predicate, field: string, entity: Facts): string {
  const parts = split(predicate);
  if (decide(parts.entity, entity).state === 'out') return 'FALSE';
  const others = Object.entries(parts.subject).filter(([name]) => name !== field);
  const conditions = others.map(([name, values]) => possible(name, values));
  return `(${[`"${field}" IS NULL`, ...conditions].join(' AND ')})`;
}

/** The same two conditions for the organisation, whose facts are those of all its subjects. */
export const organisationSql = {
  inScope: (predicate: Predicate, facts: Facts): string =>
    String(decide(predicate, facts).state.startsWith('in')),
  undecided: (predicate: Predicate, field: string, facts: Facts): string => {
    const scope = decide(predicate, facts);
    return String(scope.state === 'undecided' && scope.fields.includes(field));
  },
};

function possible(field: string, values: readonly (string | boolean)[]): string {
  return `("${field}" IS NULL OR "${field}" IN (${literals(values)}))`;
}

function literals(values: readonly (string | boolean)[]): string {
  const known = values.filter((value) => value !== UNKNOWN).map(literal);
  return known.length > 0 ? known.join(', ') : 'NULL';
}

function literal(value: string | boolean): string {
  return typeof value === 'boolean' ? String(value).toUpperCase() : `'${value.replaceAll("'", "''")}'`;
}
