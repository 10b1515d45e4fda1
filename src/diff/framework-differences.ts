import type { FrameworkDifference, FrameworkResult } from '../model/index.js';

type Frameworks = readonly FrameworkResult[];

/** Returns the frameworks that both packs assess by different files, with the controls that the files define differently. */
export function frameworkDifferences(old: Frameworks, now: Frameworks): FrameworkDifference[] {
  return now.flatMap((framework) => {
    const before = old.find(({ id }) => id === framework.id);
    const difference = before === undefined ? null : differenceOf(before, framework);
    return difference !== null && isAny(difference) ? [difference] : [];
  });
}

function differenceOf(old: FrameworkResult, now: FrameworkResult): FrameworkDifference {
  const [before, after] = [definitions(old), definitions(now)];
  return {
    id: now.id,
    versions: { old: old.version, new: now.version },
    added: [...after.keys()].filter((id) => !before.has(id)),
    removed: [...before.keys()].filter((id) => !after.has(id)),
    changed: [...after.keys()].filter((id) => before.has(id) && before.get(id) !== after.get(id)),
  };
}

function definitions({ controls }: FrameworkResult): ReadonlyMap<string, string | undefined> {
  return new Map(controls.map(({ id, definition }) => [id, definition]));
}

function isAny({ versions, added, removed, changed }: FrameworkDifference): boolean {
  return versions.old !== versions.new || added.length + removed.length + changed.length > 0;
}
