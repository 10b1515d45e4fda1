import { isObject } from '../../../../text/is-object.js';
import type { RawRecord } from '../../../adapter.js';
import { firstText, objectOf, textOf } from '../../../fields/json.js';
import type { Reading } from '../../../fields/record-reader.js';
import { KINDS } from './credentials.js';

/** A consumer that credentials beside it may name. */
export type NamedConsumer = {
  /** Its name, as in the names of its credentials. */
  name: string;
  /** The consumer itself. */
  r: Reading;
};

/** Lists of credentials and groups beside `consumers`, each of which names its consumer. */
export const FLAT_LISTS: readonly string[] = ['acls', ...Object.keys(KINDS)].map((list) => `$.${list}`);

/** What stands beside the consumers of a file instead of inside them. */
export type Flat = {
  /** Takes a consumer. */
  know(consumer: NamedConsumer): void;
  /** Notes that a consumer has no credential inside. */
  isBare(name: string): void;
  /** Takes a credential, or a group, that stands beside the consumers. */
  keep(raw: RawRecord): void;
  /** Returns the credentials with their consumer, null if the file does not have it, and the groups that stand beside it. */
  credentials(): { raw: RawRecord; consumer: NamedConsumer | null; groups: readonly string[] }[];
  /** Returns the consumers that have no credential inside, and none beside them. */
  bare(): string[];
};

/** Returns an empty register. */
export function newFlat(): Flat {
  const consumers = new Map<string, NamedConsumer>();
  const credentials: RawRecord[] = [];
  const groups: Record<string, unknown>[] = [];
  const bare = new Set<string>();
  const consumerOf = (raw: RawRecord) => consumers.get(consumerNamed(raw.value) ?? '') ?? null;
  return {
    know(consumer) {
      for (const name of namesOf(consumer.r.raw.value)) consumers.set(name, consumer);
    },
    isBare: (name) => void bare.add(name),
    keep(raw) {
      if (raw.list === '$.acls') groups.push(raw.value);
      else credentials.push(raw);
    },
    credentials: () =>
      credentials.map((raw) => {
        const consumer = consumerOf(raw);
        const names = consumer === null ? [consumerNamed(raw.value)] : namesOf(consumer.r.raw.value);
        return { raw, consumer, groups: groupsNaming(names, groups) };
      }),
    bare() {
      const held = new Set(credentials.map((raw) => consumerOf(raw)?.name));
      return [...bare].filter((name) => !held.has(name));
    },
  };
}

/** Returns the groups that stand beside a consumer in the list `acls` of its file. */
export function groupsBeside(
  consumer: Record<string, unknown>,
  file: Record<string, unknown> | null,
): string[] {
  return groupsNaming(namesOf(consumer), [file?.['acls'] ?? []].flat().filter(isObject));
}

function groupsNaming(
  names: readonly (string | null)[],
  groups: readonly Record<string, unknown>[],
): string[] {
  return groups
    .filter((one) => names.includes(consumerNamed(one)))
    .map((one) => textOf(one['group']))
    .filter((group) => group !== null);
}

/** Returns the names that others call a consumer by. */
export function namesOf({ id, username, custom_id }: Record<string, unknown>): string[] {
  return [id, username, custom_id].map(textOf).filter((name) => name !== null);
}

/** Returns the consumer that a credential or group names: an id or a name, alone or in an object. */
export function consumerNamed({ consumer }: Record<string, unknown>): string | null {
  const { id, username, custom_id } = objectOf(consumer);
  return firstText(consumer, id, username, custom_id);
}
