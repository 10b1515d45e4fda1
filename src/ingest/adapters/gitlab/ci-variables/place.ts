/** Whose variables a list holds. */
export type Place = {
  /** `projects/northbridge/cards`, `groups/northbridge` or `instance`. */
  id: string;
  /** Path of the project; null if they are of a group or an instance, or the project is named by its number. */
  repository: string | null;
};

const OF_OWNER = /(?:^|\/)(projects|groups)\/([\w.%-]+(?:\/[\w.-]+){0,20}?)\/variables\b/;
const OF_INSTANCE = /(?:^|\/)admin\/ci\/variables\b/;

/** Returns the place that an address of the API names, or a path of a file that is such an address; null if it names none. */
export function placeInPath(path: string): Place | null {
  if (OF_INSTANCE.test(path)) return { id: 'instance', repository: null };
  const [, kind, encoded] = OF_OWNER.exec(path) ?? [];
  if (kind === undefined || encoded === undefined) return null;
  const owner = encoded.replaceAll(/%2f/gi, '/');
  return { id: `${kind}/${owner}`, repository: kind === 'projects' ? projectNamed(owner) : null };
}

/** Returns the place that keyproof.yaml states: the path of a project; null if it states none. */
export function placeStated(stated: unknown): Place | null {
  const name: unknown = Array.isArray(stated) ? stated[0] : stated;
  if (typeof name !== 'string' || name.trim() === '') return null;
  return { id: `projects/${name.trim()}`, repository: projectNamed(name.trim()) };
}

function projectNamed(owner: string): string | null {
  return /^\d+$/.test(owner) ? null : owner;
}
