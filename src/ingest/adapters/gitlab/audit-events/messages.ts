import type { Meaning } from '../../../fields/life-events.js';

/** What a message of GitLab says of a token. */
export type TokenMessage = {
  /** What it means for credentials. */
  meaning: Meaning;
  /** Id of the token; null if the message names none. */
  token: string | null;
  /** Whether it was done or only attempted. */
  outcome: 'success' | 'failure';
};

const TOKEN = '(?:personal|project|group)(?: access)? token';
const ID = '(?:token_)?id:? (\\d+)';

type Rule = readonly [message: RegExp, meaning: Meaning, outcome: TokenMessage['outcome']];

/** Messages as GitLab writes them; a rotation is a revocation and a creation. */
const RULES: readonly Rule[] = [
  [new RegExp(`^Created ${TOKEN} with ${ID}`), { category: 'create', step: 'created' }, 'success'],
  [
    new RegExp(`^(?:Revoked|Deleted) ${TOKEN} with ${ID}`),
    { category: 'revoke', step: 'revoked' },
    'success',
  ],
  [new RegExp(`^Attempted to revoke ${TOKEN} with ${ID}`), { category: 'revoke' }, 'failure'],
  [new RegExp(`^Attempted to create ${TOKEN} but failed`), { category: 'create' }, 'failure'],
];

/** Returns what a message says of a token; null if it is about none. */
export function tokenMessage(text: string): TokenMessage | null {
  for (const [message, meaning, outcome] of RULES) {
    const found = message.exec(text);
    if (found) return { meaning, token: found[1] ?? null, outcome };
  }
  return null;
}

const TYPES: readonly (readonly [type: RegExp, meaning: Meaning, outcome: TokenMessage['outcome']])[] = [
  [/^(?:group_)?deploy_token_created$/, { category: 'create' }, 'success'],
  [/^(?:group_)?deploy_token_(?:revoked|destroyed)$/, { category: 'revoke' }, 'success'],
  [/^(?:group_)?deploy_token_creation_failed$/, { category: 'create' }, 'failure'],
  [/^ci_variable_created$/, { category: 'create' }, 'success'],
  [/^ci_variable_updated$/, { category: 'update' }, 'success'],
  [/^ci_variable_deleted$/, { category: 'revoke' }, 'success'],
];

/** Returns what a type of event means for a credential whose id it does not name; null if it is about none. */
export function typeMeaning(type: string): TokenMessage | null {
  const found = TYPES.find(([pattern]) => pattern.test(type));
  return found ? { meaning: found[1], token: null, outcome: found[2] } : null;
}
