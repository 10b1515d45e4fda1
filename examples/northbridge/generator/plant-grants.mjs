import { AS_OF, DAY, HOUR } from '../../shared/time.mjs';
import { grant } from './grants.mjs';
import { production } from './picks.mjs';

/** Not in the identity provider's campaign, whose export says nothing of approvals. */
const listed = ({ store }) => ['vault-kv', 'azure-kv', 'kong'].includes(store);

const live = (key) => production(key) && listed(key);

/** Deviations of who may do what with a key, and of how that was approved. */
export function plantGrants(book, people, grants) {
  const named = (name) => people.find(({ id }) => id.startsWith(`${name}.`));
  const give = (key, person, action, facts = {}) => {
    const given = grant(key, { principal: person.id, role: person.roles[0], action }, book.random);
    grants.push(Object.assign(given, facts));
    return given;
  };
  plantApprovals(book, grants);
  plantReaders(book, named, give);
  plantUnsaid(book, named, give);
  plantPairs(book, named, give);
  plantKekAdmins(book, grants);
}

/** What can be wrong with an approval, and what it looks like in the record. */
const DEFECTS = [
  ['nobody asked for a ticket', 3, () => ({ ticket: '' })],
  ['the ticket is nowhere to be found', 2, () => ({ ticketLost: true })],
  ['the ticket was rejected', 1, () => ({ ticketRejected: true })],
  ['approved by whoever asked', 2, ({ requestedBy }) => ({ approvedBy: requestedBy })],
  ['approved by whoever holds it', 2, ({ principal }) => ({ approvedBy: principal })],
  ['approved days after it was granted', 2, ({ granted }) => ({ approved: granted + 2 * DAY })],
  ['another action was approved', 2, () => ({ approvedActions: ['audit'] })],
  ['nobody said what it is needed for', 2, () => ({ justification: '' })],
];

function plantApprovals(book, grants) {
  const first = (key) => grants.find((entry) => entry.key === key);
  for (const [why, count, defect] of DEFECTS) {
    for (const key of book.take(count, listed)) {
      Object.assign(first(key), defect(first(key)));
      book.expect('access-approved-justified', 'key', key.id, why);
    }
  }
  for (const key of book.take(2, listed)) first(key).approved = first(key).granted;
}

function plantReaders(book, named, give) {
  const rule = 'access-personnel-limited';
  const team = ['rosa', 'samir', 'sanna', 'tariq'].map(named);
  for (const key of book.take(2, live)) {
    for (const person of team) give(key, person, 'read');
    book.expect(rule, 'key', key.id, 'four people can read it');
  }
  const [three, owner, operator, glass] = book.take(4, live);
  for (const person of team.slice(1)) give(three, person, 'read');
  give(owner, named('zelda'), 'read');
  book.expect(rule, 'key', owner.id, 'a product owner can read it');
  give(operator, named('mirela'), 'read');
  book.expect(rule, 'key', operator.id, 'somebody who deploys can read it');
  book.expect('rbac-ops-no-raw-read', 'key', operator.id, 'somebody who deploys can read it');
  give(glass, named('paloma'), 'read', { breakGlass: true });
}

/** The entitlement system lost what two rights allow. */
function plantUnsaid(book, named, give) {
  for (const key of book.take(2, live)) {
    give(key, named('theo'), null, { approvedActions: ['use'] });
    for (const rule of OF_ACTION)
      book.expectNoEvidence(rule, 'key', key.id, 'not stated what a right allows');
  }
}

/** Not sod-create-deploy: nobody else may create or deploy these keys, so no right could make a pair. */
const OF_ACTION = ['access-approved-justified', 'access-personnel-limited', 'rbac-ops-no-raw-read'];

/** One person who may both create and deploy: now, and until some weeks ago; a third gave one right up before taking the other. */
function plantPairs(book, named, give) {
  const [now, before, apart] = book.take(3, live);
  const span = (from, to) => ({
    granted: AS_OF - from * DAY,
    approved: AS_OF - from * DAY - HOUR,
    removed: to,
  });
  give(now, named('noor'), 'create', span(200, null));
  give(now, named('noor'), 'deploy', span(120, null));
  give(before, named('nils'), 'create', span(180, AS_OF - 40 * DAY));
  give(before, named('nils'), 'deploy', span(90, null));
  for (const key of [now, before])
    book.expect('sod-create-deploy', 'key', key.id, 'one person may create and deploy it, or might');
  give(apart, named('otto'), 'create', span(180, AS_OF - 70 * DAY));
  give(apart, named('otto'), 'deploy', span(60, null));
}

/** Whoever administers the wrapping key can read what it wraps. */
function plantKekAdmins(book, grants) {
  const reader = (key) =>
    grants.find((entry) => entry.key === key && entry.action === 'read' && !entry.removed);
  for (const key of book.take(2, (key) => key.encrypted === true && reader(key))) {
    key.kekAdmins = [...key.kekAdmins, reader(key).principal];
    book.expect('storage-kek-separated', 'key', key.id, 'an administrator of the wrapping key can read it');
  }
}
