import type { Assessment, FollowUp } from '../../model/index.js';

/** What people wrote about a row; absent if they wrote nothing. */
export type Followed = { followUp?: FollowUp };

/** Returns a function that gives what people wrote about the row of an ID, whatever list the row is in. */
export function entriesOf({ followUps = [] }: Pick<Assessment, 'followUps'>): (id: string) => Followed {
  const entries = new Map(followUps.map((one) => [one.id, one]));
  return (id) => {
    const followUp = entries.get(id);
    return followUp === undefined ? {} : { followUp };
  };
}
