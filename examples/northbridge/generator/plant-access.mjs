import { AS_OF, DAY, HOUR, QUARTER_START } from '../../shared/time.mjs';
import { grant } from './grants.mjs';
import { rotationTimes, setRotated } from './keys.mjs';
import { production } from './picks.mjs';
import { isStepwise } from './rotations.mjs';

/** Keys that leavers could reach: most replaced in time, some not. */
export function plantLeavers(book, people, grants) {
  const leavers = people.filter(({ status }) => status === 'left');
  for (const leaver of leavers) {
    for (const key of book.take(5, reachable(leaver))) replacedInTime(book, key, leaver, grants);
    if (leaver.departed >= QUARTER_START) {
      for (const key of book.take(3, reachable(leaver))) notReplaced(book, key, leaver, grants);
    } else {
      for (const key of book.take(1, reachable(leaver))) keptAccess(book, key, leaver, grants);
    }
  }
  const [late] = leavers.filter(({ departed }) => departed >= QUARTER_START);
  for (const key of book.take(4, reachable(late))) takenAwayBefore(book, key, late, grants);
}

/** A key the leaver worked with, that no schedule replaced in the days after the departure. */
function reachable(leaver) {
  const role = leaver.roles[0];
  return (key) =>
    (role === 'developer') !== production(key) &&
    ['vault-kv', 'kong', 'azure-kv'].includes(key.store) &&
    !rotationTimes(key).some((time) => withinDays(time, leaver.departed, 2));
}

const withinDays = (time, start, days) => time >= start && time <= start + days * DAY;

function held(book, key, leaver, grants) {
  const given = grant(key, { principal: leaver.id, role: leaver.roles[0], action: 'read' }, book.random);
  Object.assign(given, { granted: leaver.departed - 40 * DAY, approved: leaver.departed - 41 * DAY });
  Object.assign(given, { removed: leaver.departed, reviewed: leaver.departed - 20 * DAY });
  grants.push(given);
  return given;
}

/** Replaced within hours; where the log has one step for a rotation, also after 24 hours to the second. */
function replacedInTime(book, key, leaver, grants) {
  held(book, key, leaver, grants);
  const replaced = leaver.departed + book.random.pick(isStepwise(key) ? [2, 9] : [2, 9, 24]) * HOUR;
  key.emergencyRotations = [replaced];
  if (replaced > key.rotated) setRotated(key, replaced);
}

function notReplaced(book, key, leaver, grants) {
  held(book, key, leaver, grants);
  key.skipped = (time) => withinDays(time, leaver.departed, 2);
  const why = `${leaver.name} could read it and left; not replaced within 24 hours`;
  book.expect('emergency-rotate-departure', 'key', key.id, why);
}

/** Replaced in time, but the grant of the leaver is still there. */
function keptAccess(book, key, leaver, grants) {
  replacedInTime(book, key, leaver, grants);
  grants.at(-1).removed = null;
  grants.at(-1).reviewed = AS_OF - 30 * DAY;
  book.expect('emergency-rotate-departure', 'key', key.id, `${leaver.name} left and still holds a grant`);
  if (production(key)) noteOperatorRead(book, key, leaver);
}

/** Somebody who runs systems can read a production key. */
function noteOperatorRead(book, key, { name }) {
  book.expect(
    'access-personnel-limited',
    'key',
    key.id,
    `${name} can read it and has no role that calls for it`,
  );
  book.expect('rbac-ops-no-raw-read', 'key', key.id, `${name}, who runs systems, can read it`);
}

/** Access ended weeks before the last day: nothing had to be replaced. */
function takenAwayBefore(book, key, leaver, grants) {
  held(book, key, leaver, grants).removed = leaver.departed - 15 * DAY;
}

/** Grants the quarterly review did not cover. */
export function plantReviews(book, grants) {
  const rule = 'access-review-periodic';
  const ofKey = (key) => grants.filter((entry) => entry.key === key);
  for (const key of book.take(15)) {
    ofKey(key)[0].reviewed = AS_OF - book.random.int(94, 300) * DAY;
    book.expect(rule, 'key', key.id, 'last reviewed more than 92 days ago');
  }
  for (const key of book.take(2)) ofKey(key)[0].reviewed = AS_OF - 92 * DAY;
  for (const key of book.take(3, (key) => ofKey(key)[0].granted < AS_OF - 200 * DAY)) {
    ofKey(key)[0].previous = ofKey(key)[0].reviewed - 100 * DAY;
    book.expect(rule, 'key', key.id, 'in order at the end, and for a week of the quarter without a review');
  }
  for (const key of book.take(7)) {
    Object.assign(ofKey(key)[0], { decision: 'none', reviewer: null });
    book.expect(rule, 'key', key.id, 'the reviewer left the decision blank');
  }
}

/** Developers who can reach production; two others cannot: one grant was taken away, one denies. */
export function plantDevelopers(book, people, grants) {
  const developers = people.filter(({ roles, status }) => roles[0] === 'developer' && status === 'active');
  const actions = ['read', 'use', 'rotate', 'create', 'read'];
  for (const [index, developer] of developers.slice(0, 5).entries()) {
    const { key } = give(book, grants, developer, actions[index]);
    if (actions[index] === 'read')
      book.expect('access-personnel-limited', 'key', key.id, 'a developer can read it');
    const why = `${developer.name}, a developer, may ${actions[index]} a production key`;
    book.expect('rbac-dev-no-prod', 'principal', developer.id, why);
  }
  const ended = give(book, grants, developers[8], 'use');
  ended.removed = AS_OF - 45 * DAY;
  const why = `${developers[8].name}, a developer, might use a production key until some weeks ago`;
  book.expect('rbac-dev-no-prod', 'principal', developers[8].id, why);
  give(book, grants, developers[6], 'read').removed = AS_OF - 100 * DAY;
  give(book, grants, developers[7], 'read').effect = 'deny';
}

function give(book, grants, developer, action) {
  const [key] = book.take(1, production);
  const given = grant(key, { principal: developer.id, role: 'developer', action }, book.random);
  grants.push(given);
  return given;
}
