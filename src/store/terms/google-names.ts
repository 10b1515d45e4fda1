/** Returns SQL of what a Google resource name names below its project; NULL for any other name. */
export function belowProject(name: string): string {
  return `nullif(regexp_extract(${name}, '^projects/[^/]+/(.+)$', 1), '')`;
}

/** Returns SQL of the project in a Google resource name, its id or number; empty for any other name. */
export function projectIn(name: string): string {
  return `regexp_extract(${name}, '^projects/([^/]+)/', 1)`;
}

/** Returns the condition that a Google resource name calls its project by its number. */
export function isNumbered(name: string): string {
  return `regexp_matches(${name}, '^projects/\\d+/')`;
}
