import { sha256 } from './random.mjs';
import { AS_OF, at, DAY, startOfDay } from './time.mjs';

/** Deviations of repositories, routes, incidents, vendors, logs and governance documents. */
export function plantRecords(book, bank) {
  plantLeaks(book, bank);
  plantScans(book, bank);
  plantRoutes(book, bank);
  plantIncidents(book, bank);
  plantVendors(book, bank);
  plantLogs(book, bank);
  plantDocuments(book, bank);
}

/** Secrets in source code. The words are made up and too plain for any scanner to take them for real ones. */
const LEAKS = [
  {
    repository: 0,
    file: 'deploy/values.yaml',
    line: 41,
    rule: 'generic-api-key',
    secret: 'changeme-meridian',
    inventory: true,
  },
  {
    repository: 0,
    file: 'src/test/resources/application.yml',
    line: 12,
    rule: 'generic-api-key',
    secret: 'changeme-ledger',
  },
  {
    repository: 4,
    file: 'scripts/consent-export.sh',
    line: 7,
    rule: 'generic-api-key',
    secret: 'changeme-consent',
    inventory: true,
  },
  { repository: 6, file: 'notebooks/score.ipynb', line: 188, rule: 'generic-api-key', secret: 'REDACTED' },
  {
    repository: 10,
    file: '.env.local',
    line: 3,
    rule: 'generic-api-key',
    secret: 'changeme-kyc-live',
    inventory: true,
  },
  {
    repository: 13,
    file: 'terraform/dev.tfvars',
    line: 22,
    rule: 'generic-api-key',
    secret: 'changeme-treasury',
  },
  {
    repository: 18,
    file: 'ansible/group_vars/all.yml',
    line: 64,
    rule: 'generic-api-key',
    secret: 'changeme-platform',
    inventory: true,
  },
];

/** Open findings in six repositories, some of a key the inventory knows; one set aside without saying why. */
function plantLeaks(book, { repositories, people, keys, triage }) {
  const rule = 'repo-no-hardcoded-secret';
  const retired = keys.filter(
    ({ status, environment }) => status !== 'active' && environment === 'development',
  );
  for (const [index, leak] of LEAKS.entries()) {
    const author = people[index * 3];
    const committed = at('2026-06-02T10:15:00Z') + index * 9 * DAY;
    if (leak.inventory) retired[index].fingerprint = sha256(leak.secret).slice(0, 32);
    const description =
      'Detected a Generic API Key, potentially exposing access to various services and sensitive operations.';
    repositories[leak.repository].findings.push({
      ...leak,
      author,
      committed,
      description,
      message: 'Make it run locally',
    });
  }
  for (const index of new Set(LEAKS.map(({ repository }) => repository))) {
    book.expect(rule, 'repository', repositories[index].id, 'a secret is open in its history');
  }
  const unexplained = triage.find(({ reason }) => reason === '');
  book.expect(rule, 'repository', unexplained.repository, 'a finding was set aside without a reason');
}

function plantScans(book, { repositories }) {
  const rule = 'repo-scan-coverage';
  const [late, never, partial, boundary] = [11, 14, 16, 8].map((index) => repositories[index]);
  late.scanned = AS_OF - 23 * DAY;
  book.expect(rule, 'repository', late.id, 'last scanned more than 7 days ago');
  never.scanned = Number.POSITIVE_INFINITY;
  book.expect(rule, 'repository', never.id, 'never scanned');
  partial.fullHistory = false;
  book.expect(rule, 'repository', partial.id, 'its history was never scanned as a whole');
  boundary.scanned = AS_OF - 7 * DAY;
  for (const { id } of [never, partial]) {
    book.expectNoEvidence(
      'repo-no-hardcoded-secret',
      'repository',
      id,
      'nothing found, and its history not scanned',
    );
  }
}

