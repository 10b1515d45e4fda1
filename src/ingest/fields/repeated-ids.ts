/** Tells whether an id came before; what has no id never did. */
export type IsRepeated = (id: string | null) => boolean;

/** Returns what tells whether an id came before in a file, of the ids that it is asked about. */
export function repeatedIds(): IsRepeated {
  const seen = new Set<string>();
  return (id) => {
    if (id === null) return false;
    const before = seen.has(id);
    seen.add(id);
    return before;
  };
}
