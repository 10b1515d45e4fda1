import { VENDORS } from './cast.mjs';
import { randomStream } from './random.mjs';
import { AS_OF, at, DAY, startOfDay } from './time.mjs';

const CLAUSES = ['security', 'sla', 'breach-notice', 'audit', 'termination'];

/** Vendor register: assessed, reviewed within the year, contracts complete. */
export function createVendors() {
  const random = randomStream('vendors');
  return VENDORS.map((vendor) => vendorRecord(vendor, random));
}

function vendorRecord({ id, name, ended, status }, random) {
  const daysAgo = (min, max) => startOfDay(AS_OF) - random.int(min, max) * DAY;
  return {
    id,
    name,
    status: ended ? 'terminated' : (status ?? 'active'),
    terminated: ended ? at(`${ended}T18:00:00Z`) : null,
    assessed: daysAgo(40, 340),
    reviewed: daysAgo(10, 320),
    certification: startOfDay(AS_OF) + random.int(60, 600) * DAY,
    pentest: daysAgo(30, 340),
    clauses: CLAUSES,
    breachHours: random.pick([24, 48, 72]),
    contract: startOfDay(AS_OF) + random.int(90, 900) * DAY,
    function: random.chance(0.4),
    personal: true,
  };
}
