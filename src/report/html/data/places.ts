/** A list of distinct values with the place of each. */
export type Places<T> = {
  /** Values in the order in which they were first asked for. */
  readonly list: T[];
  /** Returns the place of a value; adds it if it is not there yet. */
  of(value: T): number;
};

/** Returns an empty list of distinct values; `name` tells them apart. */
export function makePlaces<T>(name: (value: T) => string): Places<T> {
  const list: T[] = [];
  const places = new Map<string, number>();
  return {
    list,
    of: (value) => {
      const key = name(value);
      const known = places.get(key);
      if (known !== undefined) return known;
      places.set(key, list.length);
      return list.push(value) - 1;
    },
  };
}
