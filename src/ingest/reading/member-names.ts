import { isObject } from '../../text/is-object.js';

/** A way in which an API names its members: `appId`, or `UserName` as AWS does. */
export type MemberNames = 'camel' | 'pascal';

/** Members whose own members are names that people or other systems gave. */
const GIVEN = new Set(['tags', 'labels', 'annotations', 'claims', 'additionalproperties']);
/** Names that AWS writes in capitals in some of its APIs and not in others. */
const CAPITALS: { readonly [name: string]: string } = { Arn: 'ARN' };

/**
 * Returns a value with the names of its members as an API writes them: `AppId` of PowerShell and `app_id` of Python are `appId`,
 * `user_name` of Ansible and Steampipe is `UserName`. Names inside tags, labels and claims stay as they are.
 */
export function withNames(value: unknown, names: MemberNames): unknown {
  if (Array.isArray(value)) return value.map((item) => withNames(item, names));
  if (!isObject(value)) return value;
  const members = Object.entries(value).flatMap(([name, member]): [string, unknown][] => {
    const inner = GIVEN.has(name.toLowerCase()) ? member : withNames(member, names);
    return spellings(name, names).map((own) => [own, inner]);
  });
  return Object.fromEntries(members);
}

function spellings(name: string, names: MemberNames): string[] {
  if (!/^[A-Za-z][A-Za-z\d]*(?:_[a-z\d]+)*$/.test(name)) return [name];
  const joined = name.replace(/_([a-z\d])/g, (_, letter: string) => letter.toUpperCase());
  const [first = '', rest] = [joined[0], joined.slice(1)];
  if (names === 'camel') return [first.toLowerCase() + rest];
  const own = first.toUpperCase() + rest;
  return CAPITALS[own] === undefined ? [own] : [own, CAPITALS[own]];
}
