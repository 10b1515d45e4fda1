import { AS_OF, DAY, HOUR, MINUTE } from '../../shared/time.mjs';
import { sourceAddress } from './keys.mjs';
import { stableUuid } from './random.mjs';

const BANK = 'Northbridge Bank';

/** Deviations that show in what a call touched, what answered it, and what a key is still needed for. */
export function plantPractice(book, bank) {
  plantUnusedScopes(book, bank);
  plantBreadth(book, bank);
  plantUnlistedRoute(book, bank);
  plantRefusals(book, bank);
  plantDetection(book, bank);
  plantNeedReviews(book);
  plantStranger(book, bank);
  plantUnloggedRights(book, bank);
}

/** A program without a right that reads a secret, and so makes it a shared one. */
function plantStranger(book, { uses }) {
  const read = (key) =>
    key.store === 'vault-kv' &&
    key.environment === 'production' &&
    uses.some((event) => event.key === key.id);
  const [key] = book.take(1, read);
  const model = uses.find((event) => event.key === key.id);
  const { actor, workload } = uses.find(
    (event) => event.actor?.endsWith('-prod') && !key.workloads.includes(event.actor),
  );
  uses.push({ ...model, ...later(key, AS_OF - 20 * DAY), actor, workload, status: undefined });
  book.expect('access-readers-approved', 'key', key.id, 'a program without a right read its secret');
  book.expect('inv-not-shared', 'key', key.id, 'the log shows two workloads that use it');
}

/** Rights whose giving no log shows. */
function plantUnloggedRights(book, { management }) {
  const given = management.filter(({ action, log }) => action === 'grant.add' && log === 'azure-kv-audit');
  for (const event of given.slice(0, 2)) {
    management.splice(management.indexOf(event), 1);
    book.expect('log-grant-changes', 'key', event.key, 'no log shows that a right on it was given');
  }
}

/** Gateway keys with many calls, each of which states route, account and scopes. */
const measured = (uses) => (key) =>
  key.store === 'kong' && uses.filter((event) => event.key === key.id && event.route).length > 30;

function plantUnusedScopes(book, { uses }) {
  const several = (key) => measured(uses)(key) && key.scopes?.length > 1;
  for (const key of book.take(2, several)) {
    for (const event of uses) if (event.key === key.id) event.scopes = key.scopes.slice(0, 1);
    book.expect('access-scopes-used', 'key', key.id, 'no call uses all the scopes that it holds');
  }
  const [wide] = book.take(1, measured(uses));
  uses.findLast((event) => event.key === wide.id && event.outcome === 'success').scopes = ['ledger:export'];
  book.expect('access-scopes-used', 'key', wide.id, 'a call used a scope that it does not hold');
}

/** Two keys that one afternoon ask for accounts and for routes as never before. */
function plantBreadth(book, { uses, routes }) {
  const start = AS_OF - 20 * DAY;
  const [stuffing, scanning] = book.take(2, measured(uses));
  const [model, other] = [stuffing, scanning].map((key) => uses.find((event) => event.key === key.id));
  for (let n = 0; n < 24; n += 1)
    uses.push({ ...model, ...later(stuffing, start + n * 11 * MINUTE), account: `acct-guess-${n}` });
  const live = routes.filter(
    ({ status, environment, busy }) => status === 'active' && environment === 'production' && !busy,
  );
  for (const [n, route] of live.slice(0, 12).entries())
    uses.push({ ...other, ...later(scanning, start + n * 11 * MINUTE), route: route.id });
  for (const key of [stuffing, scanning])
    book.expect('mon-key-breadth', 'key', key.id, 'it touched far more than before, and nobody took it up');
  book.expect('mon-anomaly-unhandled', 'key', stuffing.id, 'nobody took up a day of many calls');
}

const later = (key, at) => ({
  id: stableUuid(`breadth ${key.id} ${at}`),
  at,
  outcome: 'success',
  status: 200,
  ip: sourceAddress(key),
});

/** A route that answers, and that the list of the gateway lacks. */
function plantUnlistedRoute(book, { calls }) {
  const model = calls.find(({ outcome }) => outcome === 'success');
  for (let n = 0; n < 7; n += 1)
    calls.push({
      ...model,
      id: stableUuid(`unlisted ${n}`),
      at: model.at + n * HOUR,
      route: 'prod-refunds-internal-v1',
    });
  book.expect('inv-routes-complete', 'organisation', BANK, 'calls reach a route that no list has');
}

/** A route that refuses a third of its calls. */
function plantRefusals(book, { calls, uses, routes }) {
  const quiet = ({ id, environment, status, busy }) =>
    environment === 'production' && status === 'active' && !busy && !uses.some((event) => event.route === id);
  const route = routes.find(quiet);
  const own = calls.filter((call) => call.route === route.id);
  for (const call of own.slice(0, Math.ceil(own.length / 3)))
    Object.assign(call, { outcome: 'failure', status: 429 });
  book.expect('mon-refused-calls', 'route', route.id, 'its limit refuses a third of the calls');
}

function plantDetection(book, { routes }) {
  const live = routes.filter(
    ({ status, environment, busy }) => status === 'active' && environment === 'production' && !busy,
  );
  const [off, unsaid] = live.slice(-2);
  off.inline = false;
  book.expect('gw-inline-detection', 'route', off.id, 'the gateway does not look for anomalies first');
  unsaid.inline = null;
  book.expectNoEvidence('gw-inline-detection', 'route', unsaid.id, 'not stated whether it looks for them');
}

function plantNeedReviews(book) {
  const old = (key) => key.store === 'vault-kv' && key.created < AS_OF - 200 * DAY;
  for (const key of book.take(2, old)) {
    key.needReviewed = AS_OF - 130 * DAY;
    book.expect('access-key-reviewed', 'key', key.id, 'its need was last reviewed 130 days ago');
  }
}
