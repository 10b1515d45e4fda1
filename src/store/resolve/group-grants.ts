/** Groups inside groups are followed so deep. */
const MOST_LEVELS = 8;

/**
 * Returns the statements that give the members of a group what the group holds, each grant with the groups in `via`. A member is a
 * principal that has the id or another name of the group among its roles; members of a member that is a group, too. A grant of a
 * group of which a directory lists members goes over to them; any other group keeps its grants, too, as who else is in it is not known.
 */
export function spreadGroupGrants(): string[] {
  return [
    `CREATE TEMP TABLE group_names AS SELECT DISTINCT principal_id AS id, lower(name) AS name FROM (
      SELECT principal_id, unnest(list_concat([principal_id], coalesce(aliases, []))) AS name FROM raw_principals WHERE "group")
      WHERE name <> ''`,
    `CREATE TEMP TABLE direct_members AS SELECT DISTINCT g.id AS "group", p.principal_id AS member,
        bool_or(coalesce(p.directory, false)) AS listed
      FROM (SELECT principal_id, directory, unnest(roles) AS role FROM raw_principals) p
      JOIN group_names g ON g.name = lower(p.role) AND g.id <> p.principal_id GROUP BY ALL`,
    `CREATE TEMP TABLE members AS SELECT "group", member, listed, ['group ' || "group"] AS path FROM direct_members`,
    ...Array.from({ length: MOST_LEVELS }, () => DEEPER),
    `CREATE TEMP TABLE group_grants AS
      SELECT g.* REPLACE (m.member AS principal_id, list_concat(m.path, coalesce(g.via, [])) AS via)
      FROM (SELECT rowid AS place, * FROM raw_grants) g JOIN group_names n ON n.name = lower(g.principal_id)
      JOIN members m ON m."group" = n.id ORDER BY g.place, m.member`,
    `DELETE FROM raw_grants WHERE lower(principal_id) IN (
      SELECT name FROM group_names WHERE id IN (SELECT "group" FROM members WHERE listed))`,
    'INSERT INTO raw_grants BY NAME SELECT * EXCLUDE (place) FROM group_grants',
    ...['group_names', 'direct_members', 'members', 'group_grants'].map((table) => `DROP TABLE ${table}`),
  ];
}

/** Adds the members of members that are not known yet, by the first way in the order of names. */
const DEEPER = `INSERT INTO members SELECT m."group", d.member, bool_and(m.listed AND d.listed),
    min(list_concat(['group ' || d."group"], m.path))
  FROM members m JOIN direct_members d ON d."group" = m.member
  WHERE d.member <> m."group" AND NOT EXISTS (FROM members k WHERE k."group" = m."group" AND k.member = d.member)
  GROUP BY m."group", d.member`;
