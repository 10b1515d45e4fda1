import type { Database } from '../../duckdb/database.js';
import { quoteId, quoteText } from '../../duckdb/sql.js';

/** Fields of a key that rules of `classify` in keyproof.yaml give. */
const FIELDS = ['owner', 'environment', 'risk_tier'] as const;

/**
 * Statements that give keys what rules of keyproof.yaml state about them, after all records of a key are one: nothing that a record
 * states, or that records contradict each other on, is decided by a rule. Of several rules the first counts.
 */
export const CLASSIFY_KEYS: readonly string[] = FIELDS.map(classify);

/** Returns whether a rule states anything about any key: most banks have no such rules, and the statements cost time. */
export async function areClassified(database: Database): Promise<boolean> {
  const [row] = await database.rows('SELECT EXISTS (FROM distinct_keys WHERE len(classified) > 0) AS given');
  return row?.['given'] === true;
}

function classify(field: (typeof FIELDS)[number]): string {
  const given = `list_filter(classified, lambda one: starts_with(one, ${quoteText(`${field}=`)}))`;
  const rule = (one: string) => `regexp_extract(${one}, ', rule (\\d+)$', 1)`;
  const first = `list_sort(list_transform(${given}, lambda one: {'rule': ${rule('one')}::INTEGER, 'text': one}))[1]`;
  const value = `regexp_extract(found."text", '^[a-z_]+=(.*), rule \\d+$', 1, 's')`;
  const origin = `concat(${quoteText(`${field}: rule `)}, found."rule", ' of classify in keyproof.yaml')`;
  return `UPDATE distinct_keys SET ${quoteId(field)} = ${value}, stated_by = list_append(coalesce(stated_by, []), ${origin})
    FROM (SELECT key_id AS id, ${first} AS found FROM distinct_keys WHERE len(classified) > 0) AS rules
    WHERE distinct_keys.key_id = rules.id AND found IS NOT NULL AND ${isOpen(field)}
      AND NOT EXISTS (FROM contradicted c WHERE c.kind = 'keys' AND c.id = rules.id AND c.field = ${quoteText(field)})`;
}

/** An owner of "" that no record states only means that tags do not name one. */
function isOpen(field: string): string {
  const value = `distinct_keys.${quoteId(field)}`;
  if (field !== 'owner') return `${value} IS NULL`;
  const stated = `list_any_value(list_filter(distinct_keys.stated_by, lambda one: starts_with(one, 'owner: ')))`;
  return `(${value} IS NULL OR ${value} = '' AND ${stated} IS NULL)`;
}
