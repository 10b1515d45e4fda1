/** ORDER BY over an epoch ms expression: newest first, unknown dates last, then in the order of files and records. */
export function newestFirst(ms: string, row: string): string {
  return `${ms} DESC NULLS LAST, ${row}.ordinal`;
}

/** Order of grants: by the date they were granted, or else approved. */
export function grantOrder(row: string): string {
  return newestFirst(`coalesce(${row}.granted_at."ms", ${row}.approved_at."ms")`, row);
}

/** Order of keys: by their last rotation. */
export function keyOrder(row: string): string {
  return newestFirst(`${row}.last_rotated."ms"`, row);
}
