import { entryOf } from '../../../fields/json.js';
import type { Meaning } from '../../../fields/life-events.js';

/**
 * Actions of the vault by their name in lower case, as
 * https://docs.cyberark.com/pam-self-hosted/latest/en/content/pasref/vault%20audit%20action%20codes.htm lists them; what the Central Policy Manager does to an
 * SSH key is named as for a password, and a failure is `Failed` in entries and `Failure` in the list. A verification of the Central Policy Manager changes nothing, and
 * to delete an object takes the account out of the vault and leaves the account as it is.
 */
const ACTIONS: { readonly [action: string]: Meaning } = {
  'retrieve password': { category: 'read-secret' },
  'retrieve password (from provider)': { category: 'read-secret' },
  'retrieve ssh key': { category: 'read-secret' },
  'use password': { category: 'use' },
  'psm connect': { category: 'use' },
  'psm connect failed': { category: 'use' },
  'store password': { category: 'rotate', step: 'rotated' },
  'store ssh key': { category: 'rotate', step: 'rotated' },
  'cpm change password': { category: 'rotate', step: 'rotated' },
  'cpm reconcile password': { category: 'rotate', step: 'rotated' },
  'cpm change password failed': { category: 'rotate', step: 'failed' },
  'cpm reconcile password failed': { category: 'rotate', step: 'failed' },
  'cpm verify password': { category: 'other' },
  'cpm verify password failed': { category: 'other' },
  'cpm disable password': { category: 'update' },
  'rename file': { category: 'update' },
  'delete file': { category: 'revoke' },
  'add owner': { category: 'admin' },
  'update owner': { category: 'admin' },
  'remove owner': { category: 'admin' },
  'add safe': { category: 'admin' },
  'update safe': { category: 'admin' },
  'delete safe': { category: 'admin' },
  'add user': { category: 'admin' },
  'update user': { category: 'admin' },
  'delete user': { category: 'admin' },
  'reset user password': { category: 'admin' },
  'add/update group': { category: 'admin' },
  'add group member': { category: 'admin' },
  'remove group member': { category: 'admin' },
  logon: { category: 'authentication' },
  'user authentication': { category: 'authentication' },
  'user authentication failed': { category: 'authentication' },
  'undefined user logon': { category: 'authentication' },
};

/** What a store of a value means that the Central Policy Manager makes while it changes it: it logs the change itself as well. */
const PART_OF_CHANGE: Meaning = { category: 'rotate' };

/** Words that tell that an action which is not in the list is about a credential all the same. */
const CREDENTIAL = /\b(?:password|ssh key|secret|credentials?)\b/;
const UNKNOWN: Meaning = { category: 'other' };

/** Returns what an action means for credentials; null if it is about none. */
export function meaningOf(action: string, byManager: boolean): Meaning | null {
  const name = action.toLowerCase().replace(/ failure$/, ' failed');
  if (byManager && name.startsWith('store ')) return PART_OF_CHANGE;
  const known = entryOf(ACTIONS, name) ?? entryOf(ACTIONS, name.replace(/^(cpm \w+) ssh key/, '$1 password'));
  return known ?? (CREDENTIAL.test(name) ? UNKNOWN : null);
}

/** Users of the components, as their installation names them. */
const COMPONENTS = /^(?:PasswordManager|PVWAAppUser|PVWAGWUser|PSM[A-Za-z]*_|Prov_|AIMWebService)/;
/** What PVWA writes after the reason. */
const DONE_BY = /\s*\(Action: [^)]*\)\s*$/;

/** Returns whether a user is of a component of CyberArk: of any other, its log does not state whether it is a person. */
export function isComponent(user: string): boolean {
  return COMPONENTS.test(user);
}

/** Returns the reason that a user gave, without what PVWA writes behind it; null if there is none. */
export function reasonWithoutAction(reason: string | null): string | null {
  return reason?.replace(DONE_BY, '') || null;
}
