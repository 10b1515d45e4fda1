import { AS_OF, at, DAY, HOUR, MINUTE } from '../../shared/time.mjs';
import { useEvent } from './events.mjs';
import { sourceAddress } from './keys.mjs';
import { createNotifications } from './notifications.mjs';
import { stableUuid } from './random.mjs';
import { inHole } from './route-calls.mjs';

const BANK = 'Northbridge Bank';

const gateway = ({ environment, store, used }) =>
  environment === 'production' && store === 'kong' && used > AS_OF - 12 * DAY;
const vault = ({ environment, store }) => environment === 'production' && store === 'vault-kv';

/** Deviations that only the logs show. */
export function plantLogs(book, bank) {
  plantOrigins(book, bank);
  plantUnknownKey(book, bank);
  plantHumanReads(book, bank);
  plantPrograms(book, bank);
  plantAnomalies(book, bank);
  plantUntimed(book, bank);
  plantUnlogged(book, bank);
}

const usesOf = ({ uses }, key) => uses.filter((event) => event.key === key.id);

function plantOrigins(book, { uses }) {
  const logged = uses.filter(({ log }) => log === 'kong-gateway');
  for (const [index, event] of logged.entries())
    if (index % 29 === 0) Object.assign(event, { ip: null, workload: null });
  const why = 'the gateway log lacks the source of more than 0.5 % of its events';
  book.expect('log-five-w', 'organisation', BANK, why);
}

/** A gateway credential that works and that no inventory has. */
function plantUnknownKey(book, { keys, uses }) {
  const model = keys.find(gateway);
  const stray = { ...model, id: stableUuid('a credential nobody registered') };
  for (let day = 0; day < 9; day += 1) uses.push(useEvent(stray, AS_OF - day * DAY - 7 * HOUR));
  const why = 'the gateway accepts a credential that no inventory has';
  book.expect('inv-complete', 'organisation', BANK, why, 'critical');
}

/** People who read a secret: three as they should not, one by the break-glass procedure. Their tools are no program of the bank. */
function plantHumanReads(book, { uses }) {
  const [glass, ...others] = book.take(4, vault);
  uses.push({ ...humanRead(glass, 'rosa.ferreira'), breakGlass: true, ticket: 'INC-2026-134' });
  for (const key of others) {
    uses.push(humanRead(key, 'per.nygaard'));
    book.expect('rbac-ops-no-raw-read', 'key', key.id, 'a person read it outside break-glass');
  }
  for (const key of [glass, ...others])
    book.expectNoEvidence('gw-server-side-keys', 'key', key.id, 'read with a tool of a person');
}

function humanRead(key, name) {
  return {
    ...useEvent(key, at('2026-09-08T11:40:00Z') + (key.sourceHost % 50) * MINUTE),
    actor: `${name}@northbridge.example`,
    actorType: 'human',
    ip: sourceAddress(key),
    workload: null,
    client: null,
  };
}

/** Keys that browsers and phones use, keys of which the gateway does not always know who calls, and one that two workloads share. */
function plantPrograms(book, bank) {
  const rule = 'gw-server-side-keys';
  for (const [index, key] of book.take(3, gateway).entries()) {
    for (const event of usesOf(bank, key).slice(0, 4)) event.client = ['browser', 'mobile'][index % 2];
    book.expect(rule, 'key', key.id, 'browsers or phones use it');
  }
  const [shipped] = book.take(1, gateway);
  bank.channelFindings.push(shippedFinding(shipped));
  book.expect(rule, 'key', shipped.id, 'it is in the package of an app');
  for (const key of book.take(2, gateway)) {
    for (const event of usesOf(bank, key).slice(0, 9)) event.client = null;
    book.expectNoEvidence(rule, 'key', key.id, 'the gateway does not always say what program called');
  }
  const [shared] = book.take(1, gateway);
  for (const event of usesOf(bank, shared).slice(0, 5)) event.workload = `${event.actor}-batch`;
  book.expect('inv-not-shared', 'key', shared.id, 'the log shows two workloads that use it');
}

