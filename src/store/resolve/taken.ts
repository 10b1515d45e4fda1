/**
 * Returns the statement that creates `taken` (file, ms, until): the first and the last moment at which each input file
 * can have been taken, from the file itself or keyproof.yaml, or else from the records of how files were taken. A file
 * about which these records disagree is left out.
 */
export function createTaken(): string {
  return `CREATE TABLE taken AS
    WITH input AS (SELECT file, min(taken."ms") AS ms, max(taken."ms" + taken."tolerance_ms") AS until FROM supplied GROUP BY file),
    recorded AS (SELECT i.file, x.extracted_at."ms" AS ms, x.extracted_at."ms" + x.extracted_at."tolerance_ms" AS until
      FROM input i JOIN raw_extracts x ON x.extracted_at."state" = 'known' AND (x.file = i.file OR ends_with(i.file, concat('/', x.file)))
      QUALIFY rank() OVER (PARTITION BY i.file ORDER BY length(x.file) DESC) = 1),
    agreed AS (SELECT file, max(ms) AS ms, min(until) AS until FROM recorded GROUP BY file HAVING max(ms) <= min(until))
    SELECT i.file, coalesce(i.ms, a.ms) AS ms, coalesce(i.until, a.until) AS until FROM input i LEFT JOIN agreed a USING (file)
      WHERE coalesce(i.ms, a.ms) IS NOT NULL`;
}
