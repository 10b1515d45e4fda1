import type { Assessment, JoinCount } from '../../model/index.js';
import { formatCount } from '../../text/format.js';
import { groupBy } from '../../text/group-by.js';
import { RECORD_WORDS } from '../../text/record-words.js';

const RULE_WORDS: { readonly [R in JoinCount['rule']]: string } = {
  id: 'id of the key',
  alias: 'another name that its record states',
  name: 'display name',
  'arn-without-suffix': 'ARN of a secret without the six characters at its end',
  'secret-name': 'name of a secret of AWS, its ARN without account and end',
  'same-key': 'id of another inventory record of the same key',
  'access-key-id': 'access key id, proved by its user and the time it was created',
  replica: 'ARN of a replica of the secret in another Region',
  'google-project':
    'Google resource name with the other name of its project, its number or id, that a record proves',
  ambiguous: 'not joined: the name fits several keys',
  unknown: 'not joined: no key of the inventory has the name',
};

/** A rule by which records were joined to keys, as printed. */
export type JoinLine = { rule: string; records: string };

/** Returns by which rules records were joined to keys, a line a rule with the records of each kind. */
export function joinLines({ joins = [] }: Pick<Assessment, 'joins'>): JoinLine[] {
  const byRule = groupBy(joins, ({ rule }) => rule);
  return (Object.keys(RULE_WORDS) as JoinCount['rule'][]).flatMap((rule) => {
    const counts = byRule.get(rule) ?? [];
    const records = counts
      .map((count) => `${RECORD_WORDS[count.kind]}: ${formatCount(count.records)}`)
      .join(', ');
    return counts.length === 0 ? [] : [{ rule: RULE_WORDS[rule], records }];
  });
}
