/** Gives each name an id for links that is unique in the document and the same in every run. */
export function makeAnchors(): (prefix: string, name: string) => string {
  const taken = new Set<string>();
  return (prefix, name) => {
    const wanted = `${prefix}-${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
    let id = wanted;
    for (let n = 2; taken.has(id); n += 1) id = `${wanted}--${n}`;
    taken.add(id);
    return id;
  };
}
