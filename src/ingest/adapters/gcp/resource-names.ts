/** Prefix of a resource name when it stands for itself, as in audit logs and Cloud Asset exports. */
const FULL = /^\/\/[a-z]+\.googleapis\.com\//;

/** Returns a resource name without the service in front: `//iam.googleapis.com/projects/a/...` -> `projects/a/...`. */
export function shortResourceName(name: string): string {
  return name.replace(FULL, '');
}

/** Returns the project, by id or number, of a resource name; null if it is in none. */
export function projectOf(name: string): string | null {
  return /^projects\/([^/]+)/.exec(shortResourceName(name))?.[1] ?? null;
}
