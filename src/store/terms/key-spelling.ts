import { quoteId, quoteText } from '../../duckdb/sql.js';
import type { Column } from '../columns.js';

/** Columns that name keys. */
const NAMING: readonly string[] = [
  'key_id',
  'aliases',
  'standby_key',
  'except_keys',
  'upstream_credential',
  'key_ids',
  'subject_ids',
];

/**
 * An item of an Azure Key Vault or managed HSM, of which Azure compares names without regard to case. Names of other systems that issue
 * keys are different keys if their case differs.
 */
const ITEM =
  '^https://[a-z0-9-]+\\.(?:vault|managedhsm)\\.(?:azure\\.net|azure\\.cn|usgovcloudapi\\.net|microsoftazure\\.de)[:/]';

/** Returns the value of a column, with every name of a key in the one spelling that the adapters of its system give it. */
export function spelled({ name, kind }: Column): string {
  const value = quoteId(name);
  if (!NAMING.includes(name)) return value;
  return kind === 'texts' ? `list_transform(${value}, lambda one: ${spelledKey('one')})` : spelledKey(value);
}

/** Returns the name of a key in its one spelling. */
export function spelledKey(value: string): string {
  return `CASE WHEN regexp_matches(${value}, ${quoteText(ITEM)}, 'i') THEN lower(${value}) ELSE ${value} END`;
}
