import { AS_OF, DAY, startOfDay } from '../../shared/time.mjs';

const TODAY = startOfDay(AS_OF);

/** The partner that left and kept two keys. */
const KEPT_BY = 'V-1015';

/** Gives the departed partner two keys that work. */
export function plantKeptKeys(book) {
  for (const key of book.take(2, ({ store, tier }) => store === 'vault-kv' && tier === 'low'))
    key.vendor = KEPT_BY;
}

/** Deviations of partners: access after the end, assessments, contracts, and what the law asks. */
export function plantVendors(book, { vendors, keys }) {
  const byId = new Map(vendors.map((vendor) => [vendor.id, vendor]));
  plantOffboarding(book, byId, keys);
  for (const [rule, id, facts, why] of DEFECTS) {
    Object.assign(byId.get(id), facts);
    book.expect(rule, 'vendor', id, why);
  }
  for (const [rule, id, facts, why] of GAPS) {
    Object.assign(byId.get(id), facts);
    book.expectNoEvidence(rule, 'vendor', id, why);
  }
  for (const [id, facts] of IN_ORDER) Object.assign(byId.get(id), facts);
}

/** Two partners who kept a key after the end, and one nobody has looked at for more than a year. */
function plantOffboarding(book, byId, keys) {
  const rule = 'vendor-access-offboarded';
  const ashdown = byId.get('V-1016');
  keys.find(({ vendor }) => vendor === ashdown.id).revoked = ashdown.terminated + 6 * DAY;
  book.expect(rule, 'vendor', ashdown.id, 'one of its keys was revoked six days after the end');
  book.expect(rule, 'vendor', KEPT_BY, 'two of its keys are still active');
  const [forgotten, boundary] = [byId.get('V-1007'), byId.get('V-1010')];
  forgotten.reviewed = TODAY - 403 * DAY;
  book.expect(rule, 'vendor', forgotten.id, 'not reviewed for more than a year');
  boundary.reviewed = TODAY - 365 * DAY;
}

const DEFECTS = [
  [
    'vendor-due-diligence',
    'V-1003',
    { pentest: TODAY - 402 * DAY },
    'last penetration test more than a year ago',
  ],
  ['vendor-due-diligence', 'V-1005', { certification: TODAY - 3 * DAY }, 'its certification has expired'],
  [
    'vendor-due-diligence',
    'V-1008',
    { assessed: TODAY - 60 * DAY },
    'assessed after it had got its first key',
  ],
  ['vendor-due-diligence', 'V-1009', { aoc: TODAY - 20 * DAY }, 'its attestation for card data has expired'],
  [
    'vendor-contract-terms',
    'V-1002',
    { clauses: ['security', 'sla', 'breach-notice', 'audit'] },
    'no clause on termination and on the return of keys',
  ],
  ['vendor-contract-terms', 'V-1004', { breachHours: 120 }, 'five days for the notice of a breach'],
  ['vendor-contract-terms', 'V-1006', { contract: TODAY - 40 * DAY }, 'its contract has ended'],
  ['vendor-regulatory-scope', 'V-1001', { transfer: '' }, 'nothing on record that transfers rest on'],
  ['vendor-regulatory-scope', 'V-1008', { consent: 'tbd' }, 'what access rests on is still to be decided'],
];

const GAPS = [
  ['vendor-due-diligence', 'V-1011', { readiness: null }, 'not stated whether its readiness was looked at'],
  ['vendor-contract-terms', 'V-1011', { breachHours: null }, 'not stated how fast it must report a breach'],
  [
    'vendor-regulatory-scope',
    'V-1010',
    { aml: null },
    'not stated whether rules on money laundering bear on it',
  ],
];

/** On the limit, or a statement that there is no end. */
const IN_ORDER = [
  ['V-1012', { contract: Number.POSITIVE_INFINITY, pentest: TODAY - 365 * DAY }],
  ['V-1003', { breachHours: 72 }],
];
