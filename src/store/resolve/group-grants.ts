/** Groups inside groups are followed so deep. */
const MOST_LEVELS = 8;

/**
 * Returns the statements that give the members of a group what the group holds, each grant with the groups in `via`. A member is a
 * principal that has the id or another name of the group among its roles or in `member_of`; members of a member that is a group, too.
 * A group whose members are all listed, by itself (`members_listed`) or by a directory, keeps no grant; any other keeps its grants, as
 * who else is in it is not known.
 */
export function spreadGroupGrants(): string[] {
  return [
    `CREATE TEMP TABLE group_names AS SELECT DISTINCT principal_id AS id, lower(name) AS name FROM (
      SELECT principal_id, unnest(list_concat([principal_id], coalesce(aliases, []))) AS name FROM raw_principals WHERE "group")
      WHERE name <> ''`,
    `CREATE TEMP TABLE direct_members AS SELECT g.id AS "group", p.principal_id AS member, bool_or(p.listed) AS listed
      FROM (SELECT principal_id, coalesce(directory, false) AS listed, unnest(roles) AS name FROM raw_principals
        UNION ALL SELECT principal_id, false, unnest(member_of) FROM raw_principals) p
      JOIN group_names g ON g.name = lower(p.name) AND g.id <> p.principal_id GROUP BY ALL`,
    `CREATE TEMP TABLE listed_groups AS SELECT principal_id AS id FROM raw_principals WHERE "group" AND members_listed
      UNION SELECT "group" FROM direct_members WHERE listed`,
    `CREATE TEMP TABLE members AS SELECT "group", member, ['group ' || "group"] AS path FROM direct_members
      WHERE "group" IN (SELECT n.id FROM raw_grants g JOIN group_names n ON n.name = lower(g.principal_id))`,
    ...Array.from({ length: MOST_LEVELS }, () => DEEPER),
    `CREATE TEMP TABLE group_grants AS
      SELECT g.* REPLACE (m.member AS principal_id, list_concat(m.path, coalesce(g.via, [])) AS via)
      FROM (SELECT rowid AS place, * FROM raw_grants) g JOIN group_names n ON n.name = lower(g.principal_id)
      JOIN members m ON m."group" = n.id
      WHERE len(m.path) > ${MOST_LEVELS} OR m.member NOT IN (SELECT id FROM listed_groups) ORDER BY g.place, m.member`,
    `DELETE FROM raw_grants WHERE lower(principal_id) IN (
      SELECT name FROM group_names WHERE id IN (SELECT id FROM listed_groups))`,
    'INSERT INTO raw_grants BY NAME SELECT * EXCLUDE (place) FROM group_grants',
    ...['group_names', 'direct_members', 'listed_groups', 'members', 'group_grants'].map(
      (table) => `DROP TABLE ${table}`,
    ),
  ];
}

/** Adds the members of members that are not known yet, by the first way in the order of names. */
const DEEPER = `INSERT INTO members SELECT m."group", d.member, min(list_concat(['group ' || d."group"], m.path))
  FROM members m JOIN direct_members d ON d."group" = m.member
  WHERE d.member <> m."group" AND NOT EXISTS (FROM members k WHERE k."group" = m."group" AND k.member = d.member)
  GROUP BY m."group", d.member`;