function plantRoutes(book, { routes }) {
  const live = book.random.shuffle(routes.filter(({ environment }) => environment === 'production'));
  const next = (count) => live.splice(0, count);
  for (const [index, route] of next(5).entries()) {
    route.tls = ['1.0', '1.1', '1.1', 'none', '1.0'][index];
    if (route.tls === 'none') route.url = route.url.replace('https:', 'http:');
    book.expect('transport-tls-min', 'route', route.id, `accepts TLS ${route.tls}`);
  }
  const [weak] = next(1);
  weak.ciphers = [...weak.ciphers, 'ECDHE-RSA-DES-CBC3-SHA'];
  book.expect('transport-tls-min', 'route', weak.id, 'accepts a weak cipher suite');
  for (const [index, route] of next(7).entries()) {
    Object.assign(route, [{ rate: 0, burst: 0 }, { quota: false }, { burst: route.rate * 8 }][index % 3]);
    book.expect(
      'gw-rate-limit',
      'route',
      route.id,
      'no limit, no quota for each key, or a burst of eight times the rate',
    );
  }
  for (const [index, route] of next(8).entries()) {
    route.alerts = index % 4 === 0 ? [] : route.alerts.filter((_, position) => position % 3 !== index % 3);
    book.expect(
      'mon-alerts-configured',
      'route',
      route.id,
      `${6 - route.alerts.length} of six alert rules missing`,
    );
  }
  const [onLimit] = next(1);
  onLimit.burst = onLimit.rate * 5;
}

function plantIncidents(book, { incidents }) {
  const [noCause, lateReview, noReview, untracked] = [2, 4, 7, 9].map((index) => incidents[index]);
  noCause.rootCause = '';
  lateReview.reviewed = lateReview.closed + 45 * DAY;
  noReview.reviewed = Number.POSITIVE_INFINITY;
  untracked.tracked = false;
  const why = {
    noCause: 'no root cause',
    lateReview: 'reviewed 45 days after it closed',
    noReview: 'never reviewed',
    untracked: 'actions not tracked',
  };
  for (const [name, incident] of Object.entries({ noCause, lateReview, noReview, untracked })) {
    book.expect('ir-record-complete', 'incident', incident.id, why[name]);
  }
}

/** Two partners who kept a key after the end, and one nobody has looked at for more than a year. */
function plantVendors(book, { vendors, keys }) {
  const rule = 'vendor-access-offboarded';
  const byId = new Map(vendors.map((vendor) => [vendor.id, vendor]));
  const ashdown = byId.get('V-1016');
  keys.find(({ vendor }) => vendor === ashdown.id).revoked = ashdown.terminated + 6 * DAY;
  book.expect(rule, 'vendor', ashdown.id, 'one of its keys was revoked six days after the end');
  book.expect(rule, 'vendor', KEPT_BY, 'two of its keys are still active');
  const [forgotten, boundary] = [byId.get('V-1007'), byId.get('V-1010')];
  forgotten.reviewed = startOfDay(AS_OF) - 403 * DAY;
  book.expect(rule, 'vendor', forgotten.id, 'not reviewed for more than a year');
  boundary.reviewed = startOfDay(AS_OF) - 365 * DAY;
}

/** The partner that left and kept two keys. */
const KEPT_BY = 'V-1015';

/** Gives the departed partner two keys that work. */
export function plantKeptKeys(book) {
  for (const key of book.take(2, ({ store, tier }) => store === 'vault-kv' && tier === 'low'))
    key.vendor = KEPT_BY;
}

function plantLogs(book, { uses }) {
  const gateway = uses.filter(({ log }) => log === 'kong-gateway');
  for (const [index, event] of gateway.entries())
    if (index % 29 === 0) Object.assign(event, { ip: null, workload: null });
  book.expect(
    'log-five-w',
    'organisation',
    'Northbridge Bank',
    'the gateway log lacks the source of more than 0.5 % of its events',
  );
}

function plantDocuments(book, { attestations }) {
  attestations[1].topics = attestations[1].topics.filter((topic) => topic !== 'token-lifetime');
  book.expect(
    'gov-policy-current',
    'organisation',
    'Northbridge Bank',
    'no current policy covers the lifetime of tokens',
  );
}
