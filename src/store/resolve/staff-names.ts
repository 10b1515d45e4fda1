/**
 * Statements that give a principal which some export mentions by another name (an access review by e-mail) the id that
 * the directory gives the person, so that one person is one principal. A name two people share is left alone.
 */
export function nameAsDirectoryDoes(): string[] {
  return [
    `CREATE TEMP TABLE staff AS SELECT name, min(id) AS id FROM (
      SELECT lower(principal_id) AS name, principal_id AS id FROM raw_principals WHERE directory
      UNION ALL SELECT lower(unnest(aliases)), principal_id FROM raw_principals WHERE directory)
      GROUP BY name HAVING min(id) = max(id)`,
    `UPDATE raw_principals SET aliases = list_append(coalesce(aliases, []), principal_id), principal_id = staff.id
      FROM staff WHERE NOT coalesce(directory, false) AND lower(principal_id) = staff.name AND principal_id <> staff.id`,
  ];
}
