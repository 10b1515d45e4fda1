import { textOf } from '../../../fields/json.js';
import { projectOf } from '../resource-names.js';

/** Which projects are in which folders and organisation, as far as assets say. */
export type Hierarchy = {
  /** Takes what one asset says of the project that it is in. */
  learn(asset: Record<string, unknown>): void;
  /** Returns the projects in a folder or organisation, by each name that assets give them (id and number). */
  below(container: string): string[];
  /** Returns every project of which the place is known. */
  projects(): string[];
  /** Returns whether the place of no project is known. */
  isEmpty(): boolean;
};

/**
 * Returns an empty hierarchy. Assets of an export and of `gcloud asset list` name what they are in (`ancestors`, the nearest first); those
 * that `search-all-iam-policies` found, their `project`, `folders` and `organization`.
 */
export function newHierarchy(): Hierarchy {
  const containers = new Map<string, ReadonlySet<string>>();
  const projects = () => [...containers.keys()].sort();
  return {
    learn(asset) {
      const above = ancestorsOf(asset);
      if (!above.some(isContainer)) return;
      const own = [textOf(asset['resource']), textOf(asset['name'])].map((name) => name && projectOf(name));
      const names = [
        ...above.filter(isProject),
        ...own.filter((id) => id !== null).map((id) => `projects/${id}`),
      ];
      for (const name of names) containers.set(name, new Set(above.filter(isContainer)));
    },
    below: (container) => projects().filter((name) => containers.get(name)?.has(container)),
    projects,
    isEmpty: () => containers.size === 0,
  };
}

function ancestorsOf(asset: Record<string, unknown>): string[] {
  const listed = [asset['ancestors'], asset['project'], asset['folders'], asset['organization']].flat();
  return listed.map(textOf).filter((name) => name !== null);
}

function isProject(name: string): boolean {
  return name.startsWith('projects/');
}

function isContainer(name: string): boolean {
  return /^(?:folders|organizations)\//.test(name);
}
