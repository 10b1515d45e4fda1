import { AS_OF, DAY, startOfDay } from '../../shared/time.mjs';
import { plantCalls } from './plant-logs.mjs';

const partner = ({ vendor }) => vendor !== '';
const external = (route) => route.external;

/** Deviations of routes: protection, callers, configuration, and what a day of calls shows. */
export function plantRoutes(book, bank) {
  plantProtection(book, drawer(book, bank));
  plantChannels(book, drawer(book, bank));
  plantCalls(book, bank, drawer(book, bank));
  plantPartners(book, drawer(book, bank));
  plantClients(book, drawer(book, bank));
  plantConfiguration(book, bank, drawer(book, bank));
}

/** Draws live production routes, none twice. */
function drawer(book, { routes }) {
  const live = book.random.shuffle(
    routes.filter(
      ({ environment, status, busy }) => environment === 'production' && status === 'active' && !busy,
    ),
  );
  return (count, fits = () => true) => {
    const drawn = live.filter(fits).slice(0, count);
    if (drawn.length < count) throw new Error(`only ${drawn.length} of ${count} routes fit`);
    for (const route of drawn) live.splice(live.indexOf(route), 1);
    return drawn;
  };
}

function plantProtection(book, next) {
  for (const [index, route] of next(5).entries()) {
    route.tls = ['1.0', '1.1', '1.1', 'none', '1.0'][index];
    if (route.tls === 'none') route.url = route.url.replace('https:', 'http:');
    book.expect('transport-tls-min', 'route', route.id, `accepts TLS ${route.tls}`);
    if (route.tls === 'none')
      book.expect('transport-no-cleartext-key', 'route', route.id, 'reached in clear text');
  }
  const [weak] = next(1);
  weak.ciphers = [...weak.ciphers, 'ECDHE-RSA-DES-CBC3-SHA'];
  book.expect('transport-tls-min', 'route', weak.id, 'accepts a weak cipher suite');
  for (const [index, route] of next(7).entries()) {
    Object.assign(route, [{ rate: 0, burst: 0 }, { quota: false }, { burst: route.rate * 8 }][index % 3]);
    const why = 'no limit, no quota for each key, or a burst of eight times the rate';
    book.expect('gw-rate-limit', 'route', route.id, why);
  }
  for (const [index, route] of next(8).entries()) {
    route.alerts = index % 4 === 0 ? [] : route.alerts.filter((_, position) => position % 3 !== index % 3);
    const why = `${6 - route.alerts.length} of six alert rules missing`;
    book.expect('mon-alerts-configured', 'route', route.id, why);
  }
  const [onLimit] = next(1);
  onLimit.burst = onLimit.rate * 5;
}

function plantChannels(book, next) {
  const ways = [{ credentialIn: 'query' }, { keyDelivery: 'mail' }, { keyDelivery: 'chat' }];
  for (const [index, route] of next(3).entries()) {
    Object.assign(route, ways[index]);
    book.expect('transport-no-cleartext-key', 'route', route.id, 'keys in the address, in mail or in a chat');
  }
  const [encrypted] = next(1);
  encrypted.keyDelivery = 'encrypted-mail';
}

/** Tokens and certificates of partners, with the longest lifetimes that are still in order. */
function plantPartners(book, next) {
  const rule = 'auth-short-lived-token';
  const ways = [{ auth: 'api-key' }, { auth: 'static-key' }, { ttl: 86_400 }, { refresh: 180 }];
  for (const [index, route] of next(4, partner).entries()) {
    Object.assign(route, ways[index]);
    book.expect(rule, 'route', route.id, 'a static key, or tokens that live too long');
  }
  const [longest, unsaid] = next(2, partner);
  Object.assign(longest, { ttl: 3600, refresh: 90 });
  unsaid.ttl = null;
  book.expectNoEvidence(rule, 'route', unsaid.id, 'not stated how long its tokens live');
  plantProofs(book, next);
}

function plantProofs(book, next) {
  const rule = 'transport-mtls-partner';
  const open = { external: true, mtls: false };
  const [bare, bound] = next(2, (route) => partner(route) && !route.tpp);
  Object.assign(bare, open, { binding: 'none' });
  book.expect(rule, 'route', bare.id, 'neither mutual TLS nor a bound token');
  Object.assign(bound, open, { binding: 'dpop' });
  const [expired, roleless, unsaid, today] = next(4, ({ tpp }) => tpp);
  Object.assign(expired, { external: true, certificateExpires: startOfDay(AS_OF) - 4 * DAY });
  Object.assign(roleless, { external: true, certificateRoles: [] });
  for (const route of [expired, roleless])
    book.expect(
      rule,
      'route',
      route.id,
      'the certificate of third-party providers has expired or has no role',
    );
  Object.assign(unsaid, { external: true, certificateExpires: null });
  book.expectNoEvidence(rule, 'route', unsaid.id, 'not stated when the certificate expires');
  Object.assign(today, { external: true, certificateExpires: startOfDay(AS_OF) });
}

function plantClients(book, next) {
  const rule = 'gw-client-tokens-distinct';
  const [same, none, beyond] = next(3, external);
  same.clientCredential = same.upstreamCredential;
  none.clientCredential = '';
  beyond.clientScopes = [...beyond.clientScopes, 'admin:export'];
  for (const route of [same, none, beyond])
    book.expect(
      rule,
      'route',
      route.id,
      'clients hold the credential behind the gateway, none, or more scopes',
    );
  const [unsaid] = next(1, external);
  unsaid.clientScopes = null;
  book.expectNoEvidence(rule, 'route', unsaid.id, 'not stated what the credential of clients may do');
}

function plantConfiguration(book, { changes }, next) {
  const validation = 'gw-request-validation';
  for (const [index, route] of next(3).entries()) {
    if (index < 2) route.validation = false;
    else route.fields = [...route.fields, 'customer.tax_id'];
    book.expect(validation, 'route', route.id, 'no validation, or a field that nobody approved');
  }
  const [unsaid, wide] = next(2);
  unsaid.approvedFields = null;
  book.expectNoEvidence(validation, 'route', unsaid.id, 'not stated which fields are approved');
  wide.approvedFields = ['id', 'status', `${wide.fields[2].split('.')[0]}.*`];
  plantDrift(book, changes, next);
}

function plantDrift(book, changes, next) {
  const rule = 'gw-config-governed';
  const [first, second, untold, lost] = next(4);
  for (const route of [first, second]) route.config = route.baseline.replace(/^......../, 'd41f7d41');
  untold.ticket = '';
  changes.splice(
    changes.findIndex(({ id }) => id === lost.ticket),
    1,
  );
  const [past] = next(1, external);
  past.behindGateway = false;
  for (const route of [first, second, untold, lost, past])
    book.expect(rule, 'route', route.id, 'drifted, changed without a ticket, or reachable past the gateway');
  const [unsaid] = next(1);
  unsaid.baseline = null;
  book.expectNoEvidence(rule, 'route', unsaid.id, 'not stated which configuration was approved');
}
