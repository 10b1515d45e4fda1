import { AS_OF, at, DAY, HOUR } from '../../shared/time.mjs';

const BANK = 'Northbridge Bank';

/** Deviations of documents, logs and their keeping, controls that run again and again, findings and people. */
export function plantOrganisation(book, bank) {
  const planted = (rule, why) => book.expect(rule, 'organisation', BANK, why);
  plantDocuments(planted, bank);
  plantLogKeeping(planted, bank);
  plantControls(planted, bank);
  plantFindings(planted, bank);
  plantRegister(planted, bank);
  plantTraining(planted, bank);
}

function plantDocuments(planted, { attestations }) {
  const of = (rule) => attestations.findLast((document) => document.rule === rule);
  const without = (rule, field, word) => {
    of(rule)[field] = of(rule)[field].filter((one) => one !== word);
  };
  without('gov-policy-current', 'topics', 'token-lifetime');
  planted('gov-policy-current', 'no current policy covers the lifetime of tokens');
  const analysis = of('rotation-tra-documented');
  analysis.values = analysis.values.filter((value) => !value.startsWith('low='));
  planted('rotation-tra-documented', 'the analysis gives no interval for keys of the low tier');
  without('ir-playbook-keys', 'contacts', 'executive');
  planted('ir-playbook-keys', 'the playbook names no contact in the board');
  of('ir-tabletop').held = at('2025-09-04');
  planted('ir-tabletop', 'the last exercise took place more than a year ago');
  of('rbac-security-revoke').held = at('2026-02-10');
  planted('rbac-security-revoke', 'revocation was last tested more than 180 days ago');
  of('gov-independent-assessment').openHigh = 2;
  planted('gov-independent-assessment', 'two serious findings of the assessors are open');
  of('gov-reg-watch').held = at('2026-06-02');
  planted('gov-reg-watch', 'nobody has looked at the rules for a quarter and more');
}

/** One clock runs off and one is at its limit; administrators can delete what the gateway logged, and soon it cannot be searched. */
function plantLogKeeping(planted, { logSources }) {
  const of = (name) => logSources.find(({ log }) => log === name);
  of('azure-kv-audit').skew = 9200;
  planted('log-time-sync', 'the clock of one log is nine seconds off');
  of('kong-gateway').deleters = ['platform-administrators'];
  planted('log-integrity', 'administrators can delete entries of the gateway log');
  of('kong-gateway').hot = 60;
  planted('log-retention', 'of a log of the cardholder data environment only 60 days can be searched');
}

/** Two days without a secret scan, one failure of the vault check that nobody heard of, and one that was reported. */
function plantControls(planted, { controlRuns }) {
  const runsOf = (control) => controlRuns.filter((run) => run.control === control);
  for (const run of runsOf('secret-scan').slice(40, 42)) controlRuns.splice(controlRuns.indexOf(run), 1);
  const [silent, reported] = [runsOf('vault-audit')[20], runsOf('vault-audit')[55]];
  for (const run of [silent, reported]) fail(controlRuns, run);
  silent.alerted = Number.POSITIVE_INFINITY;
  reported.alerted = reported.at + HOUR / 6;
  planted(
    'ops-control-continuity',
    'no secret scan on two days, and a failed check of the vault that nobody heard of',
  );
}

/** Fails, and succeeds half an hour later. */
function fail(controlRuns, run) {
  controlRuns.push({ ...run, at: run.at + HOUR / 2 });
  Object.assign(run, { status: 'failure', findings: null });
}

function plantFindings(planted, { channelFindings }) {
  const found = (id, channel, kind, path) => ({
    id: `NBC-${id}`,
    channel,
    kind,
    path,
    state: 'open',
    reason: null,
    key: null,
    seen: AS_OF + 1 - 6 * DAY,
  });
  channelFindings.push(found('1091', 'chat', 'secret', 'channel incident-bridge, 24 September'));
  planted('leak-logs-chat-clean', 'a secret is open in a chat');
  channelFindings.push(found('1092', 'repository', 'pan', 'sandbox seed, table card_orders'));
  planted('env-no-live-data', 'a card number lies in the data of the sandbox');
}

function plantRegister(planted, { register }) {
  const of = (id) => register.find((item) => item.id === id);
  of('F-2026-034').owner = '';
  of('X-2026-009').expires = at('2026-09-12');
  planted('gov-management-reporting', 'a finding without an owner, and an exception that has ended');
}

function plantTraining(planted, { people }) {
  const holders = people.filter(
    ({ roles, status }) => status === 'active' && ['sre', 'devops'].includes(roles[0]),
  );
  for (const person of holders.slice(0, 4)) person.trained = AS_OF - 410 * DAY;
  planted('gov-training', 'four people with rights on keys were last trained more than a year ago');
}

/** One export holds fewer records than the system counted, and one was taken before the quarter it covers was over. */
export function plantExtracts(book, extracts) {
  const of = (path) => extracts.find(({ file }) => file === path);
  of('vendors/vendors.csv').count += 2;
  of('rotations/rotation-pipeline-2025-q4.ndjson.gz').extracted -= 3 * DAY;
  const why = 'an export lacks records that its system counted, and another was taken too early';
  book.expect('evidence-ipe-valid', 'organisation', BANK, why);
  return extracts;
}
