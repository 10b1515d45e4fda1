import type { Emit } from '../../../adapter.js';
import { objectOf, textOf } from '../../../fields/json.js';
import type { Reading } from '../../../fields/record-reader.js';

/** Returns whether the elements of a page of the Admin API are groups of consumers (`/acls`). */
export function isAclPage(data: unknown): boolean {
  const first = Array.isArray(data) ? objectOf(data[0]) : {};
  return typeof first['group'] === 'string' && textOf(objectOf(first['consumer'])['id']) !== null;
}

/** Groups of each consumer of a page, gathered until all of it is read. */
export type ConsumerGroups = Map<string, { first: Reading; groups: Set<string> }>;

/** Adds a group of a consumer. */
export function addGroup(r: Reading, consumers: ConsumerGroups): void {
  const id = r.need(
    'consumer.id',
    r.text('consumer.id'),
    'There is no consumer.id: every group of an ACL has one.',
  );
  const group = r.need('group', r.text('group'), 'There is no group: every group of an ACL has one.');
  if (r.failed || id === null || group === null) return;
  const known = consumers.get(id);
  if (known === undefined) consumers.set(id, { first: r, groups: new Set([group]) });
  else known.groups.add(group);
}

/** Returns each consumer as a workload that is in its groups. */
export function consumersIn(consumers: ConsumerGroups): Emit[] {
  return [...consumers].flatMap(([id, { first, groups }]) =>
    first.emit('principals', {
      principal_id: `kong-consumer:${id}`,
      aliases: [id],
      kind: 'workload',
      roles: [...groups].map((group) => `acl:${group}`),
    }),
  );
}
