import { AS_OF, at, DAY, startOfDay } from '../../shared/time.mjs';
import { VENDORS } from './cast.mjs';
import { randomStream } from './random.mjs';

const CLAUSES = ['security', 'sla', 'breach-notice', 'audit', 'termination', 'key-return'];

/** Partners that touch card data: they show an attestation of compliance. */
const CARDS = ['cards'];

/** Partners were assessed before the first of them got a key. */
const FIRST_ASSESSMENT = at('2023-03-01');

/** Vendor register: assessed, reviewed within the year, contracts complete. */
export function createVendors() {
  const random = randomStream('vendors');
  return VENDORS.map((vendor) => vendorRecord(vendor, random));
}

function vendorRecord({ id, name, family, ended, status }, random) {
  const daysAgo = (min, max) => startOfDay(AS_OF) - random.int(min, max) * DAY;
  return {
    id,
    name,
    status: ended ? 'terminated' : (status ?? 'active'),
    terminated: ended ? at(`${ended}T18:00:00Z`) : null,
    assessed: FIRST_ASSESSMENT + random.int(0, 60) * DAY,
    questionnaire: FIRST_ASSESSMENT - random.int(5, 20) * DAY,
    readiness: daysAgo(20, 300),
    handling: FIRST_ASSESSMENT - 10 * DAY,
    reviewed: daysAgo(10, 320),
    certification: startOfDay(AS_OF) + random.int(60, 600) * DAY,
    aoc: CARDS.includes(family) ? startOfDay(AS_OF) + random.int(60, 300) * DAY : null,
    pentest: daysAgo(30, 340),
    signed: FIRST_ASSESSMENT + 90 * DAY,
    clauses: CLAUSES,
    breachHours: random.pick([24, 48, 72]),
    contract: startOfDay(AS_OF) + random.int(90, 900) * DAY,
    jurisdiction: random.pick(['DE', 'IE', 'NL', 'UK', 'US']),
    transfer: random.pick(['none needed', 'adequacy', 'standard contractual clauses']),
    consent: family === 'accounts' ? 'explicit consent' : 'contract',
    aml: ['payments', 'screening', 'identity'].includes(family),
    pci: CARDS.includes(family) ? 'connected' : 'out',
    pan: CARDS.includes(family),
    icfr: ['payments', 'loans'].includes(family),
    tpp: family === 'accounts',
    function: random.chance(0.4),
    personal: family !== 'rates',
  };
}