function shippedFinding(key) {
  const place = { id: 'NBC-1093', channel: 'client', kind: 'secret', path: 'app 6.2.1, assets/config.json' };
  return { ...place, state: 'open', reason: null, key: key.id, seen: AS_OF + 1 - 8 * DAY };
}

/** Bursts of failures and a day of many calls. One burst was taken up in time; five failures in eleven minutes are none. */
function plantAnomalies(book, bank) {
  const start = at('2026-09-16T03:10:00Z');
  const burst = (key, count, gap) => {
    for (let index = 0; index < count; index += 1) bank.uses.push(useEvent(key, start + index * gap, true));
  };
  const [open, unseen, busy, handled, slow] = book.take(5, gateway);
  for (const key of [open, unseen, handled]) burst(key, 6, MINUTE);
  burst(slow, 5, 2.75 * MINUTE);
  for (let index = 0; index < 26; index += 1) bank.uses.push(useEvent(busy, start + index * 31 * MINUTE));
  for (const key of [open, unseen, busy])
    book.expect('mon-anomaly-unhandled', 'key', key.id, 'nobody took up what its log shows');
  const incident = burstIncident(bank.incidents[11], handled, start);
  bank.incidents.push(incident);
  bank.notifications.push(...createNotifications([incident]));
}

function burstIncident(model, key, start) {
  const later = (hours) => start + hours * HOUR;
  return {
    ...model,
    id: 'INC-2026-137',
    title: 'Repeated failures of one gateway credential',
    severity: 'medium',
    kind: 'anomaly',
    keys: [key],
    detected: start + 6 * MINUTE,
    triaged: later(1),
    aware: later(1),
    classified: later(2),
    contained: later(3),
    investigated: later(20),
    remediated: later(22),
    closed: later(48),
    reviewed: later(96),
  };
}

/** Calls of which the gateway did not take the time. */
function plantUntimed(book, bank) {
  for (const key of book.take(3, gateway)) {
    for (const event of usesOf(bank, key).slice(0, 6)) event.latency = null;
    book.expect('mon-usage-baseline', 'key', key.id, 'some of its calls were not timed');
  }
}

/** Steps that the pipeline says it took, and the log of the store does not show. */
function plantUnlogged(book, { management }) {
  const logged = (key) => key.store === 'azure-kv' && rotatedLately(key);
  for (const key of book.take(5, logged)) {
    const last = management.findLastIndex((event) => event.key === key.id && event.category === 'rotate');
    management.splice(last, 1);
    book.expect('log-key-lifecycle', 'key', key.id, 'the log of its store lacks a rotation');
  }
}

const rotatedLately = ({ rotated }) => rotated > AS_OF - 80 * DAY && rotated < AS_OF - 3 * DAY;

/** What the day's calls show of single routes. */
export function plantCalls(book, { calls, routes }, pick) {
  const callsOf = (route) => calls.filter((call) => call.route === route.id);
  for (const route of pick(2)) {
    for (const call of callsOf(route).slice(5, 8)) call.urlCredential = true;
    book.expect('transport-no-cleartext-key', 'route', route.id, 'the log shows a credential in the address');
  }
  const [unexamined] = pick(1);
  for (const call of callsOf(unexamined).slice(0, 6)) call.urlCredential = null;
  book.expectNoEvidence(
    'transport-no-cleartext-key',
    'route',
    unexamined.id,
    'not every address was examined',
  );
  plantCounts(book, { calls, routes }, pick, callsOf);
}

function plantCounts(book, { calls, routes }, pick, callsOf) {
  const rule = 'log-auth-events';
  const [uncounted] = pick(1);
  const [spotless, silent] = ['prod-card-auth-v3', 'prod-sepa-instant-v3'].map((id) =>
    routes.find((route) => route.id === id),
  );
  uncounted.uncounted = 4;
  book.expect(rule, 'route', uncounted.id, 'the gateway counted more calls than the log has');
  for (const call of callsOf(silent).filter(({ at }) => inHole(at))) calls.splice(calls.indexOf(call), 1);
  book.expect(rule, 'route', silent.id, 'nothing was logged for 40 minutes of a busy day', 'low');
  for (const call of callsOf(spotless)) call.outcome = 'success';
  book.expect(rule, 'route', spotless.id, 'more than a thousand calls and not one failure');
}
