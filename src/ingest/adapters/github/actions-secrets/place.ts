/** Whose secrets a list holds. */
export type Place = {
  /** `northbridge-bank`, `northbridge-bank/cards`, or `northbridge-bank/cards/environments/production`. */
  id: string;
  /** `owner/name`; null if they are of an organisation. */
  repository: string | null;
};

const OF_REPOSITORY =
  /(?:^|\/)repos(?:itories)?\/([\w.-]+\/[\w.-]+)\/(?:(environments\/[^/]+)|actions|(dependabot|codespaces|agents))\/secrets\b/;
const OF_ORGANISATION = /(?:^|\/)orgs\/([\w.-]+)\/(?:actions|(dependabot|codespaces|agents))\/secrets\b/;

/** Returns the place that an address of the API names, or a path of a file that is such an address; null if it names none. */
export function placeInPath(path: string): Place | null {
  const [, repository, environment, other] = OF_REPOSITORY.exec(path) ?? [];
  if (repository !== undefined) return { id: joined(repository, environment ?? other), repository };
  const [, organisation, kind] = OF_ORGANISATION.exec(path) ?? [];
  return organisation === undefined ? null : { id: joined(organisation, kind), repository: null };
}

/** Returns the place that keyproof.yaml states: `owner/name`, or the name of an organisation; null if it states none. */
export function placeOfList(stated: unknown): Place | null {
  const name = Array.isArray(stated) ? stated[0] : stated;
  if (typeof name !== 'string' || name.trim() === '') return null;
  return { id: name.trim(), repository: name.includes('/') ? name.trim() : null };
}

function joined(owner: string, part: string | undefined): string {
  return part === undefined ? owner : `${owner}/${part}`;
}
