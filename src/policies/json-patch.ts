/** One change of a JSON Patch (RFC 6902): of its operations, the three that state a difference. */
export type JsonChange =
  | {
      /** `add` puts a member into an object, or an item into a list, before the index or, at `-`, at its end. */
      op: 'add' | 'replace';
      /**
       * JSON Pointer (RFC 6901), such as `/key/created` or `/grants/records/0/action`; empty for the whole document.
       */
      path: string;
      /** The new value. */
      value: unknown;
    }
  | {
      /** Takes a member or an item away. */
      op: 'remove';
      /** JSON Pointer of it. */
      path: string;
    };

const OPS = ['add', 'replace', 'remove'];

/**
 * Checks that the items of a JSON document are changes.
 *
 * @throws Error with a clause such as `change 2: "op" must be "add", "replace" or "remove"`.
 */
export function readChanges(items: readonly unknown[]): JsonChange[] {
  return items.map((item, index) => {
    const problem = faultOf(item);
    if (problem !== undefined) throw new Error(`change ${index + 1}: ${problem}`);
    return item as JsonChange;
  });
}

function faultOf(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null || Array.isArray(item))
    return 'must be an object with "op" and "path"';
  const { op, path } = item as Partial<JsonChange>;
  if (!OPS.includes(op ?? '')) return `"op" must be "add", "replace" or "remove", not ${quoted(op)}`;
  if (typeof path !== 'string' || !/^(\/([^~]|~[01])*)?$/.test(path))
    return `"path" must be a JSON Pointer such as "/key/created", not ${quoted(path)}`;
  if (op !== 'remove' && !('value' in item)) return `"value" is missing for ${path}`;
  return undefined;
}

function quoted(value: unknown): string {
  return value === undefined ? 'left out' : JSON.stringify(value);
}

/**
 * Makes changes to a copy of a document, one after the other.
 *
 * @throws Error with a clause that names the change and the path the document does not have.
 */
export function withChanges(document: unknown, changes: readonly JsonChange[]): unknown {
  return changes.reduce<unknown>((value, change, index) => {
    const changed = edited(value, namesIn(change.path), change);
    if (changed !== ABSENT) return changed;
    throw new Error(`change ${index + 1}: ${refusal(change)}`);
  }, document);
}

function refusal({ op, path }: JsonChange): string {
  if (path === '') return 'the whole document cannot be removed';
  if (op === 'add') return `there is nowhere to add ${path}`;
  const nothing = `there is nothing at ${path} to ${op}`;
  return op === 'replace' ? `${nothing}; "op": "add" adds what is not there` : nothing;
}

/** Returns the names in a JSON Pointer. */
function namesIn(path: string): string[] {
  const names = path.split('/').slice(1);
  return names.map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** A place that is not in the document. */
const ABSENT = Symbol('absent');

function edited(value: unknown, [name, ...rest]: readonly string[], change: JsonChange): unknown {
  if (name === undefined) return change.op === 'remove' ? ABSENT : change.value;
  if (Array.isArray(value)) return editedList(value, name, rest, change);
  if (typeof value !== 'object' || value === null) return ABSENT;
  return editedObject(value, name, rest, change);
}

function editedObject(value: object, name: string, rest: readonly string[], change: JsonChange): unknown {
  const isLast = rest.length === 0;
  const isThere = Object.hasOwn(value, name);
  if (!isThere && !(isLast && change.op === 'add')) return ABSENT;
  if (isLast && change.op === 'remove')
    return Object.fromEntries(Object.entries(value).filter(([own]) => own !== name));
  const inner = edited(isThere ? (value as Record<string, unknown>)[name] : null, rest, change);
  return inner === ABSENT ? ABSENT : { ...value, [name]: inner };
}

function editedList(
  list: readonly unknown[],
  name: string,
  rest: readonly string[],
  change: JsonChange,
): unknown {
  const adds = rest.length === 0 && change.op === 'add';
  const index = indexOf(name, list, adds);
  if (index === undefined) return ABSENT;
  if (adds) return list.toSpliced(index, 0, change.value);
  if (rest.length === 0 && change.op === 'remove') return list.toSpliced(index, 1);
  const inner = edited(list[index], rest, change);
  return inner === ABSENT ? ABSENT : list.with(index, inner);
}

/** Returns an index of the list, or, if an item is added, the one after its last; undefined for any other name. */
function indexOf(name: string, { length }: readonly unknown[], adds: boolean): number | undefined {
  if (adds && name === '-') return length;
  if (!/^(0|[1-9]\d*)$/.test(name)) return undefined;
  const index = Number(name);
  return index < length || (adds && index === length) ? index : undefined;
}
