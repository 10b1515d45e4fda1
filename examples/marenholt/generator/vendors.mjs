import { AS_OF, at, DAY, startOfDay } from '../../shared/time.mjs';
import { PARTNERS } from './cast.mjs';
import { randomStream } from './streams.mjs';

/** The register of partners: assessed before their first key, reviewed within the year, contracts complete. */
export const createVendors = () => PARTNERS.map(vendor);

function vendor({ id, name, family, ended }) {
  const random = randomStream(`partner ${id}`);
  const ago = (min, max) => startOfDay(AS_OF) - random.int(min, max) * DAY;
  const ahead = (min, max) => startOfDay(AS_OF) + random.int(min, max) * DAY;
  const cards = family === 'cards';
  return {
    id,
    name,
    status: ended ? 'terminated' : 'active',
    terminated: ended ? at(`${ended}T16:00:00Z`) : null,
    assessed: at('2023-11-06'),
    questionnaire: at('2023-10-16'),
    readiness: ago(40, 250),
    handling: at('2023-10-30'),
    reviewed: ago(20, 300),
    certification: ahead(90, 500),
    aoc: cards ? ahead(90, 250) : null,
    pentest: ago(40, 300),
    signed: at('2023-12-18'),
    clauses: ['security', 'sla', 'breach-notice', 'audit', 'termination', 'key-return'],
    breachHours: random.pick([24, 48]),
    contract: ahead(200, 900),
    jurisdiction: random.pick(['DE', 'NL', 'IE']),
    transfer: 'none needed',
    consent: family === 'accounts' ? 'explicit consent' : 'contract',
    aml: ['payments', 'kyc'].includes(family),
    pci: cards ? 'connected' : 'out',
    pan: cards,
    icfr: family === 'payments',
    tpp: family === 'accounts',
    function: family === 'payments',
    personal: true,
  };
}
