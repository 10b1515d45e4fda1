import { AS_OF, at, DAY, HOUR } from '../../shared/time.mjs';
import { sha256 } from './random.mjs';

/** Deviations of repositories: secrets in them, scans, hooks and ignore files. */
export function plantRepositories(book, bank) {
  plantLeaks(book, bank);
  plantScans(book, bank);
  plantGuards(book, bank);
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
  {
    repository: 19,
    file: 'public/js/try-it.min.js',
    line: 1,
    rule: 'generic-api-key',
    secret: 'changeme-portal',
  },
];

/** When the secret of a leak was committed. */
const committedAt = (index) => at('2026-06-02T10:15:00Z') + index * 9 * DAY;

/**
 * The keys behind four of the leaks: two revoked within hours, one after nine days, one still at work. Their secrets are the ones
 * that the scanner found.
 */
export function plantLeakedKeys(book, keys) {
  const stores = ['vault-kv', 'kong'];
  const gone = keys.filter(
    ({ status, environment, store, vendor }) =>
      status !== 'active' && environment === 'development' && stores.includes(store) && vendor === null,
  );
  const known = LEAKS.map((leak, index) => ({ ...leak, index })).filter(({ inventory }) => inventory);
  const delays = [5 * HOUR, 20 * HOUR, 9 * DAY];
  for (const [place, { index, secret }] of known.slice(0, 3).entries())
    leakedAndRevoked(gone[place], { secret, committed: committedAt(index), delay: delays[place] });
  const { index, secret } = known[3];
  const unchanged = ({ tier, environment, store, rotated }) =>
    tier === 'low' && environment === 'development' && store === 'vault-kv' && rotated < committedAt(index);
  book.take(1, unchanged)[0].fingerprint = sha256(secret).slice(0, 32);
}

function leakedAndRevoked(key, { secret, committed, delay }) {
  const revoked = committed + delay;
  Object.assign(key, {
    revoked,
    rotated: committed - 60 * DAY,
    used: committed - 2 * DAY,
    expires: revoked + 10 * DAY,
  });
  key.created = Math.min(key.created, key.rotated - DAY);
  key.fingerprint = sha256(secret).slice(0, 32);
}

/** Open findings in seven repositories, some of a key the inventory knows, one in what browsers get; one set aside without saying why. */
function plantLeaks(book, { repositories, people, triage }) {
  const rule = 'repo-no-hardcoded-secret';
  for (const [index, leak] of LEAKS.entries()) {
    const author = people[index * 3];
    const description =
      'Detected a Generic API Key, potentially exposing access to various services and sensitive operations.';
    repositories[leak.repository].findings.push({
      ...leak,
      author,
      committed: committedAt(index),
      description,
      message: 'Make it run locally',
    });
  }
  for (const index of new Set(LEAKS.map(({ repository }) => repository))) {
    book.expect(rule, 'repository', repositories[index].id, 'a secret is open in its history');
  }
  const unexplained = triage.find(({ reason }) => reason === '');
  book.expect(rule, 'repository', unexplained.repository, 'a finding was set aside without a reason');
  noteRevocations(book, repositories);
}

/** What became of the leaked keys; of most findings nobody can say which key they are. */
function noteRevocations(book, repositories) {
  const rule = 'repo-leak-revoked';
  const [late, never] = [10, 18].map((index) => repositories[index]);
  book.expect(rule, 'repository', late.id, 'a leaked key was revoked after nine days', 'high');
  book.expect(rule, 'repository', never.id, 'a leaked key is still at work', 'high');
  for (const index of [0, 6, 13, 19, 7, 9, 17])
    book.expectNoEvidence(rule, 'repository', repositories[index].id, 'nobody knows which key was found');
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
  for (const rule of ['repo-no-hardcoded-secret', 'repo-leak-revoked'])
    for (const { id } of [never, partial])
      book.expectNoEvidence(rule, 'repository', id, 'nothing found, and its history not scanned');
}

/** What keeps secrets out of repositories: hooks, push protection and the ignore file. */
function plantGuards(book, { repositories }) {
  const [open, unsaid, hooked, tracked, narrow, blank] = [1, 12, 15, 10, 17, 19].map(
    (index) => repositories[index],
  );
  Object.assign(open, { hook: false, pushProtection: false });
  book.expect('repo-precommit-scanning', 'repository', open.id, 'neither a hook nor push protection');
  Object.assign(unsaid, { hook: false, pushProtection: null });
  const why = 'not stated whether pushes are protected';
  book.expectNoEvidence('repo-precommit-scanning', 'repository', unsaid.id, why);
  hooked.pushProtection = false;
  tracked.sensitive = ['.env.example', '.env.local'];
  book.expect('repo-env-ignored', 'repository', tracked.id, 'tracks an environment file');
  narrow.ignored = ['node_modules/', '/.env', '*.pem', '*.p12'];
  book.expect(
    'repo-env-ignored',
    'repository',
    narrow.id,
    'ignores environment files in its first folder only',
  );
  blank.ignored = null;
  book.expectNoEvidence('repo-env-ignored', 'repository', blank.id, 'not stated what it ignores');
}
